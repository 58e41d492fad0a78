import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { titlesThatRun } from '../support/titles-that-run.js';

const table = readFileSync(new URL('README.md', import.meta.url), 'utf8');
/** Rows by family. */
const FAMILIES = { A: 26, B: 22, C: 23, D: 19, E: 19, F: 18, G: 9, H: 11 } as const;
const REASON_CHARACTERS = 60;
/** What `npm test` leaves out. */
const ELSEWHERE = /^test\/(bench|soak|webkit)\//;

const rows = new Map(
  [...table.matchAll(/^\| ([A-H]\d+) +\|[^|]*\|(.*)\|$/gm)].map(([, id = '', proof = '']) => [
    id,
    proof.trim(),
  ]),
);
const ids = Object.entries(FAMILIES).flatMap(([family, count]) =>
  Array.from({ length: count }, (_, index) => `${family}${index + 1}`),
);

const sources = new Map<string, readonly string[]>();
function titlesOf(file: string): readonly string[] {
  const known = sources.get(file);
  if (known) return known;
  const titles = titlesThatRun(file, readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'));
  sources.set(file, titles);
  return titles;
}

/** What a row names: files with the titles that follow them, and what stands before the next file. */
function testsOf(proof: string): readonly { file: string; titles: readonly string[]; words: string }[] {
  return [...proof.matchAll(/`(test\/[^`]+)`((?:,? “[^”]+”)+)([^`]*)/g)].map(
    ([, file = '', titles = '', words = '']) => ({
      file,
      titles: [...titles.matchAll(/“([^”]+)”/g)].map(([, title = '']) => title),
      words,
    }),
  );
}

describe('the table of promises', () => {
  it('has a row for each of them', () => assert.deepEqual([...rows.keys()], ids));

  for (const [id, proof] of rows) {
    it(`names tests that run, or a reason: ${id}`, () => {
      const tests = testsOf(proof);
      // Each file that is written has its titles behind it, and each title its file before it.
      assert.equal(tests.length, proof.match(/`test\//g)?.length ?? 0);
      assert.equal(tests.flatMap(({ titles }) => titles).length, proof.match(/“/g)?.length ?? 0);
      if (tests.length === 0) {
        assert.match(proof, /^Not tested: /);
        assert.ok(proof.length > REASON_CHARACTERS);
        return;
      }
      for (const { file, titles, words } of tests) {
        for (const title of titles) {
          const isThere = (written: string): boolean =>
            // What varies from test to test need not be quoted.
            written === title || (written.startsWith(title) && written.slice(title.length).includes('${'));
          assert.ok(titlesOf(file).some(isThere), `${file}: ${title}`);
        }
        if (ELSEWHERE.test(file)) assert.match(words, /^ \(in the soak\b/);
      }
      assert.ok(
        tests.some(({ file }) => !ELSEWHERE.test(file)),
        'npm test runs none of them',
      );
    });
  }

  it('is content with no test that does not run', () => {
    const runs = titlesThatRun(
      'sample.ts',
      `
        // it('is spoken of', () => {});
        const told = "it('is a text', () => {})";
        it.skip('is left out', () => {});
        it.only('is alone', () => {});
        it('is left out by an option', { timeout: 1, skip: true }, () => {});
        describe.skip('a part', () => { it('is left out with it', () => {}); });
        describe('another', { todo: true }, () => { it('is to be written', () => {}); });
        describe('a third', function (this: unknown) { for (const how of told) it(\`runs \${how}\`, () => {}); });
      `,
    );
    assert.deepEqual(runs, ['runs ${how}']);
  });
});
