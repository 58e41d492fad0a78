import type { Origin } from '../protocol/envelope.js';
import type { LogEntry } from './event-log.js';

/** Which side's events are shown. */
export type Direction = 'all' | 'server' | 'client';

/** A filter as it is typed: words that must all occur in the type or the payload. */
export interface Filter {
  /** True for an event that the filter lets through; `joined` is the text of its run of deltas. */
  matches(entry: LogEntry, joined?: string): boolean;
}

/**
 * Reads a filter. Words are told apart by spaces and case does not matter. `type:response.done` asks for exactly that
 * type, `is:error` for failures, and `-word` for events without the word.
 */
export function readFilter(text: string, direction: Direction): Filter {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean).map(readWord);
  return {
    matches: (entry, joined = '') =>
      (direction === 'all' || entry.envelope.origin === direction) &&
      words.every(({ wanted, test }) => test(entry, joined) === wanted),
  };
}

/** The filter text that shows one type only. */
export function typeFilter(type: string): string {
  return `type:${type}`;
}

/** The direction that holds events of this origin; the widget's own steps are only in `all`. */
export function directionOf(origin: Origin): Direction {
  return origin === 'local' ? 'all' : origin;
}

/** True for events that report a failure. */
export function isFailure({ type, event }: LogEntry['envelope']): boolean {
  if (isFailureType(type)) return true;
  if (type !== 'response.done') return false;
  const { response } = event as { response?: { status?: unknown } | null };
  return response?.status === 'failed';
}

/** True for types that are only sent when something failed. */
export function isFailureType(type: string): boolean {
  return type === 'error' || type === 'malformed' || type.endsWith('.failed');
}

interface Word {
  readonly wanted: boolean;
  test(entry: LogEntry, joined: string): boolean;
}

function readWord(word: string): Word {
  const wanted = !(word.startsWith('-') && word.length > 1);
  const needle = wanted ? word : word.slice(1);
  if (needle.startsWith('type:')) {
    const type = needle.slice('type:'.length);
    return { wanted, test: ({ envelope }) => envelope.type.toLowerCase() === type };
  }
  if (needle === 'is:error') return { wanted, test: ({ envelope }) => isFailure(envelope) };
  return { wanted, test: (entry, joined) => contains(entry, joined, needle) };
}

function contains({ envelope }: LogEntry, joined: string, needle: string): boolean {
  return (
    envelope.type.toLowerCase().includes(needle) ||
    joined.toLowerCase().includes(needle) ||
    payload(envelope.event).toLowerCase().includes(needle)
  );
}

/** What came through a plain event target may hold anything, even itself. */
function payload(event: unknown): string {
  try {
    return JSON.stringify(event) ?? '';
  } catch {
    return '';
  }
}
