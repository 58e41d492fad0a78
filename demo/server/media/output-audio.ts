import { FRAME_MS, FRAME_SAMPLES } from '../speech/voice-activity.js';

/** The sound of one answer, on its way to the visitor. */
export interface Playback {
  readonly responseId: string;
  readonly itemId: string;
  /** No more sound will be added. */
  complete: boolean;
  playedMs: number;
}

/** The output audio buffer: sound that was generated and not yet played. */
export class OutputAudio {
  #frames: Int16Array[] = [];
  #current: Playback | null = null;

  constructor(
    private readonly play: (frame: Int16Array) => void,
    private readonly drained: (playback: Playback) => void,
  ) {}

  get current(): Playback | null {
    return this.#current;
  }

  /** Begins the sound of an answer. */
  begin(responseId: string, itemId: string): Playback {
    this.#current = { responseId, itemId, complete: false, playedMs: 0 };
    return this.#current;
  }

  /** Adds sound; what does not fill a frame is filled up with silence. */
  add(pcm: Int16Array): void {
    for (let start = 0; start < pcm.length; start += FRAME_SAMPLES) {
      const frame = new Int16Array(FRAME_SAMPLES);
      frame.set(pcm.subarray(start, start + FRAME_SAMPLES));
      this.#frames.push(frame);
    }
  }

  /** Throws away what has not been played. */
  clear(): Playback | null {
    const playback = this.#current;
    this.#frames = [];
    this.#current = null;
    return playback;
  }

  /** Plays the next 20 ms, silence when there is nothing to say. */
  tick(): void {
    const frame = this.#frames.shift();
    this.play(frame ?? new Int16Array(FRAME_SAMPLES));
    const playback = this.#current;
    if (!playback) return;
    if (frame) playback.playedMs += FRAME_MS;
    else if (playback.complete) {
      this.#current = null;
      this.drained(playback);
    }
  }
}
