import { FRAME_MS, FRAME_SAMPLES } from '../speech/voice-activity.js';

/** The sound of one answer, on its way to the visitor. */
export interface Playback {
  readonly responseId: string;
  readonly itemId: string;
  readonly frames: Int16Array[];
  /** No more sound will be added. */
  complete: boolean;
  playedMs: number;
}

/** What happens to the sound of an answer. */
export interface OutputAudioEvents {
  /** 20 ms to be heard now. */
  play(frame: Int16Array): void;
  started(playback: Playback): void;
  /** It was heard to its end. */
  drained(playback: Playback): void;
}

const SILENCE = new Int16Array(FRAME_SAMPLES);

/** The output audio buffer: sound that was generated and not yet played, one answer after the other. */
export class OutputAudio {
  readonly #events: OutputAudioEvents;
  #waiting: Playback[] = [];

  constructor(events: OutputAudioEvents) {
    this.#events = events;
  }

  /** Whether there is anything to be heard. */
  get busy(): boolean {
    return this.#waiting.length > 0;
  }

  /** Begins the sound of an answer; it is heard once those before it have ended. */
  begin(responseId: string, itemId: string): Playback {
    const playback = { responseId, itemId, frames: [], complete: false, playedMs: 0 };
    this.#waiting.push(playback);
    if (this.#waiting.length === 1) this.#events.started(playback);
    return playback;
  }

  /** Throws away what has not been played and gives back whose it was. */
  clear(): readonly Playback[] {
    const cleared = this.#waiting;
    this.#waiting = [];
    return cleared;
  }

  /** Plays the next 20 ms, silence when there is nothing to say. */
  tick(): void {
    const [playback] = this.#waiting;
    const frame = playback?.frames.shift();
    this.#events.play(frame ?? SILENCE);
    if (!playback) return;
    if (frame) playback.playedMs += FRAME_MS;
    else if (playback.complete) this.#next(playback);
  }

  #next(ended: Playback): void {
    this.#waiting.shift();
    this.#events.drained(ended);
    const [playback] = this.#waiting;
    if (playback) this.#events.started(playback);
  }
}

/** Cuts sound into frames; what does not fill the last one is filled up with silence. */
export function framesOf(pcm: Int16Array): Int16Array[] {
  return Array.from({ length: Math.ceil(pcm.length / FRAME_SAMPLES) }, (_, index) => {
    const frame = new Int16Array(FRAME_SAMPLES);
    frame.set(pcm.subarray(index * FRAME_SAMPLES, (index + 1) * FRAME_SAMPLES));
    return frame;
  });
}
