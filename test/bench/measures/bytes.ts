import { resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Measure } from './measure.js';

/** What a page has to load at once. */
const ENTRIES: Readonly<Record<string, string>> = {
  'ours, dist/cdn/realtime-voice.js': 'dist/cdn/realtime-voice.js',
  'ours, dist/core.js': 'dist/core.js',
  'Lit alone': 'test/bench/page/lit-alone.ts',
  'deep-chat': 'deep-chat',
  'agents SDK (no user interface)': '@openai/agents-realtime',
};

/** Minified, with all chunks that are needed at once; each chunk compressed by itself, as it travels. */
export const bytes: Measure = async () => {
  const rows = [];
  for (const [name, entry] of Object.entries(ENTRIES)) rows.push({ name, ...(await weigh(entry)) });
  return rows;
};

async function weigh(entry: string): Promise<{ raw: number; gzip: number; brotli: number }> {
  const { outputFiles, metafile } = await build({
    entryPoints: { entry },
    outdir: 'dist/measured',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    write: false,
    metafile: true,
    logLevel: 'error',
  });
  const { outputs } = metafile;
  const needed = new Set(['dist/measured/entry.js']);
  for (const path of needed) {
    for (const { path: next, kind } of outputs[path]?.imports ?? [])
      if (kind === 'import-statement') needed.add(next);
  }
  const sum = { raw: 0, gzip: 0, brotli: 0 };
  for (const { path, contents } of outputFiles) {
    if (![...needed].some((one) => resolve(one) === path)) continue;
    sum.raw += contents.length;
    sum.gzip += gzipSync(contents, { level: 9 }).length;
    sum.brotli += brotliCompressSync(contents, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
  }
  return sum;
}
