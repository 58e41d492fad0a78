/** Fails when a file that visitors load is larger, gzipped and with the chunks it always needs, than package.json allows. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const { sizeBudgets } = JSON.parse(readFileSync('package.json', 'utf8'));

for (const [file, budget] of Object.entries(sizeBudgets)) {
  const size = gzipSync(withImports(file), { level: 9 }).length;
  console.log(`${file}: ${size} of ${budget} bytes gzipped`);
  if (size > budget) process.exitCode = 1;
}

/** The file and everything that it imports at once; what is imported on demand is not in it. */
function withImports(file, seen = new Set()) {
  if (seen.has(file)) return '';
  seen.add(file);
  const code = readFileSync(file, 'utf8').replace(/\/\/# sourceMappingURL.*/, '');
  const imports = [...code.matchAll(/(?:\bfrom\s*|\bimport\s*)["'](\.[^"']+)["']/g)].map((match) => match[1]);
  return code + imports.map((path) => withImports(join(dirname(file), path), seen)).join('');
}
