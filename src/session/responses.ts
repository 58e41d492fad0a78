import {
  clearOutputAudio,
  responseCancel,
  responseCreate,
  type ClientEvent,
} from '../protocol/client-event.js';
import { record, text, type JsonRecord, type ServerEvent } from '../protocol/server-event.js';
import { RealtimeError } from './realtime-error.js';

type Send = (event: ClientEvent) => void;
type Report = (error: RealtimeError) => void;

const ACTIVE = 'conversation_already_has_active_response';
const NOT_ACTIVE = 'response_cancel_not_active';

/**
 * One response at a time: the server refuses a second one, so a wish for an answer waits until the active response is
 * done. Wishes that wait together are one wish, since each answer takes in all that was said before.
 */
export class ResponseQueue {
  readonly #send: Send;
  readonly #report: Report;
  /** Ids of responses that began and have not ended. */
  readonly #active = new Set<string>();
  /** Asked for, not yet begun. */
  #asked: JsonRecord | true | null = null;
  /** Asked for, and told of since is a beginning or an error that may belong to something else. */
  #doubtful: JsonRecord | true | null = null;
  #waiting: JsonRecord | true | null = null;
  /** What was asked for is not worth asking for again. */
  #givesWay = false;
  /** The server tells of its responses; Azure's filtered channel does not, nor of a session or an error. */
  #told = false;

  /** @param report told of a wish that could not be sent when its turn came: whoever had it has long gone on */
  constructor(send: Send, report: Report) {
    this.#send = send;
    this.#report = report;
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
    this.#send(responseCreate(response));
    // Only now: what could not be sent never begins.
    this.#asked = response ?? true;
    this.#givesWay = false;
  }

  /** Asks for an answer, but not for a second one where the server gives it by itself. */
  createUnlessAnswered(): void {
    if (this.busy) return;
    this.create();
    this.#givesWay = true;
  }

  /** Stops generation and sound. What waits, or has yet to be refused, is forgotten: the visitor wants silence. */
  interrupt(): void {
    this.#waiting = null;
    this.#givesWay = true;
    // Cancelling nothing is an error of the API; clearing nothing is not.
    if (this.busy) this.#send(responseCancel());
    this.#send(clearOutputAudio());
    // Where only words tell of a response, the end of one without any would be waited for in vain.
    if (!this.#told) this.#asked = null;
  }

  /** Takes note of what the server does. */
  observe(event: ServerEvent): void {
    const { type } = event;
    const id = text(record(event, 'response'), 'id') ?? '';
    if (type === 'session.created') this.#told = true;
    else if (type === 'response.created') {
      this.#told = true;
      this.#began(id);
    } else if (type === 'response.done') this.#ended(id);
    else if (type === 'error') this.#refused(text(record(event, 'error'), 'code'));
    else if (!this.#told && type.startsWith('response.')) this.#spoke(event);
  }

  /** Forgets everything: the connection is another one. */
  reset(): void {
    this.#active.clear();
    this.#asked = this.#doubtful = this.#waiting = null;
    this.#told = false;
  }

  #began(id: string): void {
    this.#doubt();
    this.#active.add(id);
  }

  #ended(id: string): void {
    this.#doubtful = null;
    this.#active.delete(id);
    this.#flush();
  }

  /** Words of a response of which nothing else is told: they come to their end also where it is cancelled. */
  #spoke(event: ServerEvent): void {
    const id = text(event, 'response_id') ?? '';
    this.#began(id);
    if (event.type.endsWith('.done')) this.#ended(id);
  }

  #refused(code: string | undefined): void {
    this.#doubt();
    if (code === NOT_ACTIVE) {
      // Nothing is being said: its end was lost, or is said already.
      this.#active.clear();
      this.#flush();
    } else if (code === ACTIVE && !this.#givesWay) {
      // The server began a response of its own at the same moment: ask again when that one is done.
      this.#waiting ??= this.#doubtful;
    }
  }

  /** What was asked for has begun or was refused, unless it was something else: then its refusal is still to come. */
  #doubt(): void {
    this.#doubtful = this.#asked ?? this.#doubtful;
    this.#asked = null;
  }

  #flush(): void {
    const waiting = this.#waiting;
    if (waiting === null || this.busy) return;
    this.#waiting = null;
    try {
      this.create(waiting === true ? undefined : waiting);
    } catch (error) {
      this.#report(RealtimeError.from(error));
    }
  }
}
