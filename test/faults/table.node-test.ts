import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

const table = readFileSync(new URL('README.md', import.meta.url), 'utf8');
/** Rows by family. */
const FAMILIES = { A: 26, B: 22, C: 23, D: 19, E: 19, F: 18, G: 9, H: 11 } as const;
const REASON_CHARACTERS = 60;

const rows = new Map(
  [...table.matchAll(/^\| ([A-H]\d+) +\|[^|]*\|(.*)\|$/gm)].map(([, id = '', proof = '']) => [
    id,
    proof.trim(),
  ]),
);
const ids = Object.entries(FAMILIES).flatMap(([family, count]) =>
  Array.from({ length: count }, (_, index) => `${family}${index + 1}`),
);

describe('the table of promises', () => {
  it('has a row for each of them', () => assert.deepEqual([...rows.keys()], ids));

  for (const [id, proof] of rows) {
    it(`names tests that are there, or a reason: ${id}`, () => {
      const tests = [...proof.matchAll(/`(test\/[^`]+)` “([^”]+)”/g)];
      if (tests.length === 0) {
        assert.match(proof, /^Not tested: /);
        assert.ok(proof.length > REASON_CHARACTERS);
      }
      for (const [, file = '', title = ''] of tests) {
        const source = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
        // A title in a template literal is followed by its variable part.
        assert.ok(
          [`'${title}'`, `\`${title}`].some((written) => source.includes(written)),
          `${file}: ${title}`,
        );
      }
    });
  }
});
