/** Fails when what visitors load, minified and gzipped with the chunks it always needs, is larger than package.json allows. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const { sizeBudgets } = JSON.parse(readFileSync('package.json', 'utf8'));

for (const [file, budget] of Object.entries(sizeBudgets)) {
  // What is imported on demand becomes a chunk of its own and does not count.
  const options = { bundle: true, splitting: true, minify: true, format: 'esm', write: false, outdir: '/' };
  const { outputFiles } = await build({ ...options, entryPoints: [file] });
  const size = gzipSync(outputFiles[0].contents, { level: 9 }).length;
  console.log(`${file}: ${size} of ${budget} bytes gzipped`);
  if (size > budget) process.exitCode = 1;
}
