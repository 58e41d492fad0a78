import { isFragment } from '../protocol/dialects.js';
import { joinFragment } from '../protocol/fragments.js';
import type { ServerEvent } from '../protocol/server-event.js';
import type { Conversation } from './conversation.js';
import { inputHandlers } from './reduce-input.js';
import { itemHandlers } from './reduce-items.js';
import { localHandlers } from './reduce-local.js';
import { responseHandlers } from './reduce-response.js';
import { toolHandlers } from './reduce-tools.js';

/** One step of the fold. Gives the same conversation back when the event changes nothing. */
export type Handler = (conversation: Conversation, event: ServerEvent, time?: number) => Conversation;

const handlers: ReadonlyMap<string, Handler> = new Map([
  ...Object.entries(itemHandlers),
  ...Object.entries(inputHandlers),
  ...Object.entries(responseHandlers),
  ...Object.entries(toolHandlers),
  ...Object.entries(localHandlers),
]);

/**
 * The conversation after one more event. Pure and total: unknown, repeated, late and broken events are fine, and
 * whatever changes nothing returns the very same object.
 *
 * @param given from {@link parseServerEvent}, typed by the official package, or a local step of a recorded log
 * @param time when it arrived (milliseconds since the epoch), for `Turn.startedAt`; leave it out when unknown
 */
export function reduce(
  conversation: Conversation,
  given: ServerEvent | { readonly type: string },
  time?: number,
): Conversation {
  const event = given as ServerEvent;
  if (isFragment(event)) {
    const joined = joinFragment(conversation.fragments, event);
    const { fragments } = joined;
    const kept = fragments === conversation.fragments ? conversation : { ...conversation, fragments };
    return joined.event && !isFragment(joined.event) ? reduce(kept, joined.event, time) : kept;
  }
  return handlers.get(event.type)?.(conversation, event, time) ?? conversation;
}
