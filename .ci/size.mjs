/**
 * Fails when what visitors load, minified and gzipped with the chunks it always needs, is larger than package.json allows.
 * Names after the file are those of chunks that are loaded later: then only what they add to it counts.
 */
import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const { sizeBudgets } = JSON.parse(readFileSync('package.json', 'utf8'));
const options = { bundle: true, splitting: true, minify: true, format: 'esm', write: false, metafile: true };

for (const [subject, budget] of Object.entries(sizeBudgets)) {
  const [file, ...later] = subject.split(' ');
  const { outputFiles, metafile } = await build({ ...options, entryPoints: [file], outdir: 'dist/measured' });
  const contents = new Map(outputFiles.map((output) => [output.path, output.contents]));
  const first = needed(outputOf(file, metafile), metafile);
  const added = new Set(later.flatMap((name) => needed(chunkOf(name, metafile), metafile)));
  for (const path of first) added.delete(path);
  const loaded = later.length > 0 ? [...added] : first;
  const size = loaded.reduce((sum, path) => sum + gzip(contents.get(resolve(path))), 0);
  console.log(`${subject}: ${size} of ${budget} bytes gzipped`);
  if (size > budget) process.exitCode = 1;
}

function outputOf(file, { outputs }) {
  return Object.keys(outputs).find((path) => outputs[path].entryPoint === file);
}

/** The chunk made of a module of that name; a hash follows it. */
function chunkOf(name, { outputs }) {
  const chunk = Object.keys(outputs).find(
    (path) => basename(outputs[path].entryPoint ?? '').replace(/-[\w-]{8}\.js$/, '') === name,
  );
  if (!chunk) throw new Error(`There is no chunk called ${name}.`);
  return chunk;
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
