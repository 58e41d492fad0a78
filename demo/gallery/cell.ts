import { scenes, failures, type Scene } from './scenes.js';
import type { StagedVoice } from './staged-voice.js';
import { talks, type Talk } from './talks.js';

/** One picture of the gallery. */
export interface Cell {
  readonly layout: (typeof layouts)[number];
  /** The name of a scene. */
  readonly state: string;
  readonly theme: string;
  /** BCP 47. */
  readonly language: string;
}

/** The layouts of the widget. */
export const layouts = ['inline', 'compact', 'floating'] as const;
/** Its languages. */
export const languages: readonly string[] = Object.keys(talks);
/** Every state by name; the failures stand last. */
export const states: Readonly<Record<string, Scene>> = {
  ...scenes,
  closed: () => {},
  'closed during a call': scenes['speaking']!,
  ...failures,
};

const isClosed = (state: string): boolean => state.startsWith('closed');

/** Whether there is such a thing: only what floats can be closed. */
export const exists = ({ layout, state }: Pick<Cell, 'layout' | 'state'>): boolean =>
  layout === 'floating' || !isClosed(state);

/** The direction in which a language is written. */
export const directionOf = (language: string): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr');

/**
 * Puts the widget into `frame` as the cell wants it.
 *
 * @param tag a tag under which {@link StagedVoice} is defined
 * @param talk what is said; by default the call in the language of the cell
 */
export async function stage(
  { layout, state, theme, language }: Cell,
  frame: HTMLElement,
  tag: string,
  talk: Talk | undefined = talks[language] ?? talks['en'],
): Promise<StagedVoice> {
  frame.lang = language;
  frame.dir = directionOf(language);
  frame.dataset['theme'] = theme;
  frame.style.colorScheme = theme === 'dark' ? 'dark' : 'light';
  const voice = document.createElement(tag) as StagedVoice;
  voice.layout = layout;
  voice.open = layout === 'floating' && !isClosed(state);
  frame.replaceChildren(voice);
  await voice.updateComplete;
  await voice.speaks(language);
  if (talk) await states[state]?.(voice, talk);
  await voice.updateComplete;
  return voice;
}
