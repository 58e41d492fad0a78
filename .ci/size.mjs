/** Fails when what visitors load, minified and gzipped with the chunks it always needs, is larger than package.json allows. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const { sizeBudgets } = JSON.parse(readFileSync('package.json', 'utf8'));
const options = { bundle: true, splitting: true, minify: true, format: 'esm', write: false, metafile: true };

for (const [file, budget] of Object.entries(sizeBudgets)) {
  const { outputFiles, metafile } = await build({ ...options, entryPoints: [file], outdir: 'dist/measured' });
  const contents = new Map(outputFiles.map((output) => [output.path, output.contents]));
  const entry = Object.keys(metafile.outputs).find((path) => metafile.outputs[path].entryPoint === file);
  const size = needed(entry, metafile).reduce((sum, path) => sum + gzip(contents.get(resolve(path))), 0);
  console.log(`${file}: ${size} of ${budget} bytes gzipped`);
  if (size > budget) process.exitCode = 1;
}

/** The output and all that it imports at once; what is imported on demand is not in it. */
function needed(path, metafile, seen = new Set()) {
  if (seen.has(path)) return [];
  seen.add(path);
  const imports = metafile.outputs[path].imports.filter(({ kind }) => kind === 'import-statement');
  return [path, ...imports.flatMap((one) => needed(one.path, metafile, seen))];
}

function gzip(contents) {
  return gzipSync(contents, { level: 9 }).length;
}
