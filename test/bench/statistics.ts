/** The value below which `share` of the values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(place)] ?? NaN, sorted[Math.ceil(place)] ?? NaN];
  return below + (above - below) * (place % 1);
}

/** The middle value. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Rounded to so many digits after the point, for a file that people read. */
export function round(value: number, digits = 1): number {
  return Number(value.toFixed(digits));
}

/**
 * Runs every contender so many times, in another random order each time, so that what the machine does meanwhile hits
 * all of them alike.
 */
export async function interleaved<Result>(
  names: readonly string[],
  repetitions: number,
  run: (name: string) => Promise<Result>,
): Promise<ReadonlyMap<string, readonly Result[]>> {
  const results = new Map<string, Result[]>(names.map((name) => [name, []]));
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    for (const name of shuffled(names)) results.get(name)?.push(await run(name));
  }
  return results;
}

function shuffled(names: readonly string[]): readonly string[] {
  return names
    .map((name) => ({ name, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ name }) => name);
}
