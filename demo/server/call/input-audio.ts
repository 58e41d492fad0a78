import { FRAME_MS, FRAME_SAMPLES, type VoiceActivity } from '../speech/voice-activity.js';

/** How turns are told from pauses. */
export interface TurnDetection {
  /** How loud speech has to be, 0 to 1. */
  readonly threshold: number;
  readonly prefixMs: number;
  /** A pause of this length ends the turn, or raises the question whether it does. */
  readonly silenceMs: number;
  /** With it, a pause ends the turn only when what was said makes sense, or when it has become this long. */
  readonly patienceMs?: number;
}

/** What the buffer notices. Times count the sound received in this call, in milliseconds. */
export interface InputAudioEvents {
  speechStarted(atMs: number): void;
  speechStopped(atMs: number): void;
  /** Whether somebody who pauses has said all. */
  isComplete(pcm: Int16Array): Promise<boolean>;
}

/** A click is no word: speech has to last this long. */
const ONSET_FRAMES = 4;
const LONGEST_FRAMES = 60 * 50;

/** The input audio buffer: what was received and not yet committed, and whether somebody speaks. */
export class InputAudio {
  readonly #vad: VoiceActivity;
  readonly #events: InputAudioEvents;
  #frames: Int16Array[] = [];
  #voicedFrames = 0;
  #receivedMs = 0;
  #speechFrames = 0;
  #silentFrames = 0;
  #speaking = false;
  #detection: TurnDetection | null = null;

  constructor(vad: VoiceActivity, events: InputAudioEvents) {
    this.#vad = vad;
    this.#events = events;
  }

  /** `null` switches turn detection off. */
  set detection(detection: TurnDetection | null) {
    this.#detection = detection;
    if (!detection) this.#speaking = false;
  }

  get receivedMs(): number {
    return this.#receivedMs;
  }

  /** Milliseconds in the buffer. */
  get lengthMs(): number {
    return this.#frames.length * FRAME_MS;
  }

  /** Whether there is enough speech in the buffer for a word. */
  get hasSpeech(): boolean {
    return this.#voicedFrames >= ONSET_FRAMES;
  }

  /** Takes in 20 ms. */
  push(frame: Int16Array): void {
    this.#receivedMs += FRAME_MS;
    this.#frames.push(frame);
    if (this.#frames.length > LONGEST_FRAMES) this.#frames.shift();
    const isSpeech = this.#vad.isSpeech(frame, this.#detection?.threshold);
    if (isSpeech) this.#voicedFrames += 1;
    if (!this.#detection) return;
    if (isSpeech) this.#heardSpeech(this.#detection);
    else this.#heardNothing(this.#detection);
  }

  /** Empties the buffer and gives what was in it. */
  take(): Int16Array {
    const pcm = this.#sound();
    this.clear();
    return pcm;
  }

  clear(): void {
    this.#frames = [];
    this.#voicedFrames = 0;
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

  #heardNothing({ prefixMs, silenceMs, patienceMs }: TurnDetection): void {
    this.#silentFrames += 1;
    if (!this.#speaking) {
      this.#speechFrames = 0;
      this.#voicedFrames = 0;
      // Only the moment before speech is worth keeping.
      while (this.lengthMs > prefixMs) this.#frames.shift();
      return;
    }
    const pauseMs = this.#silentFrames * FRAME_MS;
    if (patienceMs !== undefined && pauseMs < patienceMs) {
      if (pauseMs - FRAME_MS < silenceMs && pauseMs >= silenceMs) void this.#ask();
    } else if (pauseMs >= (patienceMs ?? silenceMs)) this.#stop();
  }

  async #ask(): Promise<void> {
    const pause = this.#speechFrames;
    const complete = await this.#events.isComplete(this.#sound());
    // Whoever has gone on speaking in the meantime was not done.
    if (complete && this.#speaking && this.#speechFrames === pause) this.#stop();
  }

  #stop(): void {
    this.#speaking = false;
    this.#speechFrames = 0;
    this.#events.speechStopped(this.#receivedMs);
  }

  #sound(): Int16Array {
    const pcm = new Int16Array(this.#frames.length * FRAME_SAMPLES);
    this.#frames.forEach((frame, index) => pcm.set(frame, index * FRAME_SAMPLES));
    return pcm;
  }
}
