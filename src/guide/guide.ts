/**
 * Guide: what every event of the protocol means, when it comes and what a page does with it. Plain data by language and
 * pure functions over it; it knows the protocol's names and nothing of panels, sessions or the page.
 *
 *     const guide = await loadGuide('ja');
 *     guide.entry('response.created')?.title;   // 応答の生成開始
 */
import { normalize } from '../protocol/dialects.js';
import type { ServerEvent } from '../protocol/server-event.js';
import { matters, type Matters } from './matters.js';
import { neighbours, type GuidedType } from './neighbours.js';
import { summary } from './summary.js';

/** What is said of one event, in one language. */
export interface GuideText {
  /** In a few words. */
  readonly title: string;
  readonly meaning: string;
  /** When it comes. */
  readonly when: string;
  /** What a page does with it. */
  readonly page: string;
}

/** The same with the types that usually come before and after it. */
export interface GuideEntry extends GuideText {
  /** How much it matters to a page, and a sentence that says so. */
  readonly level: Matters;
  readonly matters: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** One language. A type that is missing is an error of compilation. */
export type GuideTexts = Readonly<Record<GuidedType, GuideText>>;

/** Sentences that hold for many events, in one language. */
export interface GuidePhrases {
  readonly matters: Readonly<Record<Matters, string>>;
  /** That an event is the one called `type` under another name. */
  readonly otherName: (type: string) => string;
}

interface Language {
  readonly default: GuideTexts;
  readonly phrases: GuidePhrases;
}

/** What one can ask of the guide. */
export interface Guide {
  /** `undefined` for types that the protocol does not know. Old names lead to the entry of the new one, which says so. */
  entry(type: string): GuideEntry | undefined;
  /** What happened, in one line of the event's own words. */
  summary(type: string, event: object): string;
}

const languages: Readonly<Record<string, () => Promise<Language>>> = {
  en: () => import('./en.js'),
  ja: () => import('./ja.js'),
};

/** The guide in a language, or in English. @param language BCP 47 */
export async function loadGuide(language: string): Promise<Guide> {
  const primary = language.toLowerCase().split('-')[0] ?? 'en';
  const load = (Object.hasOwn(languages, primary) && languages[primary]) || languages['en'];
  const words = await load?.();
  return {
    entry(type) {
      const known = normalize({ type }).type;
      return words && isGuided(known) ? entryOf(words, known, type) : undefined;
    },
    summary: (type, event) => summary(type, event as ServerEvent),
  };
}

function isGuided(type: string): type is GuidedType {
  return Object.hasOwn(neighbours, type);
}

function entryOf({ default: texts, phrases }: Language, type: GuidedType, called: string): GuideEntry {
  const text = texts[type];
  const [before, after] = neighbours[type];
  const meaning = called === type ? text.meaning : `${phrases.otherName(type)} ${text.meaning}`;
  const level = matters[type];
  return { ...text, meaning, level, matters: phrases.matters[level], before, after };
}
