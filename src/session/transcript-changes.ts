import type { Conversation } from '../conversation/conversation.js';
import type { Item } from '../conversation/item.js';
import { turnsOf } from '../conversation/transcript.js';
import type { Turn } from '../conversation/turn.js';
import type { SessionEventDetails } from './session-events.js';

type Change = SessionEventDetails['transcript'];

/**
 * What one event changed in the transcript, in conversation order; removals last. A turn that now follows others is
 * `updated`, too, with nothing else changed in it.
 */
export function transcriptChanges(before: Conversation, after: Conversation): readonly Change[] {
  if (before.items === after.items && before.session === after.session) return [];
  const [old, items] = differing(before, after);
  return compare(turnsOf(old, before), turnsOf(items, after));
}

/** The items from the first one that changed; in a long conversation nearly always the very last. */
function differing(before: Conversation, after: Conversation): readonly [readonly Item[], readonly Item[]] {
  // What the session knows decides about turns anywhere.
  if (before.session !== after.session) return [before.items.flat(), after.items.flat()];
  let block = 0;
  while (block < after.items.length && before.items[block] === after.items[block]) block += 1;
  // An item may hide the one before it.
  const neighbour = after.items[block - 1]?.slice(-1) ?? [];
  const old = neighbour.concat(...before.items.slice(block));
  const items = neighbour.concat(...after.items.slice(block));
  let first = 0;
  while (first < items.length && old[first] === items[first]) first += 1;
  return [old.slice(Math.max(0, first - 1)), items.slice(Math.max(0, first - 1))];
}

function compare(before: readonly Turn[], after: readonly Turn[]): readonly Change[] {
  const known = new Map(before.map((turn) => [turn.id, turn]));
  const places = new Map(before.map(({ id }, place) => [id, place]));
  const changes: Change[] = [];
  let furthest = 0;
  for (const turn of after) {
    const old = known.get(turn.id);
    const place = places.get(turn.id) ?? furthest;
    known.delete(turn.id);
    if (old !== turn) changes.push({ change: old ? changeOf(old, turn) : 'added', turn });
    if (!old && turn.status !== 'streaming') changes.push({ change: 'done', turn });
    // It stood before one that it now comes after.
    if (place < furthest) changes.push({ change: 'updated', turn });
    else furthest = place;
  }
  for (const turn of known.values()) changes.push({ change: 'removed', turn });
  return changes;
}

function changeOf(old: Turn, turn: Turn): Change['change'] {
  return old.status === 'streaming' && turn.status !== 'streaming' ? 'done' : 'updated';
}
