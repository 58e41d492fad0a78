import type { Item } from './item.js';

/** The items in their order after one of them came, or (`known`) changed in what its place depends on. */
export function arranged(items: readonly Item[], known: Item | undefined, news: Item): readonly Item[] {
  const others = known ? items.filter((item) => item !== known) : items;
  const moved = known !== undefined && (known !== items.at(-1) || known.previous !== undefined);
  return !moved && goesLast(others, news) ? [...others, news] : conversationOrder([...others, news]);
}

/**
 * The ordinary case, told without looking at every link: the latest item follows the one that was latest before, and
 * no other item waits for it.
 */
function goesLast(others: readonly Item[], news: Item): boolean {
  const last = others.at(-1);
  if (!last) return true;
  const follows = news.previous === last.id || (news.previous === undefined && news.epoch === last.epoch);
  // Whether a first place can be believed depends on what follows it.
  const settled = last.previous !== null || others.length === 1;
  const latest = news.arrival > last.arrival && others.every((item) => item.arrival <= last.arrival);
  return follows && settled && latest && !others.some((item) => item.previous === news.id);
}

/**
 * Items in conversation order: each right after its predecessor, `null` before everything, and those without a known
 * predecessor after what had arrived before them.
 */
export function conversationOrder(unordered: readonly Item[]): readonly Item[] {
  const items = unordered.toSorted((a, b) => a.epoch - b.epoch || a.arrival - b.arrival);
  const chain = new Chain(items);
  const followers = new Map<Item, Item[]>();
  const roots: Item[] = [];
  for (const item of items) {
    const before = chain.predecessor(item);
    const others = before ? (followers.get(before) ?? []) : roots;
    others.splice(placeAmong(others, item, chain), 0, item);
    if (before) followers.set(before, others);
  }
  return walk(roots, followers);
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
 * Where an item goes among those with the same predecessor that arrived before it: an insertion pushes others back,
 * what is appended does not.
 */
function placeAmong(others: readonly Item[], item: Item, chain: Chain): number {
  const first = item.previous === null && chain.isFirst(item);
  if (!first && (isAppended(item) || !chain.isLinked(item))) return others.length;
  return others.findLastIndex((other) => other.epoch < item.epoch || !(first || chain.isLinked(other))) + 1;
}

/** Who follows whom, with the gaps closed by order of arrival. */
class Chain {
  readonly #before = new Map<Item, Item>();
  readonly #linked = new Set<Item>();
  readonly #heads = new Map<Item, Item>();
  readonly #nullLies: boolean;

  constructor(items: readonly Item[]) {
    const known = new Map(items.map((item) => [item.id, item]));
    for (const item of items) {
      const before = typeof item.previous === 'string' ? known.get(item.previous) : undefined;
      if (before && this.#attach(item, before)) this.#linked.add(item);
    }
    this.#nullLies = firstPlaceIsContested(items, this.#before);
    items.forEach((item, index) => {
      if (!this.#linked.has(item) && !this.isFirst(item)) this.#attachToEarlier(items, item, index);
    });
  }

  predecessor(item: Item): Item | undefined {
    return this.#before.get(item);
  }

  /** The item itself says whom it follows. */
  isLinked(item: Item): boolean {
    return this.#linked.has(item);
  }

  /** The item says that it is the first, and can be believed. */
  isFirst(item: Item): boolean {
    return item.previous === null && !this.#nullLies;
  }

  #attachToEarlier(items: readonly Item[], item: Item, index: number): void {
    for (let earlier = index - 1; earlier >= 0; earlier -= 1) {
      const candidate = items[earlier];
      if (candidate?.epoch !== item.epoch) return;
      // What was put before everything later says nothing about where the conversation was.
      const inserted = this.isFirst(candidate) && items[earlier - 1]?.epoch === item.epoch;
      if (!inserted && this.#attach(item, candidate)) return;
    }
  }

  /** False for what would make a ring. */
  #attach(item: Item, before: Item): boolean {
    if (this.#head(before) === item) return false;
    this.#before.set(item, before);
    this.#heads.set(item, before);
    return true;
  }

  /** The first item of the chain that this one belongs to; shortens the way there for the next question. */
  #head(item: Item): Item {
    let head = item;
    for (let next = this.#heads.get(head); next; next = this.#heads.get(head)) head = next;
    for (let one = item, next = this.#heads.get(one); next; one = next, next = this.#heads.get(one))
      if (next !== head) this.#heads.set(one, head);
    return head;
  }
}

/**
 * Some servers say `null` for every item, or for some. Only a message that a client inserts can come to stand before
 * everything, so an item that was appended, or after which something was appended, claiming a first place that
 * another has, shows that here `null` means nothing.
 */
function firstPlaceIsContested(items: readonly Item[], before: ReadonlyMap<Item, Item>): boolean {
  const continued = new Set(
    [...before].filter(([item]) => isAppended(item)).map(([, predecessor]) => predecessor),
  );
  const taken = new Set<number>();
  for (const item of items) {
    if (item.previous === null && taken.has(item.epoch) && (isAppended(item) || continued.has(item)))
      return true;
    if (!item.deleted) taken.add(item.epoch);
  }
  return false;
}

function walk(roots: readonly Item[], followers: ReadonlyMap<Item, readonly Item[]>): readonly Item[] {
  const ordered: Item[] = [];
  // A stack rather than recursion: a long conversation is one long chain.
  const stack = roots.toReversed();
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    ordered.push(item);
    for (const follower of (followers.get(item) ?? []).toReversed()) stack.push(follower);
  }
  return ordered;
}
