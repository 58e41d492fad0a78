import type { ComposeProblem } from '../event-log/compose.js';
import type { Latency } from '../event-log/latency.js';
import type { LintCode } from '../event-log/lint-rules.js';
import type { Matters } from '../guide/matters.js';
import type { Lane } from '../event-log/timeline.js';
import type { Origin } from '../protocol/envelope.js';

/** The words of the frame of `<realtime-event-panel>` and of its counts. */
export interface FrameStrings {
  heading: string;
  /** Names of the views. */
  views: Record<'counts' | 'log' | 'timeline', string>;
  chooseView: string;
  origins: Record<Origin, string>;
  /** How many came from each side, short. */
  sides: Record<'server' | 'client', (events: number) => string>;
  number: (value: number) => string;
  percent: (share: number) => string;
  failures: (events: number) => string;
  total: (events: number) => string;
  dropped: (events: number) => string;
  pause: string;
  resume: string;
  /** On the button that resumes: how much has come meanwhile. */
  paused: (events: number) => string;
  clear: string;
  download: string;
  import: string;
  compose: string;
  collapse: string;
  expand: string;
  empty: string;
  columns: Record<'type' | 'direction' | 'count' | 'share' | 'rate' | 'last', string>;
  sortBy: Record<'first' | 'count', string>;
  rate: (perSecond: number) => string;
  moreTypes: (types: number) => string;
  matters: {
    /** How much an event matters, in a word. */
    levels: Record<Matters, string>;
    /** On the button that leaves out what matters little. */
    only: string;
    hidden: (types: number, events: number) => string;
    showAll: string;
    lesson: string;
  };
  showEvents: (type: string) => string;
}

/** The words of all that is opened from there. */
export interface ViewStrings {
  /** Milliseconds as seconds or milliseconds; a dash for what is not known. */
  duration: (milliseconds: number | null) => string;
  composer: Record<'type' | 'content' | 'cancel' | 'send', string> & {
    sent: (type: string) => string;
    refused: (reason: string) => string;
    problem: (problem: ComposeProblem) => string;
  };
  hints: {
    title: (hints: number) => string;
    show: string;
    sentences: Readonly<Record<LintCode, (facts: Readonly<Record<string, string>>) => string>>;
  };
  timeline: {
    empty: string;
    basis: (turns: number) => string;
    turn: (number: number) => string;
    lanes: Record<Lane, string>;
    numbers: Record<keyof Latency, string>;
    nothing: string;
    lesson: string;
    opening: string;
    /** Steps that a page may pass over. */
    passed: (steps: number) => string;
    cut: string;
  };
  redactText: string;
  imported: (name: string, events: number) => string;
  closeImport: string;
  importFailed: (line: number, reason: string) => string;
  unreadable: string;
  replay: Record<'play' | 'playing' | 'pause' | 'resume' | 'step' | 'speed' | 'stop', string> & {
    position: (played: number, events: number) => string;
  };
  emptyFilter: string;
  filter: string;
  filterHint: string;
  clearFilter: string;
  direction: string;
  directions: Record<'all' | 'server' | 'client', string>;
  errorsOnly: string;
  follow: string;
  call: (number: number) => string;
  detail: {
    title: string;
    copy: string;
    copied: string;
    notCopied: string;
    close: string;
    toError: string;
    sendAgain: string;
    toCause: (type: string) => string;
    moreEntries: (entries: number) => string;
    moreText: (characters: number) => string;
  };
  guide: Record<'when' | 'page' | 'before' | 'after', string> & { unknown: (type: string) => string };
}

/** The words of `<realtime-event-panel>`. */
export type PanelStrings = FrameStrings & ViewStrings;

interface Language {
  readonly frame: () => Promise<{ default: FrameStrings }>;
  readonly views: () => Promise<{ default: ViewStrings }>;
}

const EN: Language = { frame: () => import('./panel-en.js'), views: () => import('./panel-views-en.js') };
const LANGUAGES: Readonly<Record<string, Language>> = {
  en: EN,
  ja: { frame: () => import('./panel-ja.js'), views: () => import('./panel-views-ja.js') },
};

/** The language of the words for a page in `language`: its own where there are words in it, else English. */
export function panelLanguage(language: string): string {
  const primary = language.toLowerCase().split('-')[0] ?? '';
  return Object.hasOwn(LANGUAGES, primary) ? primary : 'en';
}

/** The words of the frame for a language, or the English ones. @param language BCP 47 */
export async function loadFrameStrings(language: string): Promise<FrameStrings> {
  return (await languageFor(language).frame()).default;
}

/** All words for a language, or the English ones. @param language BCP 47 */
export async function loadPanelStrings(language: string): Promise<PanelStrings> {
  const { frame, views } = languageFor(language);
  const [{ default: first }, { default: others }] = await Promise.all([frame(), views()]);
  return { ...first, ...others };
}

function languageFor(language: string): Language {
  return LANGUAGES[panelLanguage(language)] ?? EN;
}
