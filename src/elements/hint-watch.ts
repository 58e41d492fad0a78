import type { Levels } from '../controllers/level-meter.js';

/** What the microphone itself has to say. */
export type Hint = 'mutedButSpeaking' | 'microphoneSilent';

const LOUD = 0.15;
const LOUD_FRAMES = 8;
/** People pause between words, and need a moment to find the button. */
const STAYS_MS = 5_000;
/** Nothing but zeros. A silent room, its noise suppressed, gives more than that. */
const SILENT = 0.0001;
const SILENT_MS = 10_000;

/** Notices a visitor who speaks into a muted microphone, and a microphone that gives nothing at all. */
export class HintWatch {
  #loudFrames = 0;
  #loudAt = -Infinity;
  #heardAt = 0;

  /** Starts over, when the microphone is another one. */
  reset(now: number): void {
    this.#loudFrames = 0;
    this.#loudAt = -Infinity;
    this.#heardAt = now;
  }

  /** @returns the hint that is due now, or `null` */
  judge({ input }: Levels, muted: boolean, now: number): Hint | null {
    if (input > SILENT || muted) this.#heardAt = now;
    this.#loudFrames = muted && input > LOUD ? this.#loudFrames + 1 : 0;
    if (this.#loudFrames >= LOUD_FRAMES) this.#loudAt = now;
    if (muted && now - this.#loudAt < STAYS_MS) return 'mutedButSpeaking';
    return now - this.#heardAt > SILENT_MS ? 'microphoneSilent' : null;
  }
}
