import { asRecord, record, text, type JsonRecord } from '../protocol/server-event.js';
import type { LogEntry } from './event-log.js';
import { RETIREMENTS } from './retirements.js';

/** What can be noticed. The sentences about them are the panel's. */
export type LintCode =
  | 'response-while-active'
  | 'old-field'
  | 'old-event'
  | 'missing-session-type'
  | 'truncate-on-webrtc'
  | 'append-on-webrtc'
  | 'output-without-response'
  | 'call-without-output'
  | 'output-twice'
  | 'model-retires'
  | 'no-transcription'
  | 'cancel-without-clear'
  | 'model-changed'
  | 'voice-changed'
  | 'too-large'
  | 'commit-too-short';

/** Tells of a mistake; the position is that of the event at hand unless another one shows it better. */
export type Report = (code: LintCode, facts?: Readonly<Record<string, string>>, position?: number) => void;

/** What must be remembered of one call. */
export interface CallState {
  activeResponse: string | null;
  /** A response was asked for, and the server has not answered yet. */
  asked: boolean;
  /** Sound buffers of the server are only spoken of over WebRTC. */
  webrtc: boolean;
  playing: boolean;
  spoken: boolean;
  transcribes: boolean | null;
  /** Function calls without an output yet, by call id, with position and time. */
  readonly calls: Map<string, { readonly position: number; readonly time: number; readonly name: string }>;
  readonly answered: Set<string>;
  /** A tool's output that no response was asked for, and a cancel that no clear followed. */
  output: LogEntry | null;
  cancel: LogEntry | null;
}

/** A call of which nothing is known. */
export function newCallState(): CallState {
  return {
    activeResponse: null,
    asked: false,
    webrtc: false,
    playing: false,
    spoken: false,
    transcribes: null,
    calls: new Map(),
    answered: new Set(),
    output: null,
    cancel: null,
  };
}

/** Until then a client may still do what belongs to it. */
const OUTPUT_PATIENCE_MS = 5_000;
const CALL_PATIENCE_MS = 30_000;
const CLEAR_PATIENCE_MS = 1_000;
/** What every browser sends in one message when the server names no limit. */
const MESSAGE_BYTES = 65_536;
const MOST_ANSWERED = 500;

/** Beta fields of a session, and where they went. */
const MOVED: Readonly<Record<string, string>> = {
  modalities: 'output_modalities',
  max_response_output_tokens: 'max_output_tokens',
  voice: 'audio.output.voice',
  speed: 'audio.output.speed',
  output_audio_format: 'audio.output.format',
  turn_detection: 'audio.input.turn_detection',
  input_audio_transcription: 'audio.input.transcription',
  input_audio_noise_reduction: 'audio.input.noise_reduction',
  input_audio_format: 'audio.input.format',
  temperature: '',
};

type Step = (call: CallState, entry: LogEntry, report: Report) => void;

const learnSession: Step = (call, { envelope }, report) => {
  const session = record(envelope.event, 'session');
  const input = record(record(session, 'audio'), 'input');
  // The beta wrote it at the top.
  const configured = input ? input['transcription'] : session?.['input_audio_transcription'];
  if (session && configured !== undefined) call.transcribes = configured !== null;
  for (const model of [text(session, 'model'), text(asRecord(configured), 'model')]) {
    const end = model && Object.hasOwn(RETIREMENTS, model) ? RETIREMENTS[model] : undefined;
    if (model && end) report('model-retires', { model, day: end.day, successor: end.successor });
  }
};

const checkUpdate: Step = (call, { envelope }, report) => {
  const session = record(envelope.event, 'session');
  if (!session) return;
  if (text(session, 'type') === undefined) report('missing-session-type');
  reportMoved(session, report);
  if ('model' in session) report('model-changed');
  const output = record(record(session, 'audio'), 'output');
  if (call.spoken && output && 'voice' in output) report('voice-changed');
};

function reportMoved(fields: JsonRecord, report: Report): void {
  for (const [field, place] of Object.entries(MOVED)) {
    if (field in fields) report('old-field', { field, place });
  }
}

const checkResponse: Step = (call, entry, report) => {
  const response = record(entry.envelope.event, 'response');
  // An answer beside the conversation may be asked for at any time.
  const apart = text(response, 'conversation') === 'none';
  if (call.activeResponse !== null && !apart)
    report('response-while-active', { response: call.activeResponse });
  if (response) reportMoved(response, report);
  call.output = null;
};

const checkItem: Step = (call, entry, report) => {
  const item = record(entry.envelope.event, 'item');
  const id = text(item, 'call_id');
  if (text(item, 'type') !== 'function_call_output' || id === undefined) return;
  if (call.answered.has(id)) report('output-twice');
  remember(call.answered, id);
  call.calls.delete(id);
  call.output ??= entry;
};

/** Only the latest calls can be answered again. */
function remember(answered: Set<string>, id: string): void {
  answered.add(id);
  const [oldest] = answered;
  if (answered.size > MOST_ANSWERED && oldest !== undefined) answered.delete(oldest);
}

/** Mistakes of omission show themselves by later events: nothing is timed here. */
const checkPatience: Step = (call, { envelope }, report) => {
  const late = (since: number, patience: number): boolean => envelope.time - since > patience;
  const { output, cancel } = call;
  if (output && call.activeResponse === null && late(output.envelope.time, OUTPUT_PATIENCE_MS)) {
    report('output-without-response', {}, output.position);
    call.output = null;
  }
  if (cancel && late(cancel.envelope.time, CLEAR_PATIENCE_MS)) {
    report('cancel-without-clear', {}, cancel.position);
    call.cancel = null;
  }
  for (const [id, { position, time, name }] of call.calls) {
    if (!late(time, CALL_PATIENCE_MS)) break;
    report('call-without-output', { name }, position);
    call.calls.delete(id);
  }
};

const oldEvent: Step = (_call, { envelope }, report) => report('old-event', { type: envelope.type });

/** What is done with each event, by origin and type; `*` stands for every type. */
export const LINT_STEPS: Readonly<Record<string, Step>> = {
  'server *': checkPatience,
  'server session.created': learnSession,
  'server session.updated': learnSession,
  'server response.created': (call, { envelope }) => {
    const response = record(envelope.event, 'response');
    if (response && 'conversation_id' in response && response['conversation_id'] === null) return;
    call.activeResponse = text(response, 'id') ?? '';
    call.asked = false;
    call.output = null;
  },
  'server response.done': (call, { envelope }) => {
    if (text(record(envelope.event, 'response'), 'id') === call.activeResponse) call.activeResponse = null;
  },
  'server response.output_item.done': (call, { envelope, position }) => {
    const item = record(envelope.event, 'item');
    const id = text(item, 'call_id');
    if (text(item, 'type') !== 'function_call' || text(item, 'status') !== 'completed' || !id) return;
    call.calls.set(id, { position, time: envelope.time, name: text(item, 'name') ?? '' });
  },
  'server output_audio_buffer.started': (call) => {
    call.webrtc = call.playing = call.spoken = true;
  },
  'server output_audio_buffer.stopped': (call) => {
    call.playing = false;
  },
  'server output_audio_buffer.cleared': (call) => {
    call.playing = false;
    call.cancel = null;
  },
  'server input_audio_buffer.committed': (call, _entry, report) => {
    if (call.transcribes === false) report('no-transcription');
  },
  'server error': (call, { envelope }, report) => {
    call.asked = false;
    const code = text(record(envelope.event, 'error'), 'code');
    if (code === 'input_audio_buffer_commit_empty') report('commit-too-short');
  },
  'client *': (_call, { envelope }, report) => {
    const bytes = byteLength(envelope.event);
    if (bytes > MESSAGE_BYTES) report('too-large', { type: envelope.type, bytes: String(bytes) });
  },
  'client session.update': checkUpdate,
  'client transcription_session.update': oldEvent,
  'client response.create': checkResponse,
  'client response.cancel': (call, entry) => {
    if (call.playing) call.cancel = entry;
  },
  'client output_audio_buffer.clear': (call) => {
    call.cancel = null;
  },
  'client conversation.item.create': checkItem,
  'client conversation.item.truncate': (call, _entry, report) => {
    if (call.webrtc) report('truncate-on-webrtc');
  },
  'client input_audio_buffer.append': (call, _entry, report) => {
    if (call.webrtc) report('append-on-webrtc');
  },
};

/** Length of the event on the wire, in UTF-8. */
function byteLength(event: object): number {
  let bytes = 0;
  for (const character of stringify(event)) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_00_00 ? 3 : 4;
  }
  return bytes;
}

function stringify(event: object): string {
  try {
    return JSON.stringify(event) ?? '';
  } catch {
    // What holds itself was never on a wire.
    return '';
  }
}
