import { FRAME_MS, FRAME_SAMPLES, type VoiceActivity } from '../speech/voice-activity.js';

/** How turns are told from pauses; the protocol's `server_vad` settings. */
export interface TurnDetection {
  readonly prefixMs: number;
  readonly silenceMs: number;
}

/** What the buffer notices. Times count the sound received in this call, in milliseconds. */
export interface InputAudioEvents {
  speechStarted(atMs: number): void;
  speechStopped(atMs: number): void;
}

/** A click is no word: speech has to last this long. */
const ONSET_FRAMES = 4;
const LONGEST_FRAMES = 60 * 50;

/** The input audio buffer: what was received and not yet committed, and whether somebody speaks. */
export class InputAudio {
  readonly #vad: VoiceActivity;
  readonly #events: InputAudioEvents;
  #frames: Int16Array[] = [];
  #receivedMs = 0;
  #speechFrames = 0;
  #silentFrames = 0;
  #speaking = false;

  /** `null` switches turn detection off. */
  detection: TurnDetection | null = null;

  constructor(vad: VoiceActivity, events: InputAudioEvents) {
    this.#vad = vad;
    this.#events = events;
  }

  get receivedMs(): number {
    return this.#receivedMs;
  }

  /** Milliseconds in the buffer. */
  get lengthMs(): number {
    return this.#frames.length * FRAME_MS;
  }

  /** Takes in 20 ms. */
  push(frame: Int16Array): void {
    this.#receivedMs += FRAME_MS;
    this.#frames.push(frame);
    if (!this.detection) {
      if (this.#frames.length > LONGEST_FRAMES) this.#frames.shift();
      return;
    }
    if (this.#vad.isSpeech(frame)) this.#heardSpeech(this.detection);
    else this.#heardNothing(this.detection);
  }

  /** Empties the buffer and gives what was in it. */
  take(): Int16Array {
    const pcm = new Int16Array(this.#frames.length * FRAME_SAMPLES);
    this.#frames.forEach((frame, index) => pcm.set(frame, index * FRAME_SAMPLES));
    this.clear();
    return pcm;
  }

  clear(): void {
    this.#frames = [];
    this.#speechFrames = 0;
    this.#silentFrames = 0;
    this.#speaking = false;
  }

  #heardSpeech({ prefixMs }: TurnDetection): void {
    this.#silentFrames = 0;
    this.#speechFrames += 1;
    if (this.#speaking || this.#speechFrames < ONSET_FRAMES) return;
    this.#speaking = true;
    this.#events.speechStarted(Math.max(0, this.#receivedMs - ONSET_FRAMES * FRAME_MS - prefixMs));
  }

  #heardNothing({ prefixMs, silenceMs }: TurnDetection): void {
    this.#silentFrames += 1;
    if (!this.#speaking) {
      this.#speechFrames = 0;
      // Only the moment before speech is worth keeping.
      while (this.lengthMs > prefixMs) this.#frames.shift();
      return;
    }
    if (this.#silentFrames * FRAME_MS < silenceMs) return;
    this.#speaking = false;
    this.#speechFrames = 0;
    this.#events.speechStopped(this.#receivedMs);
  }
}
