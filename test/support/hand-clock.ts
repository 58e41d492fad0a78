import type { Clock } from '../../src/session/clock.js';

interface Timer {
  readonly ms: number;
  readonly at: number;
  readonly task: () => void;
}

/** Time that stands still until a test moves it on. */
export class HandClock implements Clock {
  readonly #timers = new Set<Timer>();
  readonly #waiting = new Map<number, (() => void)[]>();
  #now = Date.now();

  /** What `random()` gives. */
  chance = 0.5;

  now(): number {
    return this.#now;
  }

  random(): number {
    return this.chance;
  }

  after(ms: number, task: () => void): () => void {
    const timer = { ms, at: this.#now + ms, task };
    this.#timers.add(timer);
    for (const resolve of this.#waiting.get(ms) ?? []) resolve();
    this.#waiting.delete(ms);
    return () => this.#timers.delete(timer);
  }

  /** How long the timers that are set were set for, shortest first. */
  get timers(): readonly number[] {
    return [...this.#timers].map(({ ms }) => ms).sort((a, b) => a - b);
  }

  /** How long it is until the next thing is due, or `null` when nothing is. */
  get next(): number | null {
    const due = Math.min(...[...this.#timers].map(({ at }) => at));
    return due === Infinity ? null : Math.max(due - this.#now, 0);
  }

  /** Resolves as soon as a timer of that length is set. */
  async isSet(ms: number): Promise<void> {
    if (this.timers.includes(ms)) return;
    await new Promise<void>((resolve) => {
      this.#waiting.set(ms, [...(this.#waiting.get(ms) ?? []), resolve]);
    });
  }

  /** A lid is closed and opened again: time has passed, and all that is due happens only now. */
  leap(ms: number): void {
    this.standStill(ms);
    this.advance(0);
  }

  /** Time passes for everybody but the page: nothing that is due happens. */
  standStill(ms: number): void {
    this.#now += ms;
  }

  /** Time passes, and what is due happens in order. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const [next] = [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.task();
    }
    this.#now = end;
  }
}
