/**
 * Conversation: who said what, in which order. A pure fold over the server's events: no DOM, no clock, no random, no
 * words for people. Snapshots are immutable and share structure, so `===` tells what has to be drawn again.
 *
 *     let conversation = emptyConversation;
 *     for (const line of lines) conversation = reduce(conversation, parseServerEvent(line));
 *     for (const turn of transcript(conversation)) console.log(turn.role, turn.text);
 */
import { noPieces, type Fragments } from '../protocol/fragments.js';
import { text, type JsonRecord, type ServerEvent } from '../protocol/server-event.js';
import { defined, type Item, type ItemResponse } from './item.js';
import { itemAt, noItems, placeOf, replaced, type Items } from './items.js';
import { arranged, samePlace } from './order.js';
import { withTurn } from './transcript.js';
import { addUsage, noUsage, type Usage } from './usage.js';

/** What is known of one response. */
export interface ResponseFacts extends Omit<ItemResponse, 'cut'> {
  readonly started?: boolean;
  readonly stopped?: boolean;
  readonly cleared?: boolean;
}

/** The latest values by key, the oldest first: a list of pairs is copied in a fraction of the time that a map takes. */
export type Latest<Value> = readonly (readonly [key: string, value: Value])[];

/** What the events so far say is going on at this moment. Unlike the items it depends on their order. */
export interface Moment {
  /** The item that the visitor is speaking. */
  readonly hearing: string | null;
  /** An answer is due: speech has ended and no response has begun. */
  readonly awaiting: boolean;
  /** The response being generated. */
  readonly generating: string | null;
  /** The response whose sound is playing. */
  readonly speaking: string | null;
  /** The server reports its audio buffer; without that, only the sound itself tells who speaks. */
  readonly reportsAudio: boolean;
}

/** What the session events say, as far as the conversation depends on it. */
export interface SessionFacts {
  readonly id?: string;
  /** Input is transcribed; `undefined` while no session event has said so. */
  readonly transcribes?: boolean;
  /** The server answers by itself when the visitor stops speaking. */
  readonly answers?: boolean;
  /** Answers are written, not spoken; `undefined` while no session event has said so. */
  readonly writes?: boolean;
}

/** The whole conversation. Treat it as opaque and read it with {@link transcript} and {@link activity}. */
export interface Conversation {
  /** In conversation order, hidden items included. */
  readonly items: Items;
  /** Counts up whenever an item comes, goes elsewhere or is moved; the next {@link Item.arrival}. */
  readonly arrivals: number;
  /** The latest of them. */
  readonly responses: Latest<ResponseFacts>;
  /** Ids under which items of an earlier session were given back to a new one. */
  readonly aliases: ReadonlyMap<string, string>;
  /** The latest bills by response and transcribed item: one that is sent twice counts once. */
  readonly bills: Latest<Usage>;
  readonly usage: Usage;
  readonly moment: Moment;
  readonly session: SessionFacts;
  readonly epoch: number;
  readonly fragments: Fragments;
}

/** Nothing going on. */
export const quiet: Moment = Object.freeze({
  hearing: null,
  awaiting: false,
  generating: null,
  speaking: null,
  reportsAudio: false,
});

/** Where every conversation begins. */
export const emptyConversation: Conversation = Object.freeze({
  items: noItems,
  arrivals: 0,
  responses: [],
  aliases: new Map(),
  bills: [],
  usage: noUsage,
  moment: quiet,
  session: Object.freeze({}),
  epoch: 0,
  fragments: noPieces,
});

/** What the items of a response have to know about it. */
export function answerFacts({
  id,
  status,
  audioMs,
  outOfBand,
  cleared,
  stopped,
}: ResponseFacts): ItemResponse {
  // Cleared after it had played to its end: nobody was interrupted.
  return defined<ItemResponse>({ id, status, audioMs, outOfBand, cut: (cleared && !stopped) || undefined });
}

/** The response that an item belongs to, for an item that does not know it yet. */
export function ownerOf(
  { responses }: Conversation,
  id: string | undefined,
  item: Item,
): Partial<Item> | undefined {
  return id && !item.response ? { response: answerFacts(recalled(responses, id) ?? { id }) } : undefined;
}

/** So many responses and bills are remembered: servers do not come back to what was said an hour ago. */
const MEMORY = 128;

/** What is known under a key. */
export function recalled<Value>(known: Latest<Value>, key: string): Value | undefined {
  return known.findLast(([name]) => name === key)?.[1];
}

/** The list with one more entry, or another value, and without its oldest entry where there are too many. */
export function remembering<Value>(known: Latest<Value>, key: string, value: Value): Latest<Value> {
  const place = known.findLastIndex(([name]) => name === key);
  return place < 0 ? [...known.slice(1 - MEMORY), [key, value]] : known.with(place, [key, value]);
}

/** The conversation with one more bill, unless it is known under this key already or says nothing. */
export function charge(
  c: Conversation,
  key: string,
  source: JsonRecord | undefined,
  read: (source: JsonRecord) => Usage,
): Conversation {
  if (!source || recalled(c.bills, key)) return c;
  const usage = read(source);
  return { ...c, bills: remembering(c.bills, key, usage), usage: addUsage(c.usage, usage) };
}

/** The item with this id, also under the id it was restored with. */
export function findItem({ items, aliases }: Conversation, id: string): Item | undefined {
  return itemAt(items, placeOf(items, aliases.get(id) ?? id));
}

/** The conversation with one item changed, or the same conversation when `update` gives the same item back. */
export function withItem(
  conversation: Conversation,
  givenId: string,
  update: (item: Item) => Item,
  time?: number,
): Conversation {
  const { items, aliases } = conversation;
  const id = aliases.get(givenId) ?? givenId;
  const place = placeOf(items, id);
  const known = itemAt(items, place);
  const before = known ?? newItem(conversation, id, time);
  const changed = update(before);
  if (changed === known) return conversation;
  const after = withTurn(arrived(conversation, before, changed));
  if (place && known && samePlace(known, after))
    return { ...conversation, items: replaced(items, place, after) };
  return {
    ...conversation,
    items: arranged(items, place, after),
    arrivals: conversation.arrivals + 1,
  };
}

/** The conversation with the item changed that an event is about. */
export function onItem(
  c: Conversation,
  event: ServerEvent,
  time: number | undefined,
  update: (item: Item) => Item,
): Conversation {
  const id = text(event, 'item_id');
  return id ? withItem(c, id, update, time) : c;
}

function newItem({ arrivals, epoch }: Conversation, id: string, time: number | undefined): Item {
  const facts = { id, arrival: arrivals, epoch, parts: [] };
  return time === undefined ? facts : { ...facts, startedAt: time };
}

/** Speech is noticed before it is an item: what was typed meanwhile comes first. */
function arrived({ arrivals }: Conversation, before: Item, after: Item): Item {
  return after.spoken && after.added && !before.added ? { ...after, arrival: arrivals } : after;
}
