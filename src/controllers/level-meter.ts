/** How loud the two sides are, 0 to 1. */
export interface Levels {
  readonly input: number;
  readonly output: number;
}

/** Measures both sides of a call, and tells their levels with the time of the measurement. */
export interface Meter {
  readonly running: boolean;
  /** Whether it hears the visitor's side. */
  readonly hears: boolean;
  start(input: MediaStream | null, output: MediaStream | null): void;
  stop(): void;
}
/** Takes what a {@link Meter} has measured. */
export type LevelsChanged = (levels: Levels, now: number) => void;

const LOOK_EVERY_MS = 33;
const SMOOTHING = 0.6;
/** Speech rarely fills the scale. */
const GAIN = 4;

/**
 * Listens to both streams, about thirty times a second while somebody looks. Whatever goes wrong here (browsers limit
 * audio contexts, and refuse streams of other rates) leaves the call alone: the levels stay at zero.
 */
export class LevelMeter implements Meter {
  readonly #changed: LevelsChanged;
  readonly #createContext: () => AudioContext;
  #context: AudioContext | null = null;
  #input: AnalyserNode | null = null;
  #output: AnalyserNode | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  #levels: Levels = { input: 0, output: 0 };
  readonly #samples = new Float32Array(256);

  constructor(changed: LevelsChanged, createContext = () => new AudioContext()) {
    this.#changed = changed;
    this.#createContext = createContext;
  }

  get running(): boolean {
    return this.#context !== null;
  }

  /** Browsers may keep an audio context from running. */
  get hears(): boolean {
    return this.#input !== null && this.#context?.state === 'running';
  }

  start(input: MediaStream | null, output: MediaStream | null): void {
    this.stop();
    try {
      this.#context = this.#createContext();
      this.#input = this.#analyse(this.#context, input);
      this.#output = this.#analyse(this.#context, output);
      // Not by frames: each would make the browser draw one, in silence too.
      this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
    } catch {
      // A meter is a decoration; see above.
      this.stop();
    }
  }

  stop(): void {
    clearInterval(this.#timer);
    void this.#context?.close().catch(() => {});
    this.#context = this.#input = this.#output = null;
    this.#tell(0, 0);
  }

  #analyse(context: AudioContext, stream: MediaStream | null): AnalyserNode | null {
    if (!stream || stream.getAudioTracks().length === 0) return null;
    const analyser = context.createAnalyser();
    analyser.fftSize = this.#samples.length;
    // Not connected to the output: the meter listens and plays nothing.
    context.createMediaStreamSource(stream).connect(analyser);
    return analyser;
  }

  #look(): void {
    const { input, output } = this.#levels;
    this.#tell(this.#smooth(input, this.#input), this.#smooth(output, this.#output));
  }

  #tell(input: number, output: number): void {
    this.#levels = { input, output };
    this.#changed(this.#levels, Date.now());
  }

  #smooth(before: number, analyser: AnalyserNode | null): number {
    if (!analyser) return 0;
    analyser.getFloatTimeDomainData(this.#samples);
    let sum = 0;
    for (const sample of this.#samples) sum += sample * sample;
    const level = Math.min(1, Math.sqrt(sum / this.#samples.length) * GAIN);
    return level > before ? level : before * SMOOTHING + level * (1 - SMOOTHING);
  }
}
