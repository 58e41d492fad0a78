/**
 * Event log, a pure layer: a bounded record of envelopes, and what can be read from it – counts, folded rows, turns and
 * their latencies, mistakes of a client, redacted exports. It knows the protocol's types and nothing else: no document,
 * no element, no clock, no text for people.
 *
 *     const log = new EventLog(1000);
 *     log.add(envelope);
 *     log.counts.all();   // exact, however many events were dropped
 */
import type { Envelope } from '../protocol/envelope.js';
import { TypeCounts } from './type-counts.js';

/** An event with its place in the log. */
export interface LogEntry {
  /** Counts up by one over the life of the log; never given twice, not even after `clear()`. */
  readonly position: number;
  /** Which of the watched calls it belongs to, from 1. */
  readonly source: number;
  readonly envelope: Envelope;
}

/** Rows of this many events still fit into the tallest element that browsers can lay out. */
const MOST_EVENTS = 500_000;

/** The latest events in full, and exact counts of all of them. */
export class EventLog {
  readonly counts = new TypeCounts();
  #capacity: number;
  #entries: (LogEntry | undefined)[] = [];
  #start = 0;
  #end = 0;
  #dropped = 0;

  /** `capacity` is the number of events that are kept, from 1 to 500,000. */
  constructor(capacity: number) {
    this.#capacity = clamp(capacity);
  }

  /** Position of the oldest event that is kept. */
  get start(): number {
    return this.#start;
  }

  /** Position that the next event will get. */
  get end(): number {
    return this.#end;
  }

  /** Number of events that had to make room for later ones. */
  get dropped(): number {
    return this.#dropped;
  }

  get capacity(): number {
    return this.#capacity;
  }

  set capacity(capacity: number) {
    if (clamp(capacity) === this.#capacity) return;
    const kept = this.entries();
    this.#capacity = clamp(capacity);
    this.#entries = [];
    // Oldest first, so that where there is no room for all the newest stay.
    for (const entry of kept) this.#entries[entry.position % this.#capacity] = entry;
    this.#trim();
  }

  /** Counts the event and keeps it, in place of the oldest one when the log is full. */
  add(envelope: Envelope, source = 1): LogEntry {
    const entry = { position: this.#end, source, envelope };
    this.counts.add(envelope);
    this.#entries[this.#end % this.#capacity] = entry;
    this.#end += 1;
    this.#trim();
    return entry;
  }

  /** The event at a position, while it is kept. */
  at(position: number): LogEntry | undefined {
    return position >= this.#start && position < this.#end
      ? this.#entries[position % this.#capacity]
      : undefined;
  }

  /** The events that are kept, oldest first. */
  entries(): readonly LogEntry[] {
    const entries: LogEntry[] = [];
    for (let position = this.#start; position < this.#end; position += 1) {
      const entry = this.at(position);
      if (entry) entries.push(entry);
    }
    return entries;
  }

  /** Forgets the events and the counts. */
  clear(): void {
    this.counts.clear();
    this.#entries = [];
    this.#start = this.#end;
    this.#dropped = 0;
  }

  #trim(): void {
    const surplus = this.#end - this.#start - this.#capacity;
    if (surplus <= 0) return;
    this.#start += surplus;
    this.#dropped += surplus;
  }
}

function clamp(capacity: number): number {
  return Math.min(MOST_EVENTS, Math.max(1, Math.floor(capacity) || 1));
}
