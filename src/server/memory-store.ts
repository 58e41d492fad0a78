import type { Store } from './store.js';

let warned = false;

/** Entries looked at per operation: two are enough to remove stale ones faster than new ones come. */
const SWEEP = 2;

/**
 * Counts in this process only: for development, and for a site that runs as one process. Says so once, by
 * `console.warn`.
 *
 * @param now the clock, in milliseconds
 */
export function memoryStore(now: () => number = Date.now): Store {
  if (!warned) {
    warned = true;
    console.warn(
      '[realtime-voice] memoryStore() counts in this process only. With several processes, machines or isolates ' +
        'give `store` one that they share, such as redisStore().',
    );
  }
  const entries = new Map<string, Entry>();
  return {
    async hit(key, limit, windowMs) {
      return claim(entries, key, limit, windowMs, now(), Symbol());
    },
    async acquire(key, holder, slots, leaseMs) {
      return claim(entries, key, slots, leaseMs, now(), holder);
    },
    async release(key, holder) {
      entries.get(key)?.delete(holder);
    },
  };
}

/**
 * Who holds a place, and until when. A counted request holds one until its window is over.
 * Oldest first, and all places of a key are held for the same time: the first to end is the first in the map.
 */
type Entry = Map<string | symbol, number>;

function claim(
  entries: Map<string, Entry>,
  key: string,
  places: number,
  ms: number,
  time: number,
  holder: string | symbol,
): number {
  sweep(entries, time);
  const entry = entries.get(key) ?? new Map<string | symbol, number>();
  dropEnded(entry, time);
  if (entry.size >= places && !entry.has(holder)) {
    const [firstEnd = time + ms] = entry.values();
    return Math.max(1, firstEnd - time);
  }
  entry.delete(holder);
  entry.set(holder, time + ms);
  entries.set(key, entry);
  return 0;
}

function dropEnded(entry: Entry, time: number): void {
  for (const [holder, end] of entry) {
    if (end > time) return;
    entry.delete(holder);
  }
}

/** Takes the oldest entries in hand; those still in use go to the end of the queue. */
function sweep(entries: Map<string, Entry>, time: number): void {
  const oldest = entries.entries();
  for (let count = 0; count < SWEEP; count++) {
    const next = oldest.next();
    if (next.done) return;
    const [key, entry] = next.value;
    dropEnded(entry, time);
    entries.delete(key);
    if (entry.size > 0) entries.set(key, entry);
  }
}
