import type { Envelope, Origin } from '../protocol/envelope.js';

/** How often one type of event came from one side. Times are milliseconds since the epoch. */
export interface TypeCount {
  readonly origin: Origin;
  readonly type: string;
  readonly count: number;
  /** Time of the first and of the latest event. */
  readonly first: number;
  readonly last: number;
}

/** Seconds over which the rate is taken. */
export const RATE_SECONDS = 4;

/** Names a broken server may invent before the rest is counted together. */
const MAX_TYPES = 1_000;
/** Stands for every type after the first {@link MAX_TYPES}. */
export const OTHER_TYPES = '…';

/** One slot per second: the current second and the ones before it. */
class Tally implements TypeCount {
  count = 0;
  last: number;
  #second = 0;
  #slots = Array.from({ length: RATE_SECONDS }, () => 0);

  constructor(
    readonly origin: Origin,
    readonly type: string,
    readonly first: number,
  ) {
    this.last = first;
  }

  add(time: number): void {
    this.count += 1;
    this.last = time;
    const second = Math.floor(time / 1_000);
    if (second !== this.#second) this.#turnTo(second);
    const slot = second % RATE_SECONDS;
    this.#slots[slot] = (this.#slots[slot] ?? 0) + 1;
  }

  rate(now: number): number {
    const oldest = Math.floor(now / 1_000) - RATE_SECONDS;
    let events = 0;
    for (let age = 0; age < RATE_SECONDS; age += 1) {
      if (this.#second - age > oldest) events += this.#slots[(this.#second - age) % RATE_SECONDS] ?? 0;
    }
    // The current second is not over yet.
    return events / (RATE_SECONDS - 1 + ((now / 1_000) % 1));
  }

  #turnTo(second: number): void {
    if (second - this.#second >= RATE_SECONDS) this.#slots.fill(0);
    else for (let past = this.#second + 1; past <= second; past += 1) this.#slots[past % RATE_SECONDS] = 0;
    this.#second = second;
  }
}

/** Exact numbers of events per side and type, whatever becomes of the events themselves. */
export class TypeCounts {
  readonly #tallies: Record<Origin, Map<string, Tally>> = {
    server: new Map(),
    client: new Map(),
    local: new Map(),
  };
  #inOrder: Tally[] = [];
  #total = 0;

  /** Number of events. */
  get total(): number {
    return this.#total;
  }

  add({ origin, type, time }: Envelope): void {
    this.#total += 1;
    const tallies = this.#tallies[origin];
    const tally =
      tallies.get(type) ??
      (tallies.size < MAX_TYPES ? undefined : tallies.get(OTHER_TYPES)) ??
      this.#start(origin, type, time);
    tally.add(time);
  }

  /** One entry per side and type, in the order in which they were first seen. The entries go on counting. */
  all(): readonly TypeCount[] {
    return this.#inOrder;
  }

  /** Number of events from one side. */
  from(origin: Origin): number {
    let sum = 0;
    for (const tally of this.#tallies[origin].values()) sum += tally.count;
    return sum;
  }

  /** Events per second over the last {@link RATE_SECONDS} seconds before `now`. */
  rate({ origin, type }: TypeCount, now: number): number {
    return this.#tallies[origin].get(type)?.rate(now) ?? 0;
  }

  clear(): void {
    for (const tallies of Object.values(this.#tallies)) tallies.clear();
    this.#inOrder = [];
    this.#total = 0;
  }

  #start(origin: Origin, type: string, time: number): Tally {
    const tallies = this.#tallies[origin];
    const tally = new Tally(origin, tallies.size < MAX_TYPES ? type : OTHER_TYPES, time);
    tallies.set(tally.type, tally);
    this.#inOrder.push(tally);
    return tally;
  }
}
