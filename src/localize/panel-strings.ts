import type { ComposeProblem } from '../event-log/compose.js';
import type { Latency } from '../event-log/latency.js';
import type { LintCode } from '../event-log/lint-rules.js';
import type { Matters } from '../guide/matters.js';
import type { Lane } from '../event-log/timeline.js';
import type { Origin } from '../protocol/envelope.js';

/** The words of `<realtime-event-panel>`. */
export interface PanelStrings {
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
  /** Milliseconds as seconds or milliseconds; a dash for what is not known. */
  duration: (milliseconds: number | null) => string;
  compose: Record<'open' | 'type' | 'content' | 'cancel' | 'send', string> & {
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
  total: (events: number) => string;
  dropped: (events: number) => string;
  pause: string;
  resume: string;
  /** On the button that resumes: how much has come meanwhile. */
  paused: (events: number) => string;
  clear: string;
  download: string;
  import: string;
  collapse: string;
  expand: string;
  redactText: string;
  imported: (name: string, events: number) => string;
  closeImport: string;
  importFailed: (line: number, reason: string) => string;
  unreadable: string;
  replay: Record<'play' | 'playing' | 'pause' | 'resume' | 'step' | 'speed' | 'stop', string> & {
    position: (played: number, events: number) => string;
  };
  empty: string;
  emptyFilter: string;
  columns: Record<'type' | 'direction' | 'count' | 'share' | 'rate' | 'last', string>;
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

const LANGUAGES: Readonly<Record<string, () => Promise<{ default: PanelStrings }>>> = {
  en: () => import('./panel-en.js'),
  ja: () => import('./panel-ja.js'),
};

/** The language of the words for a page in `language`: its own where there are words in it, else English. */
export function panelLanguage(language: string): string {
  const primary = language.toLowerCase().split('-')[0] ?? '';
  return Object.hasOwn(LANGUAGES, primary) ? primary : 'en';
}

/** The words for a language, or the English ones. @param language BCP 47 */
export async function loadPanelStrings(language: string): Promise<PanelStrings> {
  const load = LANGUAGES[panelLanguage(language)] ?? (() => import('./panel-en.js'));
  return (await load()).default;
}
