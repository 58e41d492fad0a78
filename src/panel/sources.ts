import type { ClientEvent } from '../protocol/client-event.js';
import type { Envelope } from '../protocol/envelope.js';
import { readDetail } from './read-detail.js';
import { isReplayTarget, type ReplayTarget } from './replay-target.js';
import { isChannel, watchChannel, type Channel } from './watch-channel.js';

/** A call that is watched. */
interface Source {
  /** From 1, in the order in which the calls were first heard of. */
  readonly number: number;
  /** Sequence of its latest event, so that a log read again adds only what is new. */
  sequence: number;
  latest: Envelope | undefined;
  /** The call itself, when it takes events. */
  readonly speaker: EventTarget | undefined;
}

/** Elements that may hold a log from before the panel was there. */
const VOICE = 'realtime-voice';

/** The calls that a panel listens to: each with a number, its past events and a way to send. */
export class Sources {
  readonly #record: (envelope: Envelope, source: number) => void;
  readonly #known = new WeakMap<EventTarget, Source>();
  #count = 0;
  #speaker: EventTarget | undefined;

  /** `record` gets each event once, whichever way it came. */
  constructor(record: (envelope: Envelope, source: number) => void) {
    this.#record = record;
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

  /** Listens for `realtime-event` at a target or below it, after reading the log that it keeps. */
  listen(target: EventTarget): () => void {
    const stop = new AbortController();
    target.addEventListener('realtime-event', (event) => this.#hear(event), { signal: stop.signal });
    this.#readLogs(target, stop.signal);
    return () => stop.abort();
  }

  /** Listens to anything: a data channel or a WebSocket in both directions, or a target of `realtime-event`. */
  attach(target: EventTarget): () => void {
    return isChannel(target) ? this.#attachChannel(target) : this.listen(target);
  }

  #attachChannel(channel: Channel): () => void {
    const source = this.#meet(channel);
    return watchChannel(channel, (origin, event) => {
      const sequence = source.sequence + 1;
      const time = Math.max(Date.now(), source.latest?.time ?? 0);
      this.#add(Object.freeze({ sequence, origin, type: event.type, event, time }), source);
    });
  }

  #hear(event: Event): void {
    const envelope = event instanceof CustomEvent ? readDetail(event.detail) : undefined;
    const target = event.composedPath()[0];
    if (!envelope || !target) return;
    const met = this.#known.get(target);
    const source = met ?? this.#meet(target);
    if (!met) this.#readLog(target);
    // Heard at the element and at the root, or just read from its log.
    if (source.latest === envelope) return;
    this.#add(envelope, source);
  }

  #add(envelope: Envelope, source: Source): void {
    source.latest = envelope;
    source.sequence = Math.max(source.sequence, envelope.sequence);
    if (source.speaker) this.#speaker = source.speaker;
    this.#record(envelope, source.number);
  }

  #meet(target: EventTarget): Source {
    const met = this.#known.get(target);
    if (met) return met;
    this.#count += 1;
    const speaker = 'send' in target && typeof target.send === 'function' ? target : undefined;
    const source: Source = { number: this.#count, sequence: 0, latest: undefined, speaker };
    this.#known.set(target, source);
    this.#speaker ??= speaker;
    return source;
  }

  #readLogs(target: EventTarget, signal: AbortSignal): void {
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
