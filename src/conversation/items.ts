import type { Item } from './item.js';

/**
 * Items in conversation order. They lie in blocks, so that a word more in a conversation of thousands copies one block
 * and the list of blocks; blocks in which nothing changed stay the same objects, which tells where to look for changes.
 */
export type Items = readonly (readonly Item[])[];

const BLOCK_SIZE = 32;

/** None. */
export const noItems: Items = Object.freeze([]);

/** Where an item stands. */
export interface Place {
  readonly block: number;
  readonly index: number;
}

/** From the end: nearly every event is about one of the latest items. */
export function placeOf(items: Items, id: string): Place | undefined {
  for (let block = items.length - 1; block >= 0; block -= 1) {
    const index = items[block]?.findLastIndex((item) => item.id === id) ?? -1;
    if (index >= 0) return { block, index };
  }
  return undefined;
}

/** The item at a place. */
export function itemAt(items: Items, place: Place | undefined): Item | undefined {
  return place && items[place.block]?.[place.index];
}

/** The items with another one at a place. */
export function replaced(items: Items, { block, index }: Place, item: Item): Items {
  return items.with(block, (items[block] ?? []).with(index, item));
}

/** The items with one more at the end. */
export function appended(items: Items, item: Item): Items {
  const last = items.at(-1);
  return last && last.length < BLOCK_SIZE
    ? items.with(items.length - 1, [...last, item])
    : [...items, [item]];
}

/** All of them in blocks, those of `before` where they hold the same. */
export function inBlocks(all: readonly Item[], before: Items): Items {
  const items: (readonly Item[])[] = [];
  for (let from = 0; from < all.length; from += BLOCK_SIZE) {
    const block = all.slice(from, from + BLOCK_SIZE);
    const known = before[items.length];
    const same = known?.length === block.length && block.every((item, index) => item === known[index]);
    items.push(same ? known : block);
  }
  return items;
}
