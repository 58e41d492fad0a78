import { activity } from '../conversation/activity.js';
import { emptyConversation, type Conversation } from '../conversation/conversation.js';
import { reduce } from '../conversation/reduce.js';
import { transcript } from '../conversation/transcript.js';
import type { Activity, Turn } from '../conversation/turn.js';
import type { ClientEvent } from '../protocol/client-event.js';
import type { Envelope, LocalEvent, Origin } from '../protocol/envelope.js';
import type { RecordedEvent } from '../protocol/read-log.js';
import type { ServerEvent } from '../protocol/server-event.js';
import { frozen } from './frozen.js';
import { MessageReader } from './message-reader.js';
import type { SessionEventDetails } from './session-events.js';
import { transcriptChanges } from './transcript-changes.js';

/** Envelopes kept for whoever attaches late. */
const LOG_SIZE = 1_000;

/** Who is told what was recorded, in this order. */
export interface RecordHost {
  now(): number;
  envelope(envelope: Envelope): void;
  /** The conversation is already the one after `event`. */
  folded(
    before: Conversation,
    event: ServerEvent | LocalEvent,
    changes: readonly SessionEventDetails['transcript'][],
  ): void;
}

/**
 * What crossed the wire and what it means: stamps each message once, keeps the latest in the log and folds those that
 * the transcript depends on. The only place where outside meets inside.
 */
export class SessionRecord {
  readonly #host: RecordHost;
  #conversation: Conversation = emptyConversation;
  #turns: readonly Turn[] = [];
  #log: Envelope[] = [];
  #sequence = 0;
  #lastTime = 0;
  readonly #reader = new MessageReader();

  constructor(host: RecordHost) {
    this.#host = host;
  }

  get conversation(): Conversation {
    return this.#conversation;
  }

  /** The same array as long as no turn changed. */
  get turns(): readonly Turn[] {
    const turns = transcript(this.#conversation);
    const same =
      turns.length === this.#turns.length && turns.every((turn, index) => turn === this.#turns[index]);
    if (!same) this.#turns = turns;
    return this.#turns;
  }

  get activity(): Activity {
    return activity(this.#conversation);
  }

  get log(): readonly Envelope[] {
    return this.#log.slice(-LOG_SIZE);
  }

  /** A message from the server. */
  received(data: unknown): void {
    this.#take('server', this.#reader.read(data));
  }

  /** A message to the server, which from now on belongs to the record. */
  sent(event: ClientEvent): void {
    this.#stamp('client', event);
  }

  /** A step of the widget itself, which belongs to the record, too. */
  step(event: LocalEvent): void {
    this.#take('local', event);
  }

  /** A message or step of an earlier session, played again. */
  replayed({ origin, event }: Pick<RecordedEvent, 'origin' | 'event'>): void {
    if (origin === 'client') this.#stamp(origin, event);
    else this.#take(origin, event);
  }

  /** Forgets what was said, and the log. What was paid stays paid. */
  clear(): void {
    const { session, epoch, moment, usage, bills } = this.#conversation;
    this.#conversation = { ...emptyConversation, session, epoch, moment, usage, bills };
    this.#log = [];
  }

  #take(origin: Origin, event: ServerEvent | LocalEvent): void {
    const { time } = this.#stamp(origin, event);
    const whole = origin === 'server' ? this.#reader.whole(event) : event;
    if (!whole) return;
    const before = this.#conversation;
    this.#conversation = reduce(before, whole, time);
    this.#host.folded(before, whole, transcriptChanges(before, this.#conversation));
  }

  #stamp(origin: Origin, event: Envelope['event']): Envelope {
    this.#sequence += 1;
    // Clocks are set back now and then; the order in a log must not be.
    this.#lastTime = Math.max(this.#lastTime, this.#host.now());
    const { type } = event;
    const envelope: Envelope = Object.freeze({
      sequence: this.#sequence,
      origin,
      type,
      // Whoever listens gets what is kept and folded, and may not rewrite it for the others.
      event: frozen(event),
      time: this.#lastTime,
    });
    this.#log.push(envelope);
    if (this.#log.length >= 2 * LOG_SIZE) this.#log = this.#log.slice(-LOG_SIZE);
    this.#host.envelope(envelope);
    return envelope;
  }
}
