import { abortable } from '../session/microphone.js';
import { deferred, type Deferred } from '../session/deferred.js';

/** Asks the visitor once; the answer is kept as long as the element lives, and nowhere else. */
export class ConsentGate {
  readonly #changed: () => void;
  #question: Deferred<boolean> | null = null;
  #accepted = false;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** The question is on screen. */
  get asked(): boolean {
    return this.#question !== null;
  }
  get accepted(): boolean {
    return this.#accepted;
  }

  /** Shows the question and waits for the answer. */
  async ask(signal: AbortSignal): Promise<boolean> {
    const question = deferred<boolean>();
    this.#question = question;
    this.#changed();
    try {
      this.#accepted = await abortable(question.promise, signal);
      return this.#accepted;
    } finally {
      this.#question = null;
      this.#changed();
    }
  }

  answer(accepted: boolean): void {
    this.#question?.resolve(accepted);
  }
}
