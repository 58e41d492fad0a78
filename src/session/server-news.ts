import { findItem, type Conversation } from '../conversation/conversation.js';
import { number, record, text, type ServerEvent } from '../protocol/server-event.js';
import type { LocalEvent } from '../protocol/envelope.js';
import type { Clock } from './clock.js';
import { RealtimeError } from './realtime-error.js';
import { renewalTime } from './reconnect.js';
import { ACTIVE, NOT_ACTIVE } from './responses.js';
import { refusesFirstUpdate } from './told-settings.js';

/** A transcriber that has said nothing by then will say nothing any more. */
const TRANSCRIPTION_MS = 10_000;
const STALLED_MS = 20_000;
/** How often a pause is looked for when none is told of, and a renewal that failed tried again. */
const RENEWAL_LOOK_MS = 5_000;

/** Races that every client loses now and then, and that harm nobody. */
const BENIGN = [...NOT_ACTIVE, ACTIVE, 'input_audio_buffer_commit_empty'];

/** What the news is about, and whom it is for. */
export interface NewsHost {
  readonly clock: Clock;
  conversation(): Conversation;
  record(step: LocalEvent): void;
  /** Somebody waits for an answer that has not begun. */
  isAnswerDue(): boolean;
  report(error: RealtimeError): void;
  /** The server has said when the session will end, milliseconds since the epoch; `null` for one that has not said it. */
  expires(at: number | null): void;
  /** The server has said that the session is over. */
  expired(): void;
  /** The time has come to look for a pause in which to renew the session. Told again and again until its end. */
  renewalIsNear(): void;
  /** Sound of an answer is coming. */
  sounding(): void;
}

/** Notices what the server's events mean for the session itself, and what fails to come in time. */
export class ServerNews {
  readonly #host: NewsHost;
  readonly #timers = new Map<string, () => void>();
  #heardAt = 0;

  constructor(host: NewsHost) {
    this.#host = host;
  }

  observe(event: ServerEvent): void {
    if (!event.type.startsWith('local.')) this.#heardAt = this.#host.clock.now();
    if (Object.hasOwn(this.#meanings, event.type)) this.#meanings[event.type]?.(event);
  }

  /** The call is over: nothing is waited for any more. */
  reset(): void {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  readonly #meanings: Readonly<Record<string, (event: ServerEvent) => void>> = {
    'session.created': (event) => {
      // The end of the session before is not that of this one.
      this.#timers.get('renewal')?.();
      this.#host.expires(null);
      this.#expiry(event);
    },
    'session.updated': (event) => this.#expiry(event),
    'input_audio_buffer.committed': (event) => {
      this.#awaitWords(text(event, 'item_id'));
      this.awaitAnswer();
    },
    'response.created': () => this.awaitAnswer(),
    'output_audio_buffer.started': () => this.#host.sounding(),
    'response.done': (event) => {
      const response = record(event, 'response');
      const details = record(response, 'status_details');
      const reason = text(details, 'reason');
      if (text(response, 'status') !== 'failed' && reason !== 'content_filter') return;
      const error = record(details, 'error');
      const detail = text(error, 'message') ?? text(error, 'code') ?? text(error, 'type') ?? reason;
      this.#host.report(new RealtimeError('session.response_failed', { detail }));
    },
    error: (event) => {
      const error = record(event, 'error');
      const code = text(error, 'code') ?? '';
      if (code === 'session_expired') this.#host.expired();
      else if (!BENIGN.includes(code)) {
        const kind = refusesFirstUpdate(event) ? 'session.config_rejected' : 'session.server_error';
        const detail = text(error, 'message') ?? text(error, 'param');
        this.#host.report(new RealtimeError(kind, { detail }));
      }
    },
  };

  #expiry(event: ServerEvent): void {
    const seconds = number(record(event, 'session'), 'expires_at');
    if (!seconds) return;
    const at = seconds * 1_000;
    const left = renewalTime(at) - this.#host.clock.now();
    // No server gives so little: the visitor's clock is wrong. The server will say when the time is over.
    if (left <= 0) return;
    this.#host.expires(at);
    this.#lookForPause(at, left);
  }

  #lookForPause(expiresAt: number, ms: number): void {
    this.#after('renewal', ms, () => {
      if (this.#host.clock.now() < expiresAt) this.#lookForPause(expiresAt, RENEWAL_LOOK_MS);
      this.#host.renewalIsNear();
    });
  }

  #awaitWords(itemId: string | undefined): void {
    if (!itemId || this.#host.conversation().session.transcribes === false) return;
    this.#after(`words ${itemId}`, TRANSCRIPTION_MS, () => {
      const item = findItem(this.#host.conversation(), itemId);
      if (item && !item.transcription)
        this.#host.record({ type: 'local.transcription_timeout', item_id: itemId });
    });
  }

  /** An answer is due, or has begun. */
  awaitAnswer(ms = STALLED_MS): void {
    this.#after('answer', ms, () => {
      if (this.#host.conversation().moment.generating === null && !this.#host.isAnswerDue()) return;
      const silent = this.#host.clock.now() - this.#heardAt;
      if (silent < STALLED_MS) this.awaitAnswer(STALLED_MS - silent);
      else this.#host.report(new RealtimeError('session.response_stalled'));
    });
  }

  #after(name: string, ms: number, task: () => void): void {
    this.#timers.get(name)?.();
    const cancel = this.#host.clock.after(ms, () => {
      this.#timers.delete(name);
      task();
    });
    this.#timers.set(name, cancel);
  }
}
