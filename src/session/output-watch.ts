import type { Moment } from '../conversation/conversation.js';
import type { ServerEvent } from '../protocol/server-event.js';
import type { Clock } from './clock.js';

const LOOK_EVERY_MS = 150;
const LOUD = 0.005;
/** Pauses between words are shorter. */
const QUIET_AFTER_MS = 900;
/** The sound of an answer may begin only after all of its words are there. */
const LATE_MS = 2_000;

/** What the watch listens to, and whom it tells. */
export interface OutputHost {
  readonly clock: Clock;
  moment(): Moment;
  /** 0 to 1, or `undefined` where it is not known. */
  level(): number | undefined;
  /** An answer is on its way: a silence that somebody wanted is over. */
  begins(): void;
  changed(): void;
}

/**
 * Tells whether the assistant speaks from the sound itself, for servers that send no `output_audio_buffer` events.
 * Looks only while an answer is on its way.
 */
export class OutputWatch {
  readonly #host: OutputHost;
  #cancel: (() => void) | null = null;
  #loudAt = -Infinity;
  #expectedAt = -Infinity;
  #speaking = false;

  constructor(host: OutputHost) {
    this.#host = host;
  }

  /** Whoever is interrupted is not speaking, whatever is still heard. */
  get speaking(): boolean {
    const { hearing, reportsAudio } = this.#host.moment();
    return this.#speaking && hearing === null && !reportsAudio;
  }

  /** Takes note of answers that begin. */
  observe({ type }: ServerEvent): void {
    if (type !== 'response.created' || this.#host.moment().reportsAudio) return;
    this.#host.begins();
    this.#start();
  }

  #start(): void {
    this.#cancel ??= this.#host.clock.after(LOOK_EVERY_MS, () => this.#look());
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#speaking = false;
  }

  #look(): void {
    this.#cancel = null;
    const now = this.#host.clock.now();
    if ((this.#host.level() ?? 0) > LOUD) this.#loudAt = now;
    const speaking = now - this.#loudAt < QUIET_AFTER_MS;
    const changed = speaking !== this.#speaking;
    this.#speaking = speaking;
    if (this.#host.moment().generating !== null) this.#expectedAt = now;
    if (speaking || now - this.#expectedAt < LATE_MS) this.#start();
    if (changed) this.#host.changed();
  }
}
