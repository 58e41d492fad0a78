import { text } from '../protocol/server-event.js';
import type { EventLog, LogEntry } from './event-log.js';
import { readFilter, type Filter } from './filter.js';

/** Characters of joined text that a row keeps. */
const TEXT_LIMIT = 4_000;

/** A row of the log: one event, or a run of deltas of the same item. */
export interface LogRow {
  readonly first: LogEntry;
  readonly last: LogEntry;
  /** Number of events in the row. */
  readonly count: number;
  /** The deltas of a run put together; empty for audio and for single events. */
  readonly text: string;
}

interface GrowingRow extends LogRow {
  last: LogEntry;
  count: number;
  text: string;
  shown: boolean;
}

/**
 * The rows of a log: runs of deltas folded into one row each, and the filter applied. It reads on from where it stopped,
 * so that a refresh costs what is new, and rows go when all their events are dropped.
 */
export class LogRows {
  #filter: Filter = readFilter('', 'all');
  #rows: GrowingRow[] = [];
  #shown: GrowingRow[] = [];
  /** Runs that may still grow, by what they are a run of. */
  #open = new Map<string, GrowingRow>();
  #next = 0;
  #removed = 0;
  /** Rows up to here have been filtered. */
  #sifted = 0;

  /** The rows that the filter lets through, oldest first. */
  get rows(): readonly LogRow[] {
    return this.#shown;
  }

  /** How many of {@link rows} have gone at the front since the last {@link refilter}. */
  get removed(): number {
    return this.#removed;
  }

  /** Number of events in the log that were not read yet. */
  waiting(log: EventLog): number {
    return log.end - Math.max(this.#next, log.start);
  }

  /** Applies another filter; {@link sift} then goes through the rows. */
  refilter(filter: Filter): void {
    this.#filter = filter;
    this.#removed = 0;
    this.#sifted = 0;
    this.#shown = [];
  }

  /** Filters at most `limit` of the rows that were there before the filter. True when there are still more. */
  sift(limit = Infinity): boolean {
    const stop = Math.min(this.#rows.length, this.#sifted + limit);
    for (const row of this.#rows.slice(this.#sifted, stop)) {
      row.shown = this.#passes(row, row.last);
      if (row.shown) this.#shown.push(row);
    }
    this.#sifted = stop;
    return stop < this.#rows.length;
  }

  /** Reads at most `limit` further events, after {@link sift}. True when there are still more. */
  advance(log: EventLog, limit = Infinity): boolean {
    this.#next = Math.max(this.#next, log.start);
    const stop = Math.min(log.end, this.#next + limit);
    for (; this.#next < stop; this.#next += 1) {
      const entry = log.at(this.#next);
      if (entry) this.#take(entry);
    }
    this.#forget(log.start);
    this.#sifted = this.#rows.length;
    return this.#next < log.end;
  }

  #take(entry: LogEntry): void {
    const key = runKey(entry);
    if (key === undefined) {
      // Runs of several items interleave; anything else in between ends them, so that the order shown stays true.
      this.#open.clear();
      this.#add(entry);
      return;
    }
    const run = this.#open.get(key);
    if (!run) this.#open.set(key, this.#add(entry));
    else this.#grow(run, entry);
  }

  #add(entry: LogEntry): GrowingRow {
    const row = { first: entry, last: entry, count: 1, text: piece(entry), shown: false };
    this.#rows.push(row);
    if (this.#passes(row, entry)) this.#show(row);
    return row;
  }

  #grow(row: GrowingRow, entry: LogEntry): void {
    row.last = entry;
    row.count += 1;
    if (row.text.length < TEXT_LIMIT) row.text = (row.text + piece(entry)).slice(0, TEXT_LIMIT);
    if (!row.shown && this.#passes(row, entry)) this.#show(row);
  }

  #passes(row: GrowingRow, entry: LogEntry): boolean {
    return this.#filter.matches(entry, row.text);
  }

  /** A run that matches late belongs before the rows that came after it. */
  #show(row: GrowingRow): void {
    row.shown = true;
    let index = this.#shown.length;
    while (index > 0 && (this.#shown[index - 1]?.first.position ?? -1) > row.first.position) index -= 1;
    this.#shown.splice(index, 0, row);
  }

  #forget(start: number): void {
    const gone = leading(this.#rows, start);
    if (gone === 0) return;
    const goneShown = leading(this.#shown, start);
    this.#rows.splice(0, gone);
    this.#shown.splice(0, goneShown);
    this.#removed += goneShown;
  }
}

function leading(rows: readonly LogRow[], start: number): number {
  let count = 0;
  while (count < rows.length && (rows[count]?.last.position ?? start) < start) count += 1;
  return count;
}

/** What a delta is a delta of; `undefined` for events that stand alone. */
function runKey({ source, envelope }: LogEntry): string | undefined {
  const { type, event, origin } = envelope;
  if (!type.endsWith('.delta') && type !== 'input_audio_buffer.append') return undefined;
  const part = typeof event['content_index'] === 'number' ? event['content_index'] : '';
  return `${source} ${origin} ${type} ${text(event, 'item_id') ?? ''} ${part}`;
}

/** The text in a delta; audio is not text. */
function piece({ envelope }: LogEntry): string {
  if (envelope.type.endsWith('audio.delta')) return '';
  return text(envelope.event, 'delta') ?? '';
}
