import { clearInputAudio, commitInputAudio, type ClientEvent } from '../protocol/client-event.js';
import type { Clock } from './clock.js';

/** A shorter press is a slip of the finger, and the API refuses to take less than 100 ms of sound. */
const SHORTEST_MS = 150;

/** What the button needs of the session around it. */
export interface TalkHost {
  readonly clock: Clock;
  /** The assistant falls silent. */
  silence(): void;
  transmit(event: ClientEvent): void;
  /** Asks for an answer. */
  respond(): void;
  changed(): void;
}

/** A button that is held while one speaks. */
export class PushToTalk {
  readonly #host: TalkHost;
  #since: number | null = null;

  constructor(host: TalkHost) {
    this.#host = host;
  }

  get held(): boolean {
    return this.#since !== null;
  }

  press(): void {
    if (this.held) return;
    this.#since = this.#host.clock.now();
    this.#host.silence();
    this.#host.transmit(clearInputAudio());
    this.#host.changed();
  }

  /** Takes what was said and asks for an answer, or forgets a press that was too short. */
  release(): void {
    if (this.#since === null) return;
    const spoken = this.#host.clock.now() - this.#since >= SHORTEST_MS;
    this.forget();
    this.#host.transmit(spoken ? commitInputAudio() : clearInputAudio());
    if (spoken) this.#host.respond();
    this.#host.changed();
  }

  /** The call is gone, and with it what was being said. */
  forget(): void {
    this.#since = null;
  }
}
