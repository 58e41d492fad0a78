import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime';

type Examples = {
  readonly [Type in RealtimeServerEvent['type']]: RealtimeServerEvent & { readonly type: Type };
};

const event_id = 'event_1';
const place = { event_id, response_id: 'r1', item_id: 'a1', output_index: 0, content_index: 0 };
const call = { event_id, response_id: 'r1', item_id: 'f1', output_index: 1 };
const mcp = { event_id, item_id: 'm1', output_index: 2 };
const heard = { event_id, item_id: 'u1', content_index: 0 };
const list = { event_id, item_id: 'l1' };
const sound = { event_id, response_id: 'r1' };
const session = { type: 'realtime', model: 'gpt-realtime-2.1', output_modalities: ['audio'] } as const;
const question = {
  id: 'u1',
  type: 'message',
  role: 'user',
  status: 'completed',
  content: [{ type: 'input_audio', transcript: 'What time is it?' }],
} as const;
const growing = { id: 'a1', type: 'message', role: 'assistant', status: 'in_progress', content: [] } as const;
const answer = {
  id: 'a1',
  type: 'message',
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_audio', transcript: 'It is noon.' }],
} as const;

/** Keeps the literal types and makes the arrays of the examples writable, as the official types want them. */
const mutable = <T>(value: T): Mutable<T> => value as Mutable<T>;
type Mutable<T> = { -readonly [Name in keyof T]: Mutable<T[Name]> };

/** One event of every type that the official package knows; the compiler says when one is missing. */
export const officialEvents: Examples = mutable({
  'session.created': { type: 'session.created', event_id, session: session },
  'session.updated': { type: 'session.updated', event_id, session: session },
  'conversation.created': {
    type: 'conversation.created',
    event_id,
    conversation: { id: 'conv_1', object: 'realtime.conversation' },
  },
  'input_audio_buffer.speech_started': {
    type: 'input_audio_buffer.speech_started',
    event_id,
    item_id: 'u1',
    audio_start_ms: 320,
  },
  'input_audio_buffer.speech_stopped': {
    type: 'input_audio_buffer.speech_stopped',
    event_id,
    item_id: 'u1',
    audio_end_ms: 1_920,
  },
  'input_audio_buffer.committed': {
    type: 'input_audio_buffer.committed',
    event_id,
    item_id: 'u1',
    previous_item_id: null,
  },
  'input_audio_buffer.cleared': { type: 'input_audio_buffer.cleared', event_id },
  'input_audio_buffer.timeout_triggered': {
    type: 'input_audio_buffer.timeout_triggered',
    event_id,
    item_id: 'u9',
    audio_start_ms: 0,
    audio_end_ms: 6_000,
  },
  'input_audio_buffer.dtmf_event_received': {
    type: 'input_audio_buffer.dtmf_event_received',
    event: '5',
    received_at: 1_790_000_000,
  },
  'conversation.item.created': {
    type: 'conversation.item.created',
    event_id,
    previous_item_id: null,
    item: question,
  },
  'conversation.item.added': {
    type: 'conversation.item.added',
    event_id,
    previous_item_id: 'u1',
    item: growing,
  },
  'conversation.item.done': {
    type: 'conversation.item.done',
    event_id,
    previous_item_id: 'u1',
    item: answer,
  },
  'conversation.item.retrieved': { type: 'conversation.item.retrieved', event_id, item: answer },
  'conversation.item.truncated': {
    type: 'conversation.item.truncated',
    event_id,
    item_id: 'a1',
    content_index: 0,
    audio_end_ms: 500,
  },
  'conversation.item.deleted': { type: 'conversation.item.deleted', event_id, item_id: 'gone' },
  'conversation.item.input_audio_transcription.delta': {
    type: 'conversation.item.input_audio_transcription.delta',
    ...heard,
    delta: 'What time',
  },
  'conversation.item.input_audio_transcription.completed': {
    type: 'conversation.item.input_audio_transcription.completed',
    ...heard,
    transcript: 'What time is it?',
    usage: { type: 'duration', seconds: 1.6 },
  },
  'conversation.item.input_audio_transcription.segment': {
    type: 'conversation.item.input_audio_transcription.segment',
    ...heard,
    id: 'seg_1',
    text: 'What time is it?',
    speaker: 'A',
    start: 0,
    end: 1.6,
  },
  'conversation.item.input_audio_transcription.failed': {
    type: 'conversation.item.input_audio_transcription.failed',
    ...heard,
    item_id: 'u8',
    error: { type: 'transcription_error', code: 'audio_unintelligible' },
  },
  'response.created': {
    type: 'response.created',
    event_id,
    response: { id: 'r1', status: 'in_progress', output: [], conversation_id: 'conv_1' },
  },
  'response.output_item.added': {
    type: 'response.output_item.added',
    event_id,
    response_id: 'r1',
    output_index: 0,
    item: growing,
  },
  'response.content_part.added': {
    type: 'response.content_part.added',
    ...place,
    part: { type: 'audio', transcript: '' },
  },
  'output_audio_buffer.started': { type: 'output_audio_buffer.started', ...sound },
  'output_audio_buffer.stopped': { type: 'output_audio_buffer.stopped', ...sound },
  'output_audio_buffer.cleared': { type: 'output_audio_buffer.cleared', ...sound },
  'response.output_audio_transcript.delta': {
    type: 'response.output_audio_transcript.delta',
    ...place,
    delta: 'It is',
  },
  'response.output_audio_transcript.done': {
    type: 'response.output_audio_transcript.done',
    ...place,
    transcript: 'It is noon.',
  },
  'response.output_audio.delta': { type: 'response.output_audio.delta', ...place, delta: 'AAAA' },
  'response.output_audio.done': { type: 'response.output_audio.done', ...place },
  'response.output_text.delta': {
    type: 'response.output_text.delta',
    ...place,
    item_id: 'a2',
    delta: 'In wri',
  },
  'response.output_text.done': {
    type: 'response.output_text.done',
    ...place,
    item_id: 'a2',
    text: 'In writing.',
  },
  'response.content_part.done': {
    type: 'response.content_part.done',
    ...place,
    part: { type: 'audio', transcript: 'It is noon.' },
  },
  'response.output_item.done': {
    type: 'response.output_item.done',
    event_id,
    response_id: 'r1',
    output_index: 0,
    item: answer,
  },
  'response.function_call_arguments.delta': {
    type: 'response.function_call_arguments.delta',
    ...call,
    call_id: 'call_1',
    delta: '{"zone"',
  },
  'response.function_call_arguments.done': {
    type: 'response.function_call_arguments.done',
    ...call,
    call_id: 'call_1',
    name: 'clock',
    arguments: '{"zone":"UTC"}',
  },
  'response.mcp_call_arguments.delta': {
    type: 'response.mcp_call_arguments.delta',
    ...mcp,
    response_id: 'r1',
    delta: '{"q"',
  },
  'response.mcp_call_arguments.done': {
    type: 'response.mcp_call_arguments.done',
    ...mcp,
    response_id: 'r1',
    arguments: '{"q":"noon"}',
  },
  'response.mcp_call.in_progress': { type: 'response.mcp_call.in_progress', ...mcp },
  'response.mcp_call.completed': { type: 'response.mcp_call.completed', ...mcp },
  'response.mcp_call.failed': { type: 'response.mcp_call.failed', ...mcp, item_id: 'm2' },
  'mcp_list_tools.in_progress': { type: 'mcp_list_tools.in_progress', ...list },
  'mcp_list_tools.completed': { type: 'mcp_list_tools.completed', ...list },
  'mcp_list_tools.failed': { type: 'mcp_list_tools.failed', ...list },
  'rate_limits.updated': {
    type: 'rate_limits.updated',
    event_id,
    rate_limits: [{ name: 'tokens', limit: 40_000, remaining: 39_000, reset_seconds: 1.5 }],
  },
  'response.done': {
    type: 'response.done',
    event_id,
    response: {
      id: 'r1',
      status: 'completed',
      output: [answer],
      usage: {
        total_tokens: 30,
        input_tokens: 10,
        output_tokens: 20,
        output_token_details: { audio_tokens: 20 },
      },
    },
  },
  error: {
    type: 'error',
    event_id,
    error: {
      type: 'invalid_request_error',
      code: 'invalid_value',
      message: 'No such voice.',
      param: 'session.voice',
    },
  },
} as const);
