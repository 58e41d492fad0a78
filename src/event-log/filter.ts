import type { LogEntry } from './event-log.js';
import { isFailure } from './failure.js';
import type { Direction } from './type-filter.js';

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
  // No lower-case copy of every payload: some are as large as a message can be.
  const pattern = new RegExp(needle.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`), 'i');
  return { wanted, test: (entry, joined) => contains(entry, joined, pattern) };
}

function contains({ envelope }: LogEntry, joined: string, pattern: RegExp): boolean {
  return pattern.test(envelope.type) || pattern.test(joined) || pattern.test(payload(envelope.event));
}

/** What came through a plain event target may hold anything, even itself. */
function payload(event: unknown): string {
  try {
    return JSON.stringify(event) ?? '';
  } catch {
    return '';
  }
}
