import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { SAMPLE_RATE } from './speech.js';

/** Samples in one frame of 20 ms. */
export const FRAME_SAMPLES = SAMPLE_RATE / 50;
/** Milliseconds in one frame. */
export const FRAME_MS = 20;

interface Fvad {
  _fvad_new(): number;
  _fvad_free(vad: number): void;
  _fvad_set_mode(vad: number, mode: number): void;
  _fvad_set_sample_rate(vad: number, rate: number): void;
  _fvad_process(vad: number, frame: number, samples: number): number;
  _malloc(bytes: number): number;
  readonly HEAP16: Int16Array;
}

const require = createRequire(import.meta.url);
const loaded = load();

const AGGRESSIVE = 3;
/** Full scale of 16 bits. */
const LOUDEST = 32_768;

/** Tells speech from everything else, a frame at a time. */
export interface VoiceActivity {
  /** @param threshold 0 to 1: what is quieter than −60 to −40 dBFS is no speech, whatever it sounds like */
  isSpeech(frame: Int16Array, threshold?: number): boolean;
  free(): void;
}

/** A detector of one's own: it remembers what the room sounds like. */
export async function createVoiceActivity(): Promise<VoiceActivity> {
  const { fvad, memory } = await loaded;
  const vad = fvad._fvad_new();
  fvad._fvad_set_mode(vad, AGGRESSIVE);
  fvad._fvad_set_sample_rate(vad, SAMPLE_RATE);
  return {
    isSpeech(frame, threshold = 0.5) {
      if (loudness(frame) < LOUDEST * 10 ** ((20 * threshold - 60) / 20)) return false;
      fvad.HEAP16.set(frame, memory >> 1);
      return fvad._fvad_process(vad, memory, FRAME_SAMPLES) === 1;
    },
    free: () => fvad._fvad_free(vad),
  };
}

/** Root mean square of the samples. */
export function loudness(frame: Int16Array): number {
  let sum = 0;
  for (const sample of frame) sum += sample * sample;
  return Math.sqrt(sum / Math.max(1, frame.length));
}

/** One module and one frame of its memory serve all calls, since each frame is done with at once. */
async function load(): Promise<{ fvad: Fvad; memory: number }> {
  const path = pathToFileURL(require.resolve('@echogarden/fvad-wasm/fvad.js')).href;
  const { default: create } = (await import(path)) as { default: () => Promise<Fvad> };
  const fvad = await create();
  return { fvad, memory: fvad._malloc(FRAME_SAMPLES * 2) };
}
