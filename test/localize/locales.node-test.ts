import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { knownWords, loadWords } from '../../src/localize/localize.js';
import panelEn from '../../src/localize/panel-en.js';
import type { Strings } from '../../src/localize/strings.js';
import en from '../../src/locales/en.js';

const names = readdirSync(new URL('../../src/locales/', import.meta.url)).map((file) =>
  file.replace('.ts', ''),
);
const locales = await Promise.all(
  names.map(async (name) => {
    const { default: strings } = (await import(`../../src/locales/${name}.ts`)) as { default: Strings };
    return { name, strings };
  }),
);

const FORMS: readonly Intl.LDMLPluralRule[] = ['zero', 'one', 'two', 'few', 'many', 'other'];

/** Every string of a language by its path, functions called with everything that they may be given. */
function sentences(strings: Strings): ReadonlyMap<string, string> {
  const { usage, waiting, reconnecting, limitNear, ...plain } = strings;
  const found = new Map<string, string>();
  const walk = (value: object | string, path: string): void => {
    if (typeof value === 'string') found.set(path, value);
    else for (const [name, inner] of Object.entries(value)) walk(inner, path ? `${path}.${name}` : name);
  };
  walk(plain, '');
  for (const form of FORMS) {
    found.set(`usage ${form}`, usage('#', null, form));
    found.set(`usage ${form} with cost`, usage('#', '$', form));
  }
  found.set('waiting', waiting(null));
  found.set('waiting when', waiting('@'));
  found.set('reconnecting', reconnecting(null));
  found.set('reconnecting when', reconnecting('@'));
  for (const kind of ['duration', 'idle', 'cost'] as const)
    found.set(`limitNear ${kind}`, limitNear(kind, '@'));
  return found;
}

const english = sentences(en);

/** Words that a language has in common with English. */
const SAME: Readonly<Record<string, readonly string[]>> = {
  es: ['usage'],
  fr: ['volume', 'conversation', 'speakers.assistant', 'image'],
  pt: ['volume', 'usage'],
};

/** The script in which a language writes; where it is not Latin, every sentence must have some of it. */
const SCRIPTS: Readonly<Record<string, RegExp>> = {
  ar: /\p{Script=Arabic}/u,
  hi: /\p{Script=Devanagari}/u,
  ja: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u,
  ru: /\p{Script=Cyrillic}/u,
  zh: /\p{Script=Han}/u,
  'zh-hant': /\p{Script=Han}/u,
};

for (const { name, strings } of locales) {
  describe(`the words in ${name}`, () => {
    const words = sentences(strings);

    it('are as many as in English, and none is empty', () => {
      assert.deepEqual([...words.keys()], [...english.keys()]);
      for (const [path, sentence] of words) assert.notEqual(sentence.trim(), '', path);
    });

    it('mention the same values as in English', () => {
      const values = (sentence: string): string =>
        ['@', '$'].filter((mark) => sentence.includes(mark)).join('');
      for (const [path, sentence] of words)
        assert.equal(values(sentence), values(english.get(path) ?? ''), path);
    });

    it('say how a call is kept that ends because nobody speaks', () => {
      assert.match(strings.limitNear('idle', '@'), /@/);
      assert.notEqual(strings.limitNear('idle', '@'), strings.limitNear('duration', '@'));
    });

    it('are found by the name of the language', async () => {
      assert.deepEqual((await loadWords(name)).strings, strings);
    });

    if (name === 'en') return;

    it('are not left in English', () => {
      const same = [...words].filter(([path, sentence]) => sentence === english.get(path));
      assert.deepEqual([...new Set(same.map(([path]) => path.split(' ')[0]))], SAME[name] ?? []);
      for (const [path, sentence] of words)
        assert.match(sentence, SCRIPTS[name] ?? /\p{Script=Latin}/u, path);
    });

    it('name the same browsers and the same protocol as in English', () => {
      for (const word of ['Chrome', 'Edge', 'Firefox', 'Safari'])
        assert.ok(strings.errors.unsupported.includes(word), word);
      assert.ok(strings.errors.insecure.includes('https'));
    });
  });
}

describe('a number of tokens', () => {
  const said = (language: string, strings: Strings, count: number): string =>
    strings.usage(String(count), null, new Intl.PluralRules(language).select(count));
  const expected: Readonly<Record<string, Readonly<Record<number, string>>>> = {
    en: { 1: '1 token', 2: '2 tokens' },
    ru: { 1: '1 токен', 3: '3 токена', 5: '5 токенов', 11: '11 токенов', 21: '21 токен', 102: '102 токена' },
    ar: { 0: '0 رمز', 1: 'رمز واحد', 2: 'رمزان', 3: '3 رموز', 11: '11 رمزًا', 100: '100 رمز' },
    fr: { 0: '0 jeton', 1: '1 jeton', 2: '2 jetons', 1_000_000: '1000000 de jetons' },
    de: { 1: '1 Token', 2: '2 Token' },
  };

  for (const [name, counts] of Object.entries(expected)) {
    it(`has the plural form of ${name}`, () => {
      const strings = locales.find((locale) => locale.name === name)?.strings ?? en;
      for (const [count, words] of Object.entries(counts))
        assert.equal(said(name, strings, Number(count)), words);
    });
  }
});

describe('the number of types that the panel leaves out', () => {
  it('has its plural form', () => {
    assert.equal(panelEn.moreTypes(1), 'and 1 more type');
    assert.equal(panelEn.moreTypes(2), 'and 2 more types');
  });
});

describe('the words for a language', () => {
  const found = async (language: string): Promise<string> => {
    const { strings } = await loadWords(language);
    return locales.find((locale) => locale.strings.start === strings.start)?.name ?? 'none';
  };

  for (const [language, name] of [
    ['es-MX', 'es'],
    ['pt-BR', 'pt'],
    ['pt-PT', 'pt'],
    ['ar-EG', 'ar'],
    ['zh-CN', 'zh'],
    ['zh-Hans', 'zh'],
    ['zh-SG', 'zh'],
    ['zh-TW', 'zh-hant'],
    ['zh-HK', 'zh-hant'],
    ['zh-Hant-MO', 'zh-hant'],
    ['ZH_tw', 'zh-hant'],
    ['de-AT-1996', 'de'],
    ['ko', 'en'],
    ['constructor', 'en'],
    ['', 'en'],
  ] as const) {
    it(`are those in ${name} for lang="${language}"`, async () => {
      assert.equal(await found(language), name);
    });
  }

  it('keep the region of the page, and that of English where the page has other words', async () => {
    const language = async (tag: string): Promise<string> => (await loadWords(tag)).language;
    assert.deepEqual(await Promise.all(['es_mx', 'ko-KR', 'zh-tw'].map(language)), ['es-MX', 'en', 'zh-TW']);
  });

  it('are English where they cannot be fetched, until they can', async ({ mock }) => {
    const warn = mock.method(console, 'warn', () => {});
    const gone = { gd: () => Promise.reject(new Error('404')) };
    assert.equal((await loadWords('gd', gone)).language, 'en');
    assert.match(String(warn.mock.calls[0]?.arguments[0]), /"gd" could not be loaded/);
    const there = { gd: () => Promise.resolve({ default: { ...en, send: 'Cuir' } }) };
    assert.equal((await loadWords('gd', there)).strings.send, 'Cuir');
  });

  it('are at hand once they were loaded', async () => {
    await loadWords('fr');
    assert.equal(knownWords('fr-CA')?.strings.send, 'Envoyer');
  });
});
