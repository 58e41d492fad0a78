import { text, type JsonRecord, type ServerEvent } from '../protocol/server-event.js';
import { onItem, type Conversation } from './conversation.js';
import {
  MAX_TEXT,
  deltaOf,
  isRepeated,
  learn,
  mergeCall,
  type Item,
  type ItemCall,
  type Loose,
} from './item.js';
import { linkCalls } from './link-calls.js';
import type { Handler } from './reduce.js';
import type { ToolState } from './turn.js';

/** Calls of functions and MCP tools. An item's own fields are read by {@link callFacts}. */
export const toolHandlers: Readonly<Record<string, Handler>> = {
  'response.function_call_arguments.delta': grow,
  'response.function_call_arguments.done': (c, event, time) => {
    const called = onCall(c, event, 'function_call', time, () => ({
      name: text(event, 'name'),
      callId: text(event, 'call_id'),
      arguments: text(event, 'arguments'),
    }));
    return called === c ? c : linkCalls(called, text(event, 'item_id') ?? '');
  },
  'response.mcp_call_arguments.delta': grow,
  'response.mcp_call_arguments.done': (c, event, time) =>
    onCall(c, event, 'mcp_call', time, () => ({ arguments: text(event, 'arguments') })),
  'response.mcp_call.in_progress': (c, event, time) => onCall(c, event, 'mcp_call', time, settle('running')),
  'response.mcp_call.completed': (c, event, time) => onCall(c, event, 'mcp_call', time, settle('done')),
  'response.mcp_call.failed': (c, event, time) => onCall(c, event, 'mcp_call', time, settle('failed')),
};

/** What an item object tells of its call; `undefined` for items that are none. */
export function callFacts(item: Item, source: JsonRecord): ItemCall | undefined {
  const type = text(source, 'type') ?? '';
  if (!CALL_TYPES.has(type)) return undefined;
  const status = text(source, 'status');
  const unfinished = status === 'in_progress' || status === 'incomplete';
  const failed = type === 'mcp_call' && source['error'] !== undefined && source['error'] !== null;
  const output = text(source, 'output') ?? (failed ? errorText(source['error']) : undefined);
  return mergeCall(item.call, {
    name: text(source, 'name'),
    callId: text(source, 'call_id'),
    // An empty text is not news: some servers give the arguments in events of their own only.
    arguments: unfinished ? undefined : text(source, 'arguments') || undefined,
    output,
    approvalRequestId: text(source, 'approval_request_id'),
    state: failed ? 'failed' : type === 'mcp_call' && output !== undefined ? 'done' : undefined,
    approved: type === 'mcp_approval_response' ? source['approve'] === true : undefined,
  });
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
  const delta = deltaOf(event);
  return onCall(c, event, type, time, ({ streamed = '', lastDelta }) =>
    streamed.length >= MAX_TEXT || isRepeated(delta, lastDelta)
      ? {}
      : { streamed: streamed + delta.text, lastDelta: delta.eventId ? delta : lastDelta },
  );
}

function onCall(
  c: Conversation,
  event: ServerEvent,
  type: string,
  time: number | undefined,
  news: (call: ItemCall) => Loose<ItemCall>,
): Conversation {
  return onItem(c, event, time, (item) =>
    learn(item, {
      ...(item.type === undefined && { type }),
      call: mergeCall(item.call, news(item.call ?? {})),
    }),
  );
}

function settle(state: ToolState): (call: ItemCall) => ItemCall {
  // A late `in_progress` does not reopen a call that has ended.
  return (call) => (state === 'running' && call.state ? {} : { state });
}

function errorText(error: unknown): string {
  if (typeof error === 'string') return error;
  const message = text(error as JsonRecord, 'message');
  return message ?? text(error as JsonRecord, 'type') ?? 'error';
}
