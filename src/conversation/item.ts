import { number, text as textOf, type ServerEvent } from '../protocol/server-event.js';
import type { ToolState, Turn } from './turn.js';

/**
 * How sure a text is. Higher replaces lower, so the order in which events arrive does not matter: the events that end
 * one part speak of exactly that part, the items repeated in others may have been cut or emptied by the server.
 */
export const sureness = { retrieved: 1, response: 2, item: 3, part: 4, done: 5 } as const;

/** One content part: the sum of its deltas until a final text replaces it. */
export interface Part {
  readonly streamed: string;
  readonly final?: string;
  /** Of {@link sureness}; 0 while there is no final text. */
  readonly sure: number;
  /** The type of the first delta. Servers that send the same words as text and as spoken text are believed once. */
  readonly channel?: string;
  /** The last delta taken in, so that one delivered twice in a row is not written twice. */
  readonly lastDelta?: Delta | undefined;
}

/** A piece of a text that grows, as an event brings it. */
export interface Delta {
  readonly text: string;
  /** The type of the event. */
  readonly channel: string;
  readonly eventId: string | undefined;
}

/** How far the words of a spoken user item are. */
export type Transcription = 'completed' | 'failed' | 'timed_out';

/** What is known of a response, kept on each of its items so that a turn is a function of one item alone. */
export interface ItemResponse {
  readonly id: string;
  readonly status?: string;
  /** The sound was cut off while it played. */
  readonly cut?: boolean;
  /** Length of all its sound, from the output token count. */
  readonly audioMs?: number;
  /** Made with `conversation: "none"`: no part of the conversation unless the server says otherwise. */
  readonly outOfBand?: boolean;
}

/** Facts about a function or MCP call. */
export interface ItemCall {
  readonly name?: string;
  readonly callId?: string;
  readonly arguments?: string;
  readonly output?: string;
  readonly state?: ToolState;
  /** On an MCP call that a person approved, and on the answer itself: the request. */
  readonly approvalRequestId?: string;
  /** On the answer to a request for approval. */
  readonly approved?: boolean;
  /** The arguments so far, until `arguments` says all of them. */
  readonly streamed?: string;
  /** The last piece of `streamed`. */
  readonly lastDelta?: Delta;
}

/** How far an item has come. Higher replaces lower: a late event does not reopen what is finished. */
const progress = { in_progress: 0, incomplete: 1, completed: 2 } as const;

/** The protocol's states of an item. */
export type ItemStatus = keyof typeof progress;

/**
 * One item of the conversation: a bag of facts that only grows. Facts never contradict each other by order of
 * arrival, which is what makes the transcript the same whatever order the events come in.
 */
export interface Item {
  readonly id: string;
  /** Counts items in the order in which they were first heard of; what is spoken counts from when it is an item. */
  readonly arrival: number;
  /** Counts sessions: items of a new connection come after all items of the one before. */
  readonly epoch: number;
  /** The protocol's item type; absent while only deltas are known. */
  readonly type?: string;
  readonly role?: 'user' | 'assistant' | 'system';
  /** The predecessor's id, `null` for the first item, absent while unknown. */
  readonly previous?: string | null;
  /** True when `previous` comes from an event that is trusted over `conversation.item.done`. */
  readonly linked?: boolean;
  readonly parts: readonly Part[];
  readonly images?: readonly string[];
  /** The visitor spoke it (rather than typed it). */
  readonly spoken?: boolean;
  readonly status?: ItemStatus;
  /** An event said that the item is final. */
  readonly closed?: boolean;
  /** The server made it part of the conversation. */
  readonly added?: boolean;
  readonly deleted?: boolean;
  /** The server forgot the sound of it. Only what became an item all the same is kept. */
  readonly discarded?: boolean;
  readonly transcription?: Transcription;
  readonly truncated?: boolean;
  /** How much of its sound was played; absent when the server does not say. */
  readonly truncatedAtMs?: number;
  readonly response?: ItemResponse;
  readonly call?: ItemCall;
  /** The call ended while this was being said. */
  readonly abandoned?: boolean;
  /** Created by the server because nobody spoke (`timeout_triggered`). */
  readonly idle?: boolean;
  readonly startedAt?: number;
  /** What a reader sees of it; absent when there is nothing to show. Kept while its content stays the same. */
  readonly turn?: Turn;
}

/** A single answer of 65,536 characters would be more than an hour of speech; more is an attack on the page. */
export const MAX_TEXT = 65_536;
/** More content parts than this are not read. */
export const MAX_PARTS = 64;

const emptyPart: Part = Object.freeze({ streamed: '', sure: 0 });

/** Which part of its item an event is about. */
export function partOf(event: ServerEvent): number {
  return number(event, 'content_index') ?? 0;
}

/** The piece of text in an event. */
export function deltaOf(event: ServerEvent): Delta {
  return { text: textOf(event, 'delta') ?? '', channel: event.type, eventId: textOf(event, 'event_id') };
}

/** The item with a piece of text appended to one of its parts. Deltas after the final text change nothing. */
export function appendDelta(item: Item, index: number, delta: Delta): Item {
  const { text, channel, eventId } = delta;
  return updatePart(item, index, (part) => {
    const { streamed, sure, lastDelta } = part;
    if (part.final !== undefined || text === '' || streamed.length >= MAX_TEXT) return part;
    if ((part.channel ?? channel) !== channel || isRepeated(delta, lastDelta)) return part;
    const grown = (streamed + text).slice(0, MAX_TEXT);
    return { streamed: grown, sure, channel, lastDelta: eventId ? delta : lastDelta };
  });
}

/** Whether a delta is the one before, delivered again. Servers that give every event the same id, or none, repeat nothing. */
export function isRepeated({ eventId, text }: Delta, last: Delta | undefined): boolean {
  return Boolean(eventId) && eventId === last?.eventId && text === last?.text;
}

/** The item with everything heard so far of one part, from servers that repeat it as it grows. */
export function replaceDelta(item: Item, index: number, streamed: string): Item {
  return updatePart(item, index, (part) =>
    part.final !== undefined || part.streamed === streamed
      ? part
      : { ...part, streamed: streamed.slice(0, MAX_TEXT) },
  );
}

/**
 * The item with the final text of a part. An empty text says nothing (servers empty items after an interruption),
 * unless `mayBlank`: a transcriber may take its guesses back, but not its word.
 */
export function finishPart(item: Item, index: number, words: string, sure: number, mayBlank = false): Item {
  const final = words.slice(0, MAX_TEXT);
  const blank = isBlank(final);
  if (blank && !mayBlank) return item;
  return updatePart(item, index, (part) => {
    if (sure < part.sure || (part.final === final && part.sure === sure)) return part;
    if (blank && part.final !== undefined && !isBlank(part.final)) return part;
    return { streamed: '', final, sure };
  });
}

/** The later of two states of an item. */
export function furthest(known: ItemStatus | undefined, news: string | undefined): ItemStatus | undefined {
  if (news === undefined || !Object.hasOwn(progress, news)) return known;
  const status = news as ItemStatus;
  return known === undefined || progress[status] > progress[known] ? status : known;
}

const isBlank = (text: string): boolean => text.trim() === '';

/** True when there is a final text and no part is still growing. */
export function isFinal(item: Item): boolean {
  let some = false;
  for (const { final, streamed } of item.parts) {
    if (final !== undefined) some = true;
    else if (streamed !== '') return false;
  }
  return some;
}

function updatePart(item: Item, index: number, update: (part: Part) => Part): Item {
  if (!Number.isInteger(index) || index < 0 || index >= MAX_PARTS) return item;
  const before = item.parts[index] ?? emptyPart;
  const after = update(before);
  if (after === before) return item;
  const parts = [...item.parts];
  while (parts.length < index) parts.push(emptyPart);
  parts[index] = after;
  return { ...item, parts };
}

/** The call with these facts, or the same object when it has them all already. */
export function mergeCall(call: ItemCall | undefined, news: Loose<ItemCall>): ItemCall {
  return call ? learn(call, news) : defined<ItemCall>(news);
}

/** The item (or what else is known) with these facts, or the same object when it has them all already. */
export function learn<T extends object = Item>(known: T, news: Loose<T>): T {
  for (const name in news) {
    if (news[name] !== undefined && !Object.is(news[name], known[name]))
      return { ...known, ...defined<Partial<T>>(news as Loose<Partial<T>>) };
  }
  return known;
}

/** Facts that may or may not have been in an event. */
export type Loose<T> = { readonly [Name in keyof T]?: T[Name] | undefined };

/** A copy without the fields that are `undefined`. */
export function defined<T extends object>(facts: Loose<T>): T {
  const copy: Loose<T> = {};
  for (const name in facts) if (facts[name] !== undefined) (copy as Partial<T>)[name] = facts[name];
  return copy as T;
}

/** Whether two records hold the same; `deep` decides about values that are not identical. */
export function sameFacts(
  a: object,
  b: object,
  deep: (x: unknown, y: unknown) => boolean = Object.is,
): boolean {
  const [these, those] = [a, b] as [Record<string, unknown>, Record<string, unknown>];
  for (const name in { ...these, ...those }) {
    if (!Object.is(these[name], those[name]) && !deep(these[name], those[name])) return false;
  }
  return true;
}
