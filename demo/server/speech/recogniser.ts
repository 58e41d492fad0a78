import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import createModule from 'soundswallower';
import { STRAY_WORDS, grammar, understood } from './phrases.js';

const require = createRequire(import.meta.url);
const MODELS = join(dirname(require.resolve('soundswallower')), 'model/');

/** Turns speech into one of the known phrases. */
export interface Recogniser {
  /** @param pcm 16 kHz, 16 bit @returns the phrase, `null` for speech that is none */
  recognise(pcm: Int16Array): string | null;
}

/** Loads the recogniser; it takes about a third of a second. */
export async function createRecogniser(): Promise<Recogniser> {
  // The types lack `modelBase`, without which it looks for its model in the working directory.
  const options = { modelBase: MODELS, print: () => {}, printErr: () => {} };
  const { Decoder } = await createModule(options as Parameters<typeof createModule>[0]);
  const decoder = new Decoder({ loglevel: 'FATAL', samprate: 16_000 });
  await decoder.initialize();
  decoder.add_words(...STRAY_WORDS.map(([word, sound]): [string, string] => [word, sound]));
  decoder.set_grammar(grammar());
  return {
    recognise(pcm) {
      decoder.start();
      decoder.process_audio(withDither(pcm), false, true);
      decoder.stop();
      return understood(decoder.get_text());
    },
  };
}

/** Digital silence, which no room has, wrecks the scores. */
function withDither(pcm: Int16Array): Float32Array {
  return Float32Array.from(pcm, (sample) => (sample + (Math.random() - 0.5) * 8) / 32_768);
}
