import type { Item } from './item.js';

/**
 * Items in conversation order: each right after its predecessor (of several, the one heard of last comes first, as
 * after an insertion), `null` before everything, and those without a known predecessor where they arrived.
 */
export function conversationOrder(unordered: readonly Item[]): readonly Item[] {
  const items = unordered.toSorted((a, b) => a.epoch - b.epoch || a.arrival - b.arrival);
  const known = new Set(items.map((item) => item.id));
  const nullLies = firstPlaceIsContested(items);
  const followers = new Map<string, Item[]>();
  const roots: Item[] = [];
  const firsts: Item[] = [];
  for (const item of items) {
    const { previous } = item;
    if (typeof previous === 'string' && previous !== item.id && known.has(previous)) {
      followers.set(previous, [...(followers.get(previous) ?? []), item]);
    } else if (previous === null && !nullLies) {
      firsts.push(item);
    } else {
      roots.push(item);
    }
  }
  return walk(byEpoch(firsts.reverse(), roots), followers, items);
}

/** Within each session, first those that claim the first place, then the others. */
function byEpoch(firsts: readonly Item[], roots: readonly Item[]): readonly Item[] {
  return [...firsts, ...roots].toSorted((a, b) => a.epoch - b.epoch);
}

/**
 * Some servers say `null` for every item. Only what a client inserts can come to stand before everything, so an item
 * that a server made out of speech or of a response, claiming a first place that another has, shows that here `null`
 * means nothing.
 */
function firstPlaceIsContested(items: readonly Item[]): boolean {
  const taken = new Set<number>();
  for (const item of items) {
    if (item.previous === null && (item.spoken || item.response?.id !== undefined) && taken.has(item.epoch))
      return true;
    if (!item.deleted) taken.add(item.epoch);
  }
  return false;
}

function walk(
  roots: readonly Item[],
  followers: ReadonlyMap<string, Item[]>,
  all: readonly Item[],
): readonly Item[] {
  const ordered = new Set<Item>();
  const visit = (root: Item): void => {
    // A stack rather than recursion: a long conversation is one long chain.
    const stack = [root];
    for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
      if (ordered.has(item)) continue;
      ordered.add(item);
      stack.push(...(followers.get(item.id) ?? []));
    }
  };
  roots.forEach(visit);
  // Items whose predecessors form a ring hang on no root.
  if (ordered.size < all.length) all.forEach(visit);
  return [...ordered];
}
