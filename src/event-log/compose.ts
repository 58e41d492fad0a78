import type { ClientEvent } from '../protocol/client-event.js';
import { asRecord, record, text } from '../protocol/server-event.js';

/** Why a text cannot be sent: it is no JSON, no object, of no known type, or lacks a field. */
export type ComposeProblem =
  | { readonly kind: 'json' | 'object' }
  | { readonly kind: 'type'; readonly type: string }
  | { readonly kind: 'field'; readonly field: string };

interface Template {
  /** Paths of the fields without which the server refuses the event. */
  readonly required: readonly string[];
  readonly example: Readonly<Record<string, unknown>>;
}

const content = [{ type: 'input_text', text: 'Hello' }];

/** Fields without which the server refuses an item, by its type. */
export const ITEM_FIELDS: Readonly<Record<string, readonly string[]>> = {
  message: ['role', 'content'],
  function_call: ['name', 'arguments'],
  function_call_output: ['call_id', 'output'],
  mcp_approval_response: ['id', 'approval_request_id', 'approve'],
  mcp_approval_request: ['id', 'server_label', 'name', 'arguments'],
  mcp_call: ['id', 'server_label', 'name', 'arguments'],
  mcp_list_tools: ['server_label', 'tools'],
};

/** For each event that a client may send: what it needs, and an example to start from. */
export const CLIENT_TEMPLATES: Readonly<Record<string, Template>> = {
  'conversation.item.create': {
    required: ['item', 'item.type'],
    example: { item: { type: 'message', role: 'user', content } },
  },
  'conversation.item.delete': { required: ['item_id'], example: { item_id: '' } },
  'conversation.item.retrieve': { required: ['item_id'], example: { item_id: '' } },
  'conversation.item.truncate': {
    required: ['item_id', 'content_index', 'audio_end_ms'],
    example: { item_id: '', content_index: 0, audio_end_ms: 0 },
  },
  'input_audio_buffer.append': { required: ['audio'], example: { audio: '' } },
  'input_audio_buffer.clear': { required: [], example: {} },
  'input_audio_buffer.commit': { required: [], example: {} },
  'output_audio_buffer.clear': { required: [], example: {} },
  'response.cancel': { required: [], example: {} },
  'response.create': { required: [], example: { response: { instructions: 'Say hello.' } } },
  'session.update': {
    required: ['session', 'session.type'],
    example: { session: { type: 'realtime', instructions: 'Be brief.' } },
  },
};

/** The text to start from for a type. */
export function composeExample(type: string): string {
  return JSON.stringify({ type, ...CLIENT_TEMPLATES[type]?.example }, null, 2);
}

/** The event in a text, or why it cannot be sent. */
export function readComposed(
  source: string,
): { readonly event: ClientEvent } | { readonly problem: ComposeProblem } {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    return { problem: { kind: 'json' } };
  }
  const event = asRecord(value);
  if (!event) return { problem: { kind: 'object' } };
  const type = String(event['type'] ?? '');
  const template = Object.hasOwn(CLIENT_TEMPLATES, type) ? CLIENT_TEMPLATES[type] : undefined;
  if (!template) return { problem: { kind: 'type', type } };
  const kind = text(record(event, 'item'), 'type') ?? '';
  const fields = Object.hasOwn(ITEM_FIELDS, kind) ? (ITEM_FIELDS[kind] ?? []) : [];
  const paths = [...template.required, ...fields.map((name) => `item.${name}`)];
  const field = paths.find((path) => isMissing(event, path));
  return field === undefined ? { event: { ...event, type } } : { problem: { kind: 'field', field } };
}

function isMissing(event: object, path: string): boolean {
  let value: unknown = event;
  for (const name of path.split('.')) value = asRecord(value)?.[name];
  // A function may answer with nothing; an id may not be nothing.
  return value === undefined || value === null || (value === '' && !path.endsWith('.output'));
}
