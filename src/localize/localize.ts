/**
 * Localize: words for people, by language. English is always there; the other languages are loaded when an element
 * speaks them, and a page can register more and pick single ones of its own. It knows nothing of sessions and elements.
 */
import en from '../locales/en.js';
import type { StringOverrides, Strings } from './strings.js';

/** Words, and the language that they are in. */
export interface Words {
  /** BCP 47, with the region that the page names: numbers and times are written as it says. */
  readonly language: string;
  readonly strings: Strings;
}

/** What is shown until there are other words. */
export const ENGLISH: Words = { language: 'en', strings: en };

const builtIn: Readonly<Record<string, () => Promise<{ readonly default: Strings }>>> = {
  ar: () => import('../locales/ar.js'),
  de: () => import('../locales/de.js'),
  es: () => import('../locales/es.js'),
  fr: () => import('../locales/fr.js'),
  hi: () => import('../locales/hi.js'),
  ja: () => import('../locales/ja.js'),
  pt: () => import('../locales/pt.js'),
  ru: () => import('../locales/ru.js'),
  zh: () => import('../locales/zh.js'),
  'zh-hant': () => import('../locales/zh-hant.js'),
};
const registered = new Map<string, Strings>([['en', en]]);
const listeners = new Set<() => void>();

/**
 * Adds a language, or replaces one. Elements that are on the page follow. What is missing is said in English.
 * @param language BCP 47, for example `ko`
 */
export function registerStrings(language: string, strings: Strings): void {
  registered.set(language.toLowerCase(), withOverrides(en, strings));
  for (const listener of listeners) listener();
}

/** Calls back when a language is registered. Returns what ends it. */
export function onRegistered(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The words for a language, English for one that nobody has; `undefined` while {@link loadWords} has to fetch them. */
export function knownWords(language: string): Words | undefined {
  const { names, tag } = namesOf(language);
  for (const name of names) {
    const strings = registered.get(name);
    if (strings) return { language: tag ?? name, strings };
    if (Object.hasOwn(builtIn, name)) return undefined;
  }
  return ENGLISH;
}

/** The words for a language once they are fetched; English, with a warning, where that fails. */
export async function loadWords(language: string, languages = builtIn): Promise<Words> {
  const name = namesOf(language).names.find((name) => Object.hasOwn(languages, name)) ?? 'en';
  try {
    const strings = (await languages[name]?.())?.default;
    if (strings && !registered.has(name)) registered.set(name, strings);
  } catch (error) {
    console.warn(`[realtime-voice] The words for "${name}" could not be loaded. English is shown.`, error);
  }
  return knownWords(language) ?? ENGLISH;
}

/** A language's words with some of the page's own. */
export function withOverrides(strings: Strings, overrides?: StringOverrides | null): Strings {
  return merged(strings, overrides);
}

/** What is of another kind than the word it would replace is left out: it would be drawn wrongly, or not at all. */
function merged<T>(given: T, own: unknown): T {
  if (typeof given !== 'object') return typeof own === typeof given ? (own as T) : given;
  const words = Object.entries(given ?? {}).map(([name, word]) => [
    name,
    merged(word, (own as Record<string, unknown> | null | undefined)?.[name]),
  ]);
  return Object.fromEntries(words) as T;
}

/** Under which names the words of a language may be found, the most exact first: `zh-TW` is `zh-tw`, `zh-hant`, `zh`. */
function namesOf(language: string): { readonly names: readonly string[]; readonly tag?: string } {
  const written = language.toLowerCase().replaceAll('_', '-');
  try {
    const locale = new Intl.Locale(written);
    const { language: primary } = locale;
    const known = [...registered.keys(), ...Object.keys(builtIn)];
    // A browser takes longer to look up the usual script of a language than to draw the element for the first time.
    const script = known.some((name) => name.startsWith(`${primary}-`)) && locale.maximize().script;
    const scripted = script ? [`${primary}-${script}`.toLowerCase()] : [];
    return { names: [written, ...scripted, primary], tag: locale.toString() };
  } catch {
    // Pages write whatever they like into `lang`.
    return { names: [written, written.split('-')[0] ?? ''] };
  }
}
