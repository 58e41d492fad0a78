import type { TimelineTurn } from './timeline.js';

/** The numbers that people tune for, in milliseconds; `null` where the events do not tell. */
export interface Latency {
  /** From the end of what the visitor said to the first text, the first sound and the end of the answer. */
  readonly firstText: number | null;
  readonly firstAudio: number | null;
  readonly end: number | null;
  /** From speaking over the answer to its silence. */
  readonly bargeIn: number | null;
}

/** The numbers of one turn. */
export function latencyOf({ spoke, firstText, firstAudio, end, bargedIn, silenced }: TimelineTurn): Latency {
  return {
    firstText: between(spoke, firstText),
    firstAudio: between(spoke, firstAudio),
    end: between(spoke, end),
    bargeIn: between(bargedIn, silenced),
  };
}

/** The middle of each number over the turns that have it. */
export function medianLatency(turns: readonly TimelineTurn[]): Latency {
  const all = turns.map(latencyOf);
  const of = (name: keyof Latency): number | null =>
    median(all.map((latency) => latency[name]).filter((value) => value !== null));
  return { firstText: of('firstText'), firstAudio: of('firstAudio'), end: of('end'), bargeIn: of('bargeIn') };
}

function between(start: number | null, end: number | null): number | null {
  return start === null || end === null || end < start ? null : end - start;
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[half]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
