/**
 * Fails when what visitors load, minified and gzipped with the chunks it always needs, is larger than package.json allows.
 * Names after the file are those of chunks that are loaded later: then only what they add to it counts.
 */
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { parseSync } from 'vite';

const { sizeBudgets } = JSON.parse(readFileSync('package.json', 'utf8'));

for (const [subject, budget] of Object.entries(sizeBudgets)) {
  const [file, ...later] = subject.split(' ');
  const entry = file.startsWith('dist/cdn/') ? file : await minified(file);
  const first = needed(entry);
  const added = new Set(later.flatMap((name) => needed(chunkOf(name, dirname(entry)))));
  for (const path of first) added.delete(path);
  const loaded = later.length > 0 ? [...added] : first;
  const size = loaded.reduce((sum, path) => sum + gzip(path), 0);
  console.log(`${subject}: ${size} of ${budget} bytes gzipped`);
  if (size > budget) process.exitCode = 1;
}

/** What a bundler would make of it. */
async function minified(file) {
  const outdir = mkdtempSync(join(tmpdir(), 'realtime-voice-size-'));
  await build({ entryPoints: [file], bundle: true, splitting: true, minify: true, format: 'esm', outdir });
  return join(outdir, basename(file));
}

/** The chunk made of a module of that name; a hash follows it. */
function chunkOf(name, folder) {
  const chunk = readdirSync(folder).find((file) => file.replace(/-[\w-]{8}\.js$/, '') === name);
  if (!chunk) throw new Error(`There is no chunk called ${name}.`);
  return join(folder, chunk);
}

/** The file and all that it imports at once; what is imported on demand is not in it. */
function needed(file, seen = new Set()) {
  if (seen.has(file)) return [];
  seen.add(file);
  const { staticImports } = parseSync(file, readFileSync(file, 'utf8')).module;
  const imports = staticImports.map(({ moduleRequest }) => join(dirname(file), moduleRequest.value));
  return [file, ...imports.flatMap((one) => needed(one, seen))];
}

function gzip(file) {
  return gzipSync(readFileSync(file), { level: 9 }).length;
}
