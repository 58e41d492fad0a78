import {
  clearOutputAudio,
  responseCancel,
  responseCreate,
  type ClientEvent,
} from '../protocol/client-event.js';
import { record, text, type JsonRecord, type ServerEvent } from '../protocol/server-event.js';

type Send = (event: ClientEvent) => void;

const ACTIVE = 'conversation_already_has_active_response';
const NOT_ACTIVE = 'response_cancel_not_active';

/**
 * One response at a time: the server refuses a second one, so a wish for an answer waits until the active response is
 * done. Wishes that wait together are one wish, since each answer takes in all that was said before.
 */
export class ResponseQueue {
  readonly #send: Send;
  /** Ids of responses that began and have not ended. */
  readonly #active = new Set<string>();
  /** Asked for, not yet begun. */
  #asked: JsonRecord | true | null = null;
  #waiting: JsonRecord | true | null = null;
  /** What was asked for is not worth asking for again. */
  #givesWay = false;

  constructor(send: Send) {
    this.#send = send;
  }

  /** True while a response is being generated or has been asked for. */
  get busy(): boolean {
    return this.#active.size > 0 || this.#asked !== null;
  }

  /** Asks for an answer, now or as soon as the active one is done. */
  create(response?: JsonRecord): void {
    if (this.busy) {
      this.#waiting = response ?? this.#waiting ?? true;
      return;
    }
    this.#asked = response ?? true;
    this.#givesWay = false;
    this.#send(responseCreate(response));
  }

  /** Asks for an answer, but not for a second one where the server gives it by itself. */
  createUnlessAnswered(): void {
    if (this.busy) return;
    this.create();
    this.#givesWay = true;
  }

  /** Stops generation and sound. What waits is forgotten: the visitor wants silence. */
  interrupt(): void {
    this.#waiting = null;
    // Cancelling nothing is an error of the API; clearing nothing is not.
    if (this.busy) this.#send(responseCancel());
    this.#send(clearOutputAudio());
  }

  /** Takes note of what the server does. */
  observe(event: ServerEvent): void {
    if (event.type === 'response.created') {
      this.#asked = null;
      this.#active.add(text(record(event, 'response'), 'id') ?? '');
    } else if (event.type === 'response.done') {
      this.#active.delete(text(record(event, 'response'), 'id') ?? '');
      this.#flush();
    } else if (event.type === 'error') {
      this.#refused(text(record(event, 'error'), 'code'));
    }
  }

  /** Forgets everything: the connection is another one. */
  reset(): void {
    this.#active.clear();
    this.#asked = null;
    this.#waiting = null;
  }

  #refused(code: string | undefined): void {
    if (code === NOT_ACTIVE) {
      // Nothing is being said: its end was lost, or is said already.
      this.#active.clear();
      this.#flush();
      return;
    }
    const asked = this.#asked;
    if (asked === null) return;
    this.#asked = null;
    // The server began a response of its own at the same moment: ask again when that one is done.
    if (code === ACTIVE && !this.#givesWay) this.#waiting ??= asked;
  }

  #flush(): void {
    const waiting = this.#waiting;
    if (waiting === null || this.busy) return;
    this.#waiting = null;
    this.create(waiting === true ? undefined : waiting);
  }
}
