import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build as bundle } from 'esbuild';
import { build } from 'vite';
import { DIST } from '../support/built-site.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CDN = join(DIST, 'cdn');

function read(folder: string, file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}

function filesOf(folder: string, pattern: RegExp): string[] {
  return (readdirSync(folder, { recursive: true }) as string[]).filter((file) => pattern.test(file)).sort();
}

/** What a bundler takes of the package for a program at once; what it may load later is left out. */
async function bundled(program: string): Promise<{ inputs: string[]; text: string }> {
  const { metafile, outputFiles } = await bundle({
    stdin: { contents: program, resolveDir: ROOT },
    // Without the paths of tsconfig.json, which lead to the sources.
    tsconfigRaw: {},
    bundle: true,
    format: 'esm',
    splitting: true,
    outdir: '/',
    write: false,
    metafile: true,
    minify: true,
    logLevel: 'error',
  });
  const needed = new Set(Object.keys(metafile.outputs).filter((file) => file.endsWith('stdin.js')));
  for (const file of needed)
    for (const { path, kind } of metafile.outputs[file]?.imports ?? [])
      if (kind === 'import-statement') needed.add(path);
  return {
    inputs: [...needed].flatMap((file) => Object.keys(metafile.outputs[file]?.inputs ?? {})),
    text: outputFiles
      .filter(({ path }) => [...needed].some((file) => path.endsWith(file.split('/').at(-1) ?? '')))
      .map(({ text }) => text)
      .join(''),
  };
}

describe('the build', () => {
  // As deep as dist/cdn, since source maps name their sources from where they are.
  for (const [mode, folder, again, pattern] of [
    ['cdn', CDN, '.cache/cdn-again', /^(?!realtime-voice\.iife).*\.(js|map|md)$/],
    ['classic', CDN, '.cache/classic-again', /\.iife\.js(\.map)?$/],
    ['modules', DIST, '.cache/modules-again', /^(?!cdn\/).*\.js$/],
  ] as const)
    it(`is the same, byte for byte, when it is made again: ${mode}`, async () => {
      const outDir = join(ROOT, again);
      await build({ root: ROOT, mode, logLevel: 'error', build: { outDir, emptyOutDir: true } });
      const files = filesOf(folder, pattern);
      assert.deepEqual(filesOf(outDir, pattern), files);
      assert.ok(files.length > 0);
      for (const file of files) assert.ok(read(outDir, file) === read(folder, file), file);
    });

  it('has the hash of each file for a script tag', () => {
    const hashes = JSON.parse(read(CDN, 'integrity.json')) as Record<string, string>;
    assert.deepEqual(Object.keys(hashes), filesOf(CDN, /\.js$/));
    for (const [file, hash] of Object.entries(hashes)) {
      const digest = createHash('sha384')
        .update(readFileSync(join(CDN, file)))
        .digest('base64');
      assert.equal(hash, `sha384-${digest}`);
    }
  });

  it('has a source map for each script, with the sources in it', () => {
    // What only passes on has nothing to map.
    const passesOn = (file: string): boolean =>
      !/^(?!import |export \{|export \* )\S/m.test(read(DIST, file));
    for (const file of filesOf(DIST, /\.js$/).filter((one) => !passesOn(one))) {
      assert.match(read(DIST, file), /\/\/# sourceMappingURL=\S+\.js\.map\s*$/, file);
      const map = JSON.parse(read(DIST, `${file}.map`)) as { sources: string[]; sourcesContent?: string[] };
      assert.equal(map.sourcesContent?.length, map.sources.length, file);
    }
  });

  it('names the licence of what is in the files for a script tag', () => {
    const withLit = filesOf(CDN, /\.js$/).filter((file) =>
      read(CDN, `${file}.map`).includes('/node_modules/'),
    );
    assert.ok(withLit.length >= 2);
    for (const file of withLit)
      assert.match(read(CDN, file), /^\/\*! Contains Lit, BSD-3-Clause: see licenses\.md \*\//);
    const names = [...read(CDN, 'licenses.md').matchAll(/^## (\S+) - /gm)].map(([, name]) => name);
    assert.deepEqual(names, ['@lit/reactive-element', 'lit-element', 'lit-html', 'lit']);
    assert.match(read(CDN, 'licenses.md'), /Redistributions in binary form must reproduce/);
  });

  it('has no hints for bundlers in the files for a script tag', () => {
    for (const file of filesOf(CDN, /\.js$/)) assert.doesNotMatch(read(CDN, file), /[@#]__PURE__/, file);
  });

  it('makes no code or markup of strings, but for the templates of Lit', () => {
    const ways =
      /\beval\(|\bFunction\(|document\.write|insertAdjacentHTML|(?:inner|outer)HTML\s*=[^=]|srcdoc|setTimeout\([`'"]/g;
    for (const file of filesOf(CDN, /\.js$/)) {
      const found = read(CDN, file).match(ways) ?? [];
      const lits = read(CDN, file).includes('createHTML') ? 1 : 0;
      assert.equal(found.length, lits, `${file}: ${found.join(', ')}`);
    }
  });

  it('has no key, no token, no address but OpenAI’s and no trace of this machine in it', () => {
    for (const file of filesOf(DIST, /\.(js|map|json|ts)$/)) {
      const text = read(DIST, file);
      assert.doesNotMatch(text, /\b(sk-|ek_)[\w-]{16,}/, file);
      assert.ok(!text.includes(ROOT), file);
    }
    const addresses = filesOf(CDN, /\.js$/).flatMap(
      (file) => read(CDN, file).match(/https?:\/\/[\w.-]+/g) ?? [],
    );
    const others = new Set(
      addresses.filter((one) => !/^https?:\/\/(api\.openai\.com|www\.w3\.org|lit\.dev)$/.test(one)),
    );
    assert.deepEqual([...others], []);
  });
});

describe('a bundler', () => {
  it('takes nothing of Lit and of the elements for realtime-voice/core', async () => {
    const { inputs } = await bundled(`export * from 'realtime-voice/core'`);
    assert.ok(inputs.length > 0);
    assert.deepEqual(
      inputs.filter((file) => /node_modules|element/.test(file)),
      [],
    );
  });

  it('takes nothing at all of an import that nobody uses', async () => {
    for (const entry of [
      'realtime-voice',
      'realtime-voice/core',
      'realtime-voice/server',
      'realtime-voice/locales/ja',
    ])
      assert.equal((await bundled(`import '${entry}'`)).text.trim(), '', entry);
  });

  it('keeps the import that registers the elements', async () => {
    const { text } = await bundled(`import 'realtime-voice/define'`);
    assert.match(text, /realtime-event-panel/);
  });

  it('leaves the panel out of a page that takes only the widget', async () => {
    const { text } = await bundled(
      `import { RealtimeVoiceElement } from 'realtime-voice'; RealtimeVoiceElement.define()`,
    );
    assert.doesNotMatch(text, /count-row/);
  });
});

describe('the version', () => {
  const { version } = JSON.parse(read(ROOT, 'package.json')) as { version: string };

  it('is the same in the package and in its elements', async () => {
    const { RealtimeEventPanelElement, RealtimeVoiceElement } = await import('../../src/index.js');
    assert.deepEqual([RealtimeVoiceElement.version, RealtimeEventPanelElement.version], [version, version]);
  });

  it('is in every address of a script that the documents show', () => {
    const documents = ['README.md', 'SECURITY.md'].filter((file) => existsSync(join(ROOT, file)));
    const addresses = documents.flatMap(
      (file) => read(ROOT, file).match(/https:\/\/[\w.-]+\/\S*realtime-voice[\w@.]*\/dist\//g) ?? [],
    );
    assert.ok(addresses.length > 0);
    for (const address of addresses) assert.ok(address.endsWith(`/realtime-voice@${version}/dist/`), address);
  });
});
