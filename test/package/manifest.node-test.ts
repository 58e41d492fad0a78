import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { DIST } from '../support/built-site.js';

interface Thing {
  readonly name: string;
  readonly description?: string;
  readonly privacy?: string;
  readonly kind?: string;
  readonly static?: boolean;
  readonly type?: { readonly text: string };
}
type Kind = 'attributes' | 'members' | 'events' | 'slots' | 'cssParts' | 'cssProperties' | 'cssStates';
type Element = { readonly tagName?: string; readonly description?: string } & Partial<
  Record<Kind, readonly Thing[]>
>;

const KINDS: readonly Kind[] = [
  'attributes',
  'members',
  'events',
  'slots',
  'cssParts',
  'cssProperties',
  'cssStates',
];

const { modules } = JSON.parse(readFileSync(join(DIST, 'custom-elements.json'), 'utf8')) as {
  modules: readonly {
    readonly path: string;
    readonly declarations?: readonly Element[];
    readonly exports: readonly { readonly kind: string; readonly name: string }[];
  }[];
};
const elements = modules.flatMap(({ declarations = [] }) => declarations).filter(({ tagName }) => tagName);

/** The sources of the elements and of what they show. */
const SRC = fileURLToPath(new URL('../../src', import.meta.url));
const sources = Object.fromEntries(
  ['elements', 'panel', 'controllers'].flatMap((folder) =>
    readdirSync(join(SRC, folder)).map((file) => [
      `${folder}/${file}`,
      readFileSync(join(SRC, folder, file), 'utf8'),
    ]),
  ),
);
const all = Object.values(sources).join('\n');

/** Every name that a pattern finds in the sources, words of a list one by one. */
function found(pattern: RegExp): Set<string> {
  return new Set(
    [...all.matchAll(pattern)]
      .flatMap(([, names = '']) => names.split(/\s+/))
      .filter((name) => /^[\w-]+$/.test(name)),
  );
}

function documented(kind: Kind): Set<string> {
  return new Set(elements.flatMap((element) => element[kind] ?? []).map(({ name }) => name));
}

describe('the custom-elements manifest', () => {
  it('has both elements, with everything that api tables are made of', () => {
    assert.deepEqual(elements.map(({ tagName }) => tagName).sort(), [
      'realtime-event-panel',
      'realtime-voice',
    ]);
    const counts = Object.fromEntries(KINDS.map((kind) => [kind, documented(kind).size]));
    for (const [kind, count] of Object.entries(counts)) assert.ok(count > 0, kind);
  });

  it('names files that are published, and the one that defines the tags', () => {
    for (const { path } of modules) assert.ok(existsSync(join(DIST, '..', path)), path);
    assert.ok(modules.every(({ path }) => path.startsWith('dist/')));
    const defined = modules
      .filter(({ path }) => path === 'dist/define.js')
      .flatMap(({ exports }) => exports.map(({ kind, name }) => `${kind} ${name}`));
    assert.deepEqual(defined.sort(), [
      'custom-element-definition realtime-event-panel',
      'custom-element-definition realtime-voice',
    ]);
  });

  it('describes every public thing, and says the type of each property', () => {
    for (const element of elements) {
      assert.ok(element.description);
      for (const kind of KINDS)
        for (const thing of element[kind] ?? []) {
          if (thing.privacy === 'private' || thing.privacy === 'protected' || thing.name.startsWith('#'))
            continue;
          if (
            kind === 'members' &&
            /Callback$|^(styles|properties|render|createRenderRoot)$/.test(thing.name)
          )
            continue;
          assert.ok(thing.description, `${element.tagName}: ${kind} ${thing.name}`);
          if (thing.kind === 'field' && !thing.static)
            assert.ok(thing.type?.text, `${element.tagName}: type of ${thing.name}`);
        }
    }
  });

  it('offers editors the words that an attribute takes, and no name of a type', () => {
    const { tags } = JSON.parse(readFileSync(join(DIST, 'vscode.html-custom-data.json'), 'utf8')) as {
      tags: readonly { attributes: readonly { name: string; values?: readonly { name: string }[] }[] }[];
    };
    const attributes = tags.flatMap((tag) => tag.attributes);
    const words = (wanted: string): readonly string[] =>
      attributes.find(({ name }) => name === wanted)?.values?.map(({ name }) => name) ?? [];
    assert.deepEqual(words('view'), ['counts', 'log', 'timeline']);
    assert.deepEqual(words('direction'), ['all', 'server', 'client']);
    for (const { name } of attributes) for (const word of words(name)) assert.match(word, /^[a-z-]+$/, name);
  });

  it('names every part that templates have, and none that they have not', () => {
    const inTemplates = found(/\bpart="([^"$]+)"/g);
    const known = documented('cssParts');
    assert.deepEqual(
      [...inTemplates].filter((name) => !known.has(name) && !/^(turn|row)-/.test(name)),
      [],
    );
    for (const name of known) assert.match(all, new RegExp(`['"\\s\`-]${name}['"\\s\`$]`), name);
  });

  it('names every slot that templates have', () => {
    assert.deepEqual(
      found(/<slot name="([\w-]+)"/g),
      new Set([...documented('slots')].filter((name) => !['start', 'stop'].includes(name))),
    );
    assert.match(all, /<slot name=\$\{running \? 'stop' : 'start'\}/);
  });

  it('names every custom property that styles ask for', () => {
    const asked = found(/var\((--realtime-[a-z-]+)/g);
    assert.deepEqual(
      [...asked].filter((name) => !documented('cssProperties').has(name)),
      [],
    );
  });

  it('names every event that is dispatched', () => {
    assert.deepEqual([...found(/'(realtime-[a-z-]+)':/g)].sort(), [...documented('events')].sort());
  });
});
