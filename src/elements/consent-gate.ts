import { abortable } from '../session/clock.js';
import { deferred, type Deferred } from '../session/deferred.js';

/** Whom the gate tells. */
export interface ConsentEvents {
  /** The question appeared or went. */
  changed(): void;
  answered(accepted: boolean): void;
  /** A call may go on: the visitor agrees, or has agreed before. */
  passed(): void;
}

/** Asks the visitor once; a yes is kept as long as the element lives, and nowhere else. */
export class ConsentGate {
  readonly #events: ConsentEvents;
  #asked: Deferred<boolean> | null = null;
  #accepted = false;

  constructor(events: ConsentEvents) {
    this.#events = events;
  }

  /** The question is on screen. */
  get asked(): boolean {
    return this.#asked !== null;
  }

  /** Waits for a yes or a no, unless there was a yes before. */
  async ask(signal: AbortSignal): Promise<boolean> {
    if (!this.#accepted) await this.#question(signal);
    // A page that hears of the yes may have stopped the call.
    if (this.#accepted && !signal.aborted) this.#events.passed();
    return this.#accepted;
  }

  answer(accepted: boolean): void {
    this.#asked?.resolve(accepted);
  }

  async #question(signal: AbortSignal): Promise<void> {
    const question = deferred<boolean>();
    this.#asked = question;
    this.#events.changed();
    try {
      this.#accepted = await abortable(question.promise, signal);
    } finally {
      // A call that was stopped and started again in one go has asked anew by now.
      if (this.#asked === question) this.#asked = null;
      this.#events.changed();
    }
    this.#events.answered(this.#accepted);
  }
}
