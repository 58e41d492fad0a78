import {
  clearOutputAudio,
  responseCancel,
  responseCreate,
  type ClientEvent,
} from '../protocol/client-event.js';
import { record, text, type ServerEvent } from '../protocol/server-event.js';
import { RealtimeError } from './realtime-error.js';
import { settingsError } from './told-settings.js';

type Send = (event: ClientEvent) => void;
type Report = (error: RealtimeError) => void;

/** A second answer was asked for. */
export const ACTIVE = 'conversation_already_has_active_response';
/** There was nothing to cancel. Servers have two names for it. */
export const NOT_ACTIVE = ['response_cancel_not_active', 'response_cancel_no_active_response'];

/** The wish for an answer to all that was said. */
const ANSWER = responseCreate();

/**
 * One response at a time: the server refuses a second one, so a wish for an answer waits until the active response is
 * done. Wishes for an answer that wait together are one wish, since each answer takes in all that was said before; what
 * the page itself asks for is asked for as often as it does, word for word.
 */
export class ResponseQueue {
  readonly #send: Send;
  readonly #report: Report;
  /** Ids of responses that began and have not ended. */
  readonly #active = new Set<string>();
  /** Asked for, not yet begun. */
  #asked: ClientEvent | null = null;
  /** Asked for, and told of since is a beginning or an error that may belong to something else. */
  #doubtful: ClientEvent | null = null;
  /** To be asked for, the next one first. */
  #waiting: readonly ClientEvent[] = [];
  /** An answer is wanted, but not before the visitor has finished speaking. */
  #held = false;
  /** What was asked for is not worth asking for again. */
  #givesWay = false;
  /** The server tells of its responses; Azure's filtered channel does not, nor of a session or an error. */
  #told = false;

  /** @param report told of a wish that could not be sent: whoever had it may have long gone on */
  constructor(send: Send, report: Report) {
    this.#send = send;
    this.#report = report;
  }

  /** True while a response is being generated or has been asked for. */
  get busy(): boolean {
    return this.#active.size > 0 || this.#asked !== null;
  }

  /** Asks for an answer, now or as soon as the active one is done. */
  create(): void {
    if (!this.busy) this.#try(ANSWER);
    else if (!this.#waiting.includes(ANSWER)) this.#waiting = [...this.#waiting, ANSWER];
  }

  /** Asks for an answer, but not for a second one where the server gives it by itself. */
  createUnlessAnswered(): void {
    if (this.busy) return;
    this.create();
    this.#givesWay = true;
  }

  /** Asks for an answer when the visitor has finished speaking. */
  createAfterSpeech(): void {
    this.#held = true;
  }

  /** The visitor has finished. @param isDue the server answers by itself, and to all that was said */
  speechEnded(isDue: boolean): void {
    if (this.#held && !isDue) this.createUnlessAnswered();
    this.#held = false;
  }

  /**
   * Asks for what the page says, now or when all that was asked for before is done. What is to be no part of the
   * conversation is in nobody's way.
   * @throws RealtimeError what kept it from being sent, unless it had to wait
   */
  request(event: ClientEvent): void {
    if (record(event, 'response')?.['conversation'] === 'none') this.#send(event);
    else if (this.busy) this.#waiting = [...this.#waiting, event];
    else this.#ask(event);
  }

  /** Begins the conversation. What keeps it from being sent is reported: the call goes on. */
  greet(instructions: string): void {
    try {
      this.request(responseCreate(instructions ? { instructions } : undefined));
    } catch (error) {
      this.#report(settingsError(error));
    }
  }

  /**
   * Stops generation and sound. A wish for an answer that waits, or has yet to be refused, is forgotten: the visitor wants
   * silence.
   */
  interrupt(): void {
    this.#waiting = this.#waiting.filter((event) => event !== ANSWER);
    this.#held = false;
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
    const response = record(event, 'response');
    // One that is no part of the conversation goes on beside the others.
    if (response?.['conversation_id'] === null) return;
    const id = text(response, 'id') ?? '';
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
    this.#asked = this.#doubtful = null;
    this.#waiting = [];
    this.#told = this.#held = false;
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
    if (code !== ACTIVE) {
      // Nothing is being said: its end was lost, or is said already.
      if (NOT_ACTIVE.includes(code ?? '')) this.#active.clear();
      this.#flush();
      return;
    }
    // The server began a response of its own at the same moment: ask again when that one is done.
    const again = this.#doubtful;
    this.#doubtful = null;
    const isOver = again === ANSWER && (this.#givesWay || this.#waiting.includes(again));
    if (again && !isOver) this.#waiting = [again, ...this.#waiting];
  }

  /** What was asked for has begun or was refused, unless it was something else: then its refusal is still to come. */
  #doubt(): void {
    this.#doubtful = this.#asked ?? this.#doubtful;
    this.#asked = null;
  }

  #flush(): void {
    const [next, ...others] = this.#waiting;
    if (!next || this.busy) return;
    this.#waiting = others;
    this.#try(next);
  }

  #try(event: ClientEvent): void {
    try {
      this.#ask(event);
    } catch (error) {
      this.#report(RealtimeError.from(error));
      this.#flush();
    }
  }

  #ask(event: ClientEvent): void {
    this.#send(event);
    // Only now: what could not be sent never begins.
    this.#asked = event;
    this.#givesWay = false;
  }
}
