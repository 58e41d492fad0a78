import { text, type JsonRecord, type ServerEvent } from '../protocol/server-event.js';
import { withItem, type Conversation } from './conversation.js';
import { defined, learn, type Item, type ItemCall } from './item.js';
import type { Handler } from './reduce.js';

/** Calls of functions and MCP tools. An item's own fields are read by {@link callFacts}. */
export const toolHandlers: Readonly<Record<string, Handler>> = {
  'response.function_call_arguments.delta': grow,
  'response.function_call_arguments.done': (c, event, time) =>
    onCall(c, event, 'function_call', time, () =>
      defined<ItemCall>({
        name: text(event, 'name'),
        callId: text(event, 'call_id'),
        arguments: text(event, 'arguments'),
      }),
    ),
  'response.mcp_call_arguments.delta': grow,
  'response.mcp_call_arguments.done': (c, event, time) =>
    onCall(c, event, 'mcp_call', time, () => defined<ItemCall>({ arguments: text(event, 'arguments') })),
  'response.mcp_call.in_progress': (c, event, time) => onCall(c, event, 'mcp_call', time, settle('running')),
  'response.mcp_call.completed': (c, event, time) => onCall(c, event, 'mcp_call', time, settle('done')),
  'response.mcp_call.failed': (c, event, time) => onCall(c, event, 'mcp_call', time, settle('failed')),
};

/** What an item object tells of its call; `undefined` for items that are none. */
export function callFacts(item: Item, source: JsonRecord): ItemCall | undefined {
  const type = text(source, 'type') ?? '';
  if (!CALL_TYPES.has(type)) return undefined;
  const failed = type === 'mcp_call' && source['error'] !== undefined && source['error'] !== null;
  const output = text(source, 'output') ?? (failed ? errorText(source['error']) : undefined);
  const approval = type === 'mcp_approval_response';
  const facts = defined<ItemCall>({
    name: text(source, 'name'),
    callId: text(source, 'call_id'),
    // An unfinished item says '' where deltas have already told more.
    arguments: text(source, 'arguments') || undefined,
    output,
    approvalRequestId: text(source, 'approval_request_id'),
    state: failed ? 'failed' : type === 'mcp_call' && output !== undefined ? 'done' : undefined,
    approved: approval ? source['approve'] === true : undefined,
  });
  const merged = { ...item.call, ...facts };
  const known = item.call as Record<string, unknown> | undefined;
  return Object.entries(merged).every(([name, value]) => known?.[name] === value) && item.call
    ? item.call
    : merged;
}

const CALL_TYPES: ReadonlySet<string> = new Set([
  'function_call',
  'function_call_output',
  'mcp_call',
  'mcp_approval_request',
  'mcp_approval_response',
]);

function grow(c: Conversation, event: ServerEvent, time?: number): Conversation {
  const type = event.type.startsWith('response.mcp') ? 'mcp_call' : 'function_call';
  const delta = text(event, 'delta') ?? '';
  const eventId = text(event, 'event_id');
  return onCall(c, event, type, time, (call) =>
    call.complete || (eventId !== undefined && call.lastDelta === eventId)
      ? {}
      : { arguments: (call.arguments ?? '') + delta, ...(eventId !== undefined && { lastDelta: eventId }) },
  );
}

function onCall(
  c: Conversation,
  event: ServerEvent,
  type: string,
  time: number | undefined,
  news: (call: ItemCall) => ItemCall,
): Conversation {
  const id = text(event, 'item_id');
  if (!id) return c;
  const complete = event.type.endsWith('_arguments.done');
  return withItem(
    c,
    id,
    (item) => {
      const call = { ...item.call, ...news(item.call ?? {}), ...(complete && { complete }) };
      const same = Object.entries(call).every(
        ([name, value]) => (item.call as Record<string, unknown>)?.[name] === value,
      );
      return learn(item, { ...(item.type === undefined && { type }), ...(!same && { call }) });
    },
    time,
  );
}

function settle(state: NonNullable<ItemCall['state']>): (call: ItemCall) => ItemCall {
  // A late `in_progress` does not reopen a call that has ended.
  return (call) => (state === 'running' && call.state ? {} : { state });
}

function errorText(error: unknown): string {
  if (typeof error === 'string') return error;
  const message = text(error as JsonRecord, 'message');
  return message ?? text(error as JsonRecord, 'type') ?? 'error';
}
