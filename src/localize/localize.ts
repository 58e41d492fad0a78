/**
 * Localize: words for people, by language. English and Japanese are always there; a page can register more, and pick
 * single ones of its own. It knows nothing of sessions and elements.
 */
import en from '../locales/en.js';
import ja from '../locales/ja.js';
import type { Strings } from './strings.js';

const registered = new Map<string, Strings>([
  ['en', en],
  ['ja', ja],
]);

/** Adds a language, or replaces one. @param language BCP 47, for example `fr` */
export function registerStrings(language: string, strings: Strings): void {
  registered.set(language.toLowerCase(), strings);
}

/** The words for a language: exactly that one, else its primary language (`pt` for `pt-BR`), else English. */
export function stringsFor(language: string, overrides: Partial<Strings> = {}): Strings {
  const tag = language.toLowerCase();
  const found = registered.get(tag) ?? registered.get(tag.split('-')[0] ?? '') ?? en;
  return { ...found, ...overrides };
}
