/** Writes the hash of every file for script tags, for the `integrity` of a tag, or of an import map for the module's parts. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const files = readdirSync('dist/cdn').filter((file) => file.endsWith('.js'));
const hashes = files.sort().map((file) => {
  const digest = createHash('sha384')
    .update(readFileSync(`dist/cdn/${file}`))
    .digest('base64');
  return [file, `sha384-${digest}`];
});
writeFileSync('dist/cdn/integrity.json', `${JSON.stringify(Object.fromEntries(hashes), null, 2)}\n`);
