import {
  asRecord,
  number,
  record,
  text,
  type JsonRecord,
  type ServerEvent,
} from '../protocol/server-event.js';
import { onItem, ownerOf, withItem, type Conversation } from './conversation.js';
import { MAX_PARTS, defined, finishPart, furthest, learn, sureness, type Item } from './item.js';
import { callFacts } from './reduce-tools.js';
import { linkCalls } from './link-calls.js';
import type { Handler } from './reduce.js';

/** Events about whole items: they name, place, fill, cut and remove them. */
export const itemHandlers: Readonly<Record<string, Handler>> = {
  'conversation.item.added': (c, event, time) => takeItem(c, event, { link: 'trusted', added: true }, time),
  // The beta name for both of GA's: it may be the only event that a typed item ever gets.
  'conversation.item.created': (c, event, time) => takeItem(c, event, { link: 'trusted', added: true }, time),
  'conversation.item.done': (c, event, time) =>
    takeItem(c, event, { link: 'doubtful', added: true, closed: true }, time),
  'response.output_item.added': (c, event, time) => takeItem(c, event, {}, time),
  'response.output_item.done': (c, event, time) => takeItem(c, event, { closed: true }, time),
  'conversation.item.retrieved': (c, event, time) => takeItem(c, event, { sure: sureness.retrieved }, time),
  'conversation.item.truncated': (c, event, time) =>
    onItem(c, event, time, (item) => cut(item, number(event, 'audio_end_ms'))),
  'conversation.item.deleted': (c, event, time) =>
    onItem(c, event, time, (item) => learn(item, { deleted: true })),
};

interface Taking {
  /** Whether the event says where the item stands, and whether it can be believed. */
  readonly link?: 'trusted' | 'doubtful';
  readonly added?: boolean;
  readonly closed?: boolean;
  readonly sure?: number;
}

/** Of several cuts the earliest counts. */
function cut(item: Item, atMs: number | undefined): Item {
  const earliest = Math.min(atMs ?? Infinity, item.truncatedAtMs ?? Infinity);
  return learn(item, { truncated: true, ...(earliest < Infinity && { truncatedAtMs: earliest }) });
}

function takeItem(
  c: Conversation,
  event: ServerEvent,
  taking: Taking,
  time: number | undefined,
): Conversation {
  const source = record(event, 'item');
  // A server that echoes an item without an id has at least given the event one.
  const id = text(source, 'id') || (taking.added && !taking.closed ? text(event, 'event_id') : undefined);
  if (!source || !id) return c;
  // An item that comes back under another id after a reconnection brings no news about the one on screen.
  if (c.aliases.has(id)) return c;
  const previous = previousId(c, event);
  const taken = withItem(
    c,
    id,
    (item) => {
      const linked = taking.link ? linkAfter(item, previous, taking.link === 'trusted') : item;
      const filled = fillItem(linked, source, taking.sure ?? sureness.item);
      return learn(filled, {
        ...(taking.added && { added: true }),
        ...(taking.closed && { closed: true }),
        ...ownerOf(c, text(event, 'response_id'), item),
      });
    },
    time,
  );
  return taken === c ? c : linkCalls(taken, id);
}

/**
 * The item with its predecessor. A name beats `null`, whichever came first: some servers say `null` whenever they do
 * not know. GA says `null` in `done` for items that are not first, so from there (not `trusted`) it means nothing.
 */
export function linkAfter(item: Item, previous: string | null | undefined, trusted: boolean): Item {
  if (previous === undefined || (previous === null && typeof item.previous === 'string')) return item;
  if (trusted) return learn(item, { previous, linked: true });
  return previous === null || (item.linked && item.previous !== null) ? item : learn(item, { previous });
}

/** The predecessor that an event names: an id, `null` for "first", `undefined` when it does not say. */
export function previousId(c: Conversation, event: ServerEvent): string | null | undefined {
  const previous = event['previous_item_id'];
  if (previous === null) return null;
  return typeof previous === 'string' ? (c.aliases.get(previous) ?? previous) : undefined;
}

const ROLES: Readonly<Record<string, NonNullable<Item['role']>>> = {
  user: 'user',
  assistant: 'assistant',
  system: 'system',
  developer: 'system',
};

/** The item with all that the protocol's item object tells. */
export function fillItem(item: Item, source: JsonRecord, sure: number): Item {
  const role = text(source, 'role') ?? '';
  const facts = defined<Partial<Item>>({
    type: text(source, 'type'),
    role: Object.hasOwn(ROLES, role) ? ROLES[role] : undefined,
    status: furthest(item.status, text(source, 'status')),
    call: callFacts(item, source),
  });
  const growing = text(source, 'status') === 'in_progress';
  return contentOf(source).reduce<Item>(
    (filled, part, index) => fillPart(filled, part, index, growing ? undefined : sure),
    learn(item, facts),
  );
}

/** The content parts at their places: what is no part leaves a gap. */
function contentOf(source: JsonRecord): readonly (JsonRecord | undefined)[] {
  const { content } = source;
  return Array.isArray(content) ? content.slice(0, MAX_PARTS).map(asRecord) : [];
}

/** @param sure `undefined` for an item that still grows: what is spoken in it is not final, what was typed is */
function fillPart(item: Item, part: JsonRecord | undefined, index: number, sure: number | undefined): Item {
  const type = text(part, 'type') ?? '';
  const input = type.startsWith('input_');
  const known = learn(item, {
    ...(input && item.role === undefined && { role: 'user' }),
    ...(type === 'input_audio' && { spoken: true }),
  });
  if (type === 'input_image') {
    const url = text(part, 'image_url');
    return !url || known.images?.includes(url) ? known : { ...known, images: [...(known.images ?? []), url] };
  }
  const words = text(part, 'transcript') ?? text(part, 'text');
  const certainty = sure ?? (type === 'input_text' ? sureness.item : undefined);
  return words === undefined || certainty === undefined ? known : finishPart(known, index, words, certainty);
}
