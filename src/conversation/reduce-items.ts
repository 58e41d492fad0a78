import {
  number,
  record,
  records,
  text,
  type JsonRecord,
  type ServerEvent,
} from '../protocol/server-event.js';
import { answerFacts, withItem, type Conversation } from './conversation.js';
import { defined, finishPart, learn, sureness, type Item } from './item.js';
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
    onItem(c, event, time, (item) => learn(item, { truncatedAtMs: number(event, 'audio_end_ms') ?? 0 })),
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

function onItem(
  c: Conversation,
  event: ServerEvent,
  time: number | undefined,
  update: (item: Item) => Item,
): Conversation {
  const id = text(event, 'item_id');
  return id ? withItem(c, id, update, time) : c;
}

function takeItem(
  c: Conversation,
  event: ServerEvent,
  taking: Taking,
  time: number | undefined,
): Conversation {
  const source = record(event, 'item');
  const id = text(source, 'id');
  if (!source || !id) return c;
  // An item that comes back under another id after a reconnection brings no news about the one on screen.
  if (c.aliases.has(id)) return c;
  const responseId = text(event, 'response_id');
  const response = responseId ? answerFacts(c.responses.get(responseId) ?? { id: responseId }) : undefined;
  const taken = withItem(
    c,
    id,
    (item) => {
      const linked = link(item, c, event, taking);
      const filled = fillItem(linked, source, taking.sure ?? sureness.item);
      return learn(filled, {
        ...(taking.added && { added: true }),
        ...(taking.closed && { closed: true }),
        ...(response && item.response === undefined && { response }),
      });
    },
    time,
  );
  return taken === c ? c : linkCalls(taken, id);
}

function link(item: Item, c: Conversation, event: ServerEvent, taking: Taking): Item {
  const previous = taking.link ? previousId(c, event) : undefined;
  if (previous === undefined) return item;
  if (taking.link === 'trusted') return learn(item, { previous, linked: true });
  // GA says `null` in `done` for items that are not first, so there it means nothing.
  return item.linked || previous === null ? item : learn(item, { previous });
}

/** The predecessor that an event names: an id, `null` for "first", `undefined` when it does not say. */
export function previousId(c: Conversation, event: ServerEvent): string | null | undefined {
  const previous = event['previous_item_id'];
  if (previous === null) return null;
  return typeof previous === 'string' ? (c.aliases.get(previous) ?? previous) : undefined;
}

const ROLES: ReadonlySet<string> = new Set(['user', 'assistant', 'system']);

/** The item with all that the protocol's item object tells. */
export function fillItem(item: Item, source: JsonRecord, sure: number): Item {
  const role = text(source, 'role');
  const status = text(source, 'status');
  const facts = defined<Partial<Item>>({
    type: text(source, 'type'),
    role: role && ROLES.has(role) ? (role as NonNullable<Item['role']>) : undefined,
    // `in_progress` may come late and must not reopen what is finished.
    status: status === 'in_progress' && item.status ? undefined : status,
    call: callFacts(item, source),
  });
  return records(source, 'content').reduce(
    (filled, part, index) => fillPart(filled, part, index, sure),
    learn(item, facts),
  );
}

function fillPart(item: Item, part: JsonRecord, index: number, sure: number): Item {
  const type = text(part, 'type');
  if (type === 'input_image') {
    const url = text(part, 'image_url');
    if (!url || item.images?.includes(url)) return item;
    return { ...item, images: [...(item.images ?? []), url] };
  }
  const spoken = type === 'input_audio' ? learn(item, { spoken: true }) : item;
  const words = text(part, 'transcript') ?? text(part, 'text');
  // An unfinished item repeats what its deltas have said so far, or nothing: its text is not final.
  const final = words !== undefined && words !== '' && item.status !== 'in_progress';
  return final ? finishPart(spoken, index, words, sure) : spoken;
}
