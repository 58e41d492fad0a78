import type { Item } from './item.js';
import { appended, inBlocks, itemAt, replaced, type Items, type Place } from './items.js';

/** The items in their order after one of them came, or (`known`) changed in what its place depends on. */
export function arranged(items: Items, known: Place | undefined, news: Item): Items {
  const before = itemAt(items, known);
  const moved = before && (before !== items.at(-1)?.at(-1) || before.previous !== undefined);
  if (moved || !goesLast(items, before, news)) {
    const others = items.flat().filter((item) => item !== before);
    return inBlocks(conversationOrder([...others, news]), items);
  }
  return known ? replaced(items, known, news) : appended(items, news);
}

/**
 * The ordinary case, told without looking at every link: the latest item follows the one that was latest before, and
 * no other item waits for it.
 */
function goesLast(items: Items, known: Item | undefined, news: Item): boolean {
  const last = items.at(-1)?.findLast((item) => item !== known) ?? items.at(-2)?.at(-1);
  if (!last) return true;
  const others = (holds: (item: Item) => boolean): boolean =>
    items.every((block) => block.every((item) => item === known || holds(item)));
  const follows = news.previous === last.id || (news.previous === undefined && news.epoch === last.epoch);
  // Whether a first place can be believed depends on what follows it.
  const settled = last.previous !== null || others((item) => item === last);
  return (
    follows &&
    settled &&
    news.arrival > last.arrival &&
    others(({ arrival, previous }) => arrival <= last.arrival && previous !== news.id)
  );
}

/** Whether two states of an item stand at the same place, whatever the other items are. */
export function samePlace(a: Item, b: Item): boolean {
  return (
    a.previous === b.previous &&
    a.arrival === b.arrival &&
    a.deleted === b.deleted &&
    isAppended(a) === isAppended(b)
  );
}

/** Made by the server at the end of the conversation; a client can insert messages anywhere. */
function isAppended(item: Item): boolean {
  return item.spoken === true || item.response !== undefined || (item.type ?? 'message') !== 'message';
}

/**
 * Items in conversation order: each right after its predecessor, `null` before everything, and those without a known
 * predecessor after what had arrived before them.
 */
export function conversationOrder(unordered: readonly Item[]): readonly Item[] {
  const items = unordered.toSorted(byArrival);
  const before = namedPredecessors(items);
  const named = new Set(before.keys());
  // Without a predecessor that arrived later nothing can close a ring.
  const ringsAhead = [...before].some(([item, predecessor]) => byArrival(predecessor, item) > 0);
  const nullLies = firstPlaceIsContested(items, before);
  const isFirst = (item: Item): boolean => item.previous === null && !nullLies;
  items.forEach((item, index) => {
    if (named.has(item) || isFirst(item)) return;
    for (let place = index - 1; items[place]?.epoch === item.epoch; place -= 1) {
      const earlier = items[place];
      // What was put before everything later says nothing about where the conversation was.
      const skipped = earlier && isFirst(earlier) && items[place - 1]?.epoch === item.epoch;
      if (skipped || (ringsAhead && leadsTo(before, earlier, item))) continue;
      if (earlier) before.set(item, earlier);
      return;
    }
  });

  const followers = new Map<Item | undefined, Item[]>();
  for (const item of items) {
    const others = followers.get(before.get(item)) ?? [];
    followers.set(before.get(item), others);
    // An insertion pushes back what follows the same item, what is appended does not.
    const pushes = isFirst(item) || (named.has(item) && !isAppended(item));
    const stays = (other: Item): boolean =>
      !pushes || other.epoch < item.epoch || !(isFirst(item) || named.has(other));
    others.splice(others.findLastIndex(stays) + 1, 0, item);
  }
  return walk(followers);
}

const byArrival = (a: Item, b: Item): number => a.epoch - b.epoch || a.arrival - b.arrival;

/** Who follows whom, as far as the items themselves say it and without rings. */
function namedPredecessors(items: readonly Item[]): Map<Item, Item> {
  const known = new Map(items.map((item) => [item.id, item]));
  const before = new Map<Item, Item>();
  const late: [Item, Item][] = [];
  for (const item of items) {
    const predecessor = known.get(item.previous ?? '');
    if (!predecessor) continue;
    if (byArrival(predecessor, item) < 0) before.set(item, predecessor);
    else late.push([item, predecessor]);
  }
  for (const [item, predecessor] of late) {
    if (!leadsTo(before, predecessor, item)) before.set(item, predecessor);
  }
  return before;
}

function leadsTo(before: ReadonlyMap<Item, Item>, from: Item | undefined, to: Item): boolean {
  for (let item = from; item; item = before.get(item)) if (item === to) return true;
  return false;
}

/**
 * Some servers say `null` for every item, or for some. Only a message that a client inserts can come to stand before
 * everything, so an item that was appended, or after which something was appended, claiming a first place that
 * another has, shows that here `null` means nothing.
 */
function firstPlaceIsContested(items: readonly Item[], before: ReadonlyMap<Item, Item>): boolean {
  const continued = new Set(items.filter(isAppended).map((item) => before.get(item)));
  const taken = new Set<number>();
  return items.some((item) => {
    const claims = item.previous === null && taken.has(item.epoch);
    if (!item.deleted) taken.add(item.epoch);
    return claims && (isAppended(item) || continued.has(item));
  });
}

/** Every item and then its followers, from those that follow none. */
function walk(followers: ReadonlyMap<Item | undefined, readonly Item[]>): readonly Item[] {
  const ordered: Item[] = [];
  // A stack rather than recursion: a long conversation is one long chain.
  const stack: Item[] = [];
  let item: Item | undefined;
  do {
    if (item) ordered.push(item);
    for (const follower of (followers.get(item) ?? []).toReversed()) stack.push(follower);
    item = stack.pop();
  } while (item);
  return ordered;
}
