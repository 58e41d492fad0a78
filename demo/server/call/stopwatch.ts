/** What the service measures of one turn, in milliseconds; `null` for what has not happened. */
export interface TurnTimes {
  /** From the end of what the visitor said to the first word sent, the first sound sent and the end of the answer. */
  readonly firstText: number | null;
  readonly firstAudio: number | null;
  readonly end: number | null;
  /** From the visitor's speaking over the answer to the last sound of it. */
  readonly bargeIn: number | null;
}

type Moment = 'finished' | 'text' | 'sound' | 'over' | 'interrupted' | 'silent';

/** Notes when things happen in a call, so that a client's own measurements can be compared. */
export class Stopwatch {
  #turns: Partial<Record<Moment, number>>[] = [];

  /** One entry for each time that the visitor had finished, oldest first. */
  get turns(): readonly TurnTimes[] {
    return this.#turns.map(({ finished, text, sound, over, interrupted, silent }) => ({
      firstText: between(finished, text),
      firstAudio: between(finished, sound),
      end: between(finished, over),
      bargeIn: between(interrupted, silent),
    }));
  }

  /** The visitor has finished, and another turn begins. */
  finished(): void {
    this.#turns.push({ finished: performance.now() });
  }

  /** Something happens in the turn that goes on; only the first time counts, except for its end. */
  note(moment: Exclude<Moment, 'finished'>): void {
    const turn = this.#turns.at(-1);
    if (!turn) return;
    if (moment === 'over') turn.over = performance.now();
    else turn[moment] ??= performance.now();
  }
}

function between(start: number | undefined, end: number | undefined): number | null {
  return start === undefined || end === undefined ? null : end - start;
}
