import type { ClientEvent } from '../protocol/client-event.js';
import type { Envelope } from '../protocol/envelope.js';
import type { Ear, Heard } from './ear.js';
import { readDetail } from './read-detail.js';
import { isReplayTarget, type ReplayTarget } from './replay-target.js';
import { isChannel } from './watch-channel.js';

/** A call that is watched. */
interface Source {
  /** From 1, in the order in which the calls were first heard of. */
  readonly number: number;
  /** Sequence of its latest event, so that a log read again adds only what is new. */
  sequence: number;
  /** The call itself, when it takes events. */
  readonly speaker: EventTarget | undefined;
}

/** Elements that may hold a log from before the panel was there. */
const VOICE = 'realtime-voice';

/** The calls that a panel listens to: each with a number, its past events and a way to send. */
export class Sources {
  readonly #ear: Ear;
  readonly #record: (envelope: Envelope, source: number) => void;
  readonly #known = new WeakMap<EventTarget, Source>();
  #count = 0;
  #speaker: EventTarget | undefined;

  /** `record` gets each event once, whichever way it came. */
  constructor(ear: Ear, record: (envelope: Envelope, source: number) => void) {
    this.#ear = ear;
    this.#record = record;
    ear.handTo((heard) => this.#take(heard));
  }

  /** True when the call that was heard last takes events. */
  get canSend(): boolean {
    return this.#speaker !== undefined;
  }

  /** The element that was heard last, when it can play a log. */
  get replayTarget(): ReplayTarget | undefined {
    return this.#speaker && isReplayTarget(this.#speaker) ? this.#speaker : undefined;
  }

  /** Sends through the call that was heard last. Rejects with what that call throws. */
  async send(event: ClientEvent): Promise<void> {
    const target = this.#speaker;
    if (!target || !('send' in target) || typeof target.send !== 'function')
      throw new Error('There is no call to send to.');
    await target.send(isChannel(target) ? JSON.stringify(event) : event);
  }

  /** Listens to a target, after reading the log that it keeps. */
  listen(target: EventTarget): () => void {
    const stop = new AbortController();
    const release = this.#ear.attach(target);
    this.meet(target, stop.signal);
    return () => {
      stop.abort();
      release();
    };
  }

  #take({ envelope, target }: Heard): void {
    const met = this.#known.get(target);
    const source = met ?? this.#meet(target);
    const { sequence } = envelope;
    // A listener of the page may have caused this one while the one before was on its way here: it is in the log.
    if (!met || sequence > source.sequence + 1) this.#readLog(target);
    // Read from its log already.
    if (sequence > 0 && sequence <= source.sequence && 'log' in target) return;
    this.#add(envelope, source);
  }

  #add(envelope: Envelope, source: Source): void {
    source.sequence = Math.max(source.sequence, envelope.sequence);
    if (source.speaker) this.#speaker = source.speaker;
    this.#record(envelope, source.number);
  }

  #meet(target: EventTarget): Source {
    const met = this.#known.get(target);
    if (met) return met;
    this.#count += 1;
    const speaker = 'send' in target && typeof target.send === 'function' ? target : undefined;
    const source: Source = { number: this.#count, sequence: 0, speaker };
    this.#known.set(target, source);
    this.#speaker ??= speaker;
    return source;
  }

  /** Reads what the target has logged so far, or as soon as it is defined. A channel can be sent to from now on. */
  meet(target: EventTarget, signal: AbortSignal): void {
    if (isChannel(target)) this.#meet(target);
    if (target instanceof Document || target instanceof ShadowRoot) {
      for (const element of target.querySelectorAll(VOICE)) this.#readLog(element);
      return;
    }
    this.#readLog(target);
    const name = target instanceof Element ? target.localName : '';
    if (!name.includes('-') || customElements.get(name)) return;
    void customElements.whenDefined(name).then(() => {
      if (!signal.aborted) this.#readLog(target);
    });
  }

  /** Adds what the target remembers and the panel has not seen. */
  #readLog(target: EventTarget): void {
    const log: unknown = 'log' in target ? target.log : undefined;
    if (!Array.isArray(log)) return;
    const source = this.#meet(target);
    for (const detail of log) {
      const envelope = readDetail(detail);
      if (envelope && envelope.sequence > source.sequence) this.#add(envelope, source);
    }
  }
}
