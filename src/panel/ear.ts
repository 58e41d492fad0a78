import type { Envelope } from '../protocol/envelope.js';
import { readDetail } from './read-detail.js';
import { isChannel, watchChannel, type Channel } from './watch-channel.js';

/** An event, and where it was heard. */
export interface Heard {
  readonly envelope: Envelope;
  readonly target: EventTarget;
}

/**
 * Hears events, and keeps them until somebody receives them: the rest of a panel is loaded when the element is used, and
 * nothing that happens meanwhile may be lost.
 */
export class Ear {
  #waiting: Heard[] = [];
  #receive: (heard: Heard) => void = (heard) => this.#waiting.push(heard);
  #latest: Event | undefined;
  #sequence = 0;

  /** What nobody has received yet, oldest first. */
  get waiting(): readonly Heard[] {
    return this.#waiting;
  }

  /** Hands over what waits, and all that comes from now on. */
  handTo(receive: (heard: Heard) => void): void {
    const waiting = this.#waiting;
    this.forget();
    this.#receive = receive;
    waiting.forEach(receive);
  }

  forget(): void {
    this.#waiting = [];
  }

  /** A `realtime-event`; told once, however many of the targets it passes. */
  readonly hear = (event: Event): void => {
    if (event === this.#latest) return;
    this.#latest = event;
    const envelope = event instanceof CustomEvent ? readDetail(event.detail) : undefined;
    const [target] = event.composedPath();
    if (envelope && target) this.#receive({ envelope, target });
  };

  /** Listens to a channel in both directions, or for `realtime-event` at a target or below it. Returns what ends it. */
  attach(target: EventTarget): () => void {
    if (isChannel(target)) return this.#watch(target);
    // One listener each time, so that each can be ended on its own.
    const listener = (event: Event): void => this.hear(event);
    target.addEventListener('realtime-event', listener);
    return () => target.removeEventListener('realtime-event', listener);
  }

  #watch(channel: Channel): () => void {
    let time = 0;
    return watchChannel(channel, (origin, event) => {
      this.#sequence += 1;
      time = Math.max(Date.now(), time);
      const envelope = Object.freeze({ sequence: this.#sequence, origin, type: event.type, event, time });
      this.#receive({ envelope, target: channel });
    });
  }
}
