import { abortable } from '../session/clock.js';
import { deferred, type Deferred } from '../session/deferred.js';

/** Whom the gate tells. */
export interface ConsentEvents {
  /** The question appeared or went. */
  changed(): void;
  answered(accepted: boolean): void;
}

/** Asks the visitor once; a yes is kept as long as the element lives, and nowhere else. */
export class ConsentGate {
  readonly #events: ConsentEvents;
  #question: Deferred<boolean> | null = null;
  #accepted = false;

  constructor(events: ConsentEvents) {
    this.#events = events;
  }

  /** The question is on screen. */
  get asked(): boolean {
    return this.#question !== null;
  }

  /** Waits for a yes or a no, unless there was a yes before. */
  async ask(signal: AbortSignal): Promise<boolean> {
    if (this.#accepted) return true;
    this.#question = deferred<boolean>();
    this.#events.changed();
    try {
      this.#accepted = await abortable(this.#question.promise, signal);
    } finally {
      this.#question = null;
      this.#events.changed();
    }
    this.#events.answered(this.#accepted);
    return this.#accepted;
  }

  answer(accepted: boolean): void {
    this.#question?.resolve(accepted);
  }
}
