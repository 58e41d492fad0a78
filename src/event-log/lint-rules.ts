import type { Origin } from '../protocol/envelope.js';
import { asRecord, record, text, type JsonRecord } from '../protocol/server-event.js';
import type { LogEntry } from './event-log.js';
import { isBetaSession, movedFields, outputFields, wrongContent } from './lint-names.js';
import { newCallState, type CallState } from './lint-state.js';
import { retirementOf } from './retirements.js';

/** What can be noticed. The sentences about them are the panel's. */
export type LintCode =
  | 'response-while-active'
  | 'old-field'
  | 'old-event'
  | 'old-content'
  | 'missing-session-type'
  | 'update-refused'
  | 'two-modalities'
  | 'truncate-on-webrtc'
  | 'append-on-webrtc'
  | 'output-without-response'
  | 'response-before-outputs'
  | 'call-without-output'
  | 'output-too-early'
  | 'output-twice'
  | 'commit-without-response'
  | 'commit-too-short'
  | 'model-retires'
  | 'no-transcription'
  | 'cancel-without-clear'
  | 'clear-without-cancel'
  | 'model-changed'
  | 'voice-changed'
  | 'speed-changed'
  | 'too-large'
  | 'session-expired';

/** Tells of a mistake; the position is that of the event at hand unless another one shows it better. */
export type Report = (code: LintCode, facts?: Readonly<Record<string, string>>, position?: number) => void;

/** Until then a client may still do what belongs to it. */
const ANSWER_PATIENCE_MS = 5_000;
const CALL_PATIENCE_MS = 30_000;
const STOP_PATIENCE_MS = 1_000;
/** What every browser sends in one message when the server names no limit. */
const MESSAGE_BYTES = 65_536;
const MOST_REMEMBERED = 500;

type Step = (call: CallState, entry: LogEntry, report: Report) => void;

const learnSession: Step = (call, { envelope }, report) => {
  const session = record(envelope.event, 'session');
  if (!session) return;
  call.beta = isBetaSession(session);
  const input = record(record(session, 'audio'), 'input');
  // The beta wrote both at the top.
  const transcription = input ? input['transcription'] : session['input_audio_transcription'];
  const detection = input ? input['turn_detection'] : session['turn_detection'];
  if (transcription !== undefined) call.transcribes = transcription !== null;
  if (detection !== undefined)
    call.answersOnRequest = detection === null && session['type'] !== 'transcription';
  call.model = text(session, 'model') ?? call.model;
  call.voice = text(outputFields(session), 'voice') ?? call.voice;
  for (const model of [text(session, 'model'), text(asRecord(transcription), 'model')]) {
    const end = model === undefined ? undefined : retirementOf(model);
    if (model && end) report('model-retires', { model, day: end.day, successor: end.successor });
  }
};

const checkUpdate: Step = (call, { envelope }, report) => {
  const session = record(envelope.event, 'session');
  if (!session) return;
  if (!call.beta && text(session, 'type') === undefined) report('missing-session-type');
  reportNames(call, session, report);
  const model = text(session, 'model');
  if (model && call.model && model !== call.model) report('model-changed');
  const { voice, speed } = outputFields(session);
  if (call.spoken && typeof voice === 'string' && voice !== call.voice) report('voice-changed');
  if (call.activeResponse !== null && speed !== undefined) report('speed-changed');
};

function reportNames({ beta }: CallState, fields: JsonRecord, report: Report): void {
  if (beta) return;
  for (const moved of movedFields(fields)) report('old-field', { ...moved });
  const modalities = fields['output_modalities'];
  if (Array.isArray(modalities) && modalities.length > 1) report('two-modalities');
}

const checkResponse: Step = (call, entry, report) => {
  const response = record(entry.envelope.event, 'response');
  if (response) reportNames(call, response, report);
  // An answer beside the conversation may be asked for at any time.
  if (text(response, 'conversation') === 'none') return;
  if (call.activeResponse !== null) {
    report('response-while-active');
    call.overlap = true;
  }
  const [open] = [...call.calls.values()].filter(({ completed }) => completed);
  if (call.output && open) report('response-before-outputs', { name: open.name });
  call.output = call.commit = null;
};

const checkItem: Step = (call, entry, report) => {
  const item = record(entry.envelope.event, 'item');
  const [type, id] = [text(item, 'type'), text(item, 'call_id')];
  const wrong = type === 'message' && !call.beta ? wrongContent(item) : undefined;
  if (wrong) report('old-content', wrong);
  if (id === undefined) return;
  if (type === 'function_call') remember(call.told, id);
  if (type !== 'function_call_output' || call.told.has(id)) return;
  if (call.answered.has(id)) report('output-twice');
  const seen = call.calls.get(id);
  if (seen && !seen.completed) report('output-too-early', { name: seen.name });
  remember(call.answered, id);
  call.calls.delete(id);
  call.output = entry;
};

/** Only the latest are looked for again. */
function remember(ids: Set<string>, id: string): void {
  ids.add(id);
  const [oldest] = ids;
  if (ids.size > MOST_REMEMBERED && oldest !== undefined) ids.delete(oldest);
}

const seeCall =
  (completed: boolean): Step =>
  (call, { envelope, position }) => {
    const item = record(envelope.event, 'item');
    const id = text(item, 'call_id');
    if (text(item, 'type') !== 'function_call' || id === undefined || call.answered.has(id)) return;
    // Last in the order of time, however often it is seen.
    call.calls.delete(id);
    if (completed && text(item, 'status') !== 'completed') return;
    const { time } = envelope;
    const [name, itemId] = [text(item, 'name') ?? '', text(item, 'id')];
    call.calls.set(id, { name, itemId, position, time, completed });
  };

/** Mistakes of omission show themselves by later events: nothing is timed here. */
const checkPatience: Step = (call, { envelope }, report) => {
  const late = (entry: LogEntry | null, patience: number): entry is LogEntry =>
    entry !== null && envelope.time - entry.envelope.time > patience;
  const { output, commit, cancel, clear, activeResponse } = call;
  if (late(output, ANSWER_PATIENCE_MS) && activeResponse === null && call.calls.size === 0) {
    report('output-without-response', {}, output.position);
    call.output = null;
  }
  if (late(commit, ANSWER_PATIENCE_MS) && activeResponse === null) {
    report('commit-without-response', {}, commit.position);
    call.commit = null;
  }
  if (late(cancel, STOP_PATIENCE_MS)) {
    report('cancel-without-clear', {}, cancel.position);
    call.cancel = null;
  }
  if (late(clear, STOP_PATIENCE_MS)) {
    report('clear-without-cancel', {}, clear.position);
    call.clear = null;
  }
  for (const [id, { position, time, name, completed }] of call.calls) {
    if (envelope.time - time <= CALL_PATIENCE_MS) break;
    if (completed) report('call-without-output', { name }, position);
    call.calls.delete(id);
  }
};

const checkError: Step = (call, { envelope }, report) => {
  const error = record(envelope.event, 'error');
  const [code, parameter] = [text(error, 'code'), text(error, 'param')];
  if (code === 'input_audio_buffer_commit_empty') report('commit-too-short');
  if (code === 'session_expired') report('session-expired');
  const [root, field = ''] = parameter?.split('.') ?? [];
  const isNamed = field === 'type' || movedFields({ [field]: true }).length > 0;
  if (parameter && root === 'session' && !isNamed) report('update-refused', { parameter });
  if (code !== 'conversation_already_has_active_response') return;
  // Told already where the client could have known.
  if (!call.overlap) report('response-while-active');
  call.overlap = false;
};

const isWebRtc: Step = (call, _entry, report) => {
  call.webrtc = true;
  if (call.large) reportLarge(call.large, report);
  call.large = null;
};

const checkSize: Step = (call, entry, report) => {
  // Over a WebSocket it may be large, and over WebRTC there is a hint of its own.
  if (entry.envelope.type === 'input_audio_buffer.append' || byteLength(entry) <= MESSAGE_BYTES) return;
  if (call.webrtc) reportLarge(entry, report);
  else call.large = entry;
};

function reportLarge(entry: LogEntry, report: Report): void {
  const { type } = entry.envelope;
  report('too-large', { type, bytes: String(byteLength(entry)) }, entry.position);
}

const begin: Step = (call) => void Object.assign(call, newCallState(call.webrtc));

/** What is done with each event, by origin and type; `*` stands for every type and comes last. */
export const LINT_STEPS: Readonly<Record<Origin, ReadonlyMap<string, Step>>> = {
  server: steps({
    '*': checkPatience,
    'session.created': (call, entry, report) => {
      begin(call, entry, report);
      learnSession(call, entry, report);
    },
    'session.updated': learnSession,
    'response.created': (call, { envelope }) => {
      const response = record(envelope.event, 'response');
      if (response && 'conversation_id' in response && response['conversation_id'] === null) return;
      call.activeResponse = text(response, 'id') ?? '';
      call.output = call.commit = null;
    },
    'response.done': (call, { envelope }) => {
      if (text(record(envelope.event, 'response'), 'id') !== call.activeResponse) return;
      call.activeResponse = call.clear = null;
    },
    'response.output_item.added': seeCall(false),
    'response.output_item.done': seeCall(true),
    'output_audio_buffer.started': (call, entry, report) => {
      isWebRtc(call, entry, report);
      call.playing = call.spoken = true;
    },
    'output_audio_buffer.stopped': (call) => {
      call.playing = false;
    },
    'output_audio_buffer.cleared': (call) => {
      call.playing = false;
      call.cancel = null;
    },
    'input_audio_buffer.committed': (call, _entry, report) => {
      if (call.transcribes === false) report('no-transcription');
    },
    error: checkError,
  }),
  client: steps({
    '*': checkSize,
    'session.update': checkUpdate,
    'transcription_session.update': ({ beta }, { envelope }, report) => {
      if (!beta) report('old-event', { type: envelope.type });
    },
    'response.create': checkResponse,
    'response.cancel': (call, entry) => {
      if (call.playing && !call.clear) call.cancel = entry;
      call.clear = null;
      call.cancelled = call.activeResponse;
    },
    'output_audio_buffer.clear': (call, entry) => {
      if (call.activeResponse !== null && call.activeResponse !== call.cancelled) call.clear = entry;
      call.cancel = null;
    },
    'input_audio_buffer.commit': (call, entry) => {
      if (call.answersOnRequest) call.commit = entry;
    },
    'conversation.item.create': checkItem,
    'conversation.item.truncate': (call, _entry, report) => {
      if (call.webrtc) report('truncate-on-webrtc');
    },
    'input_audio_buffer.append': (call, _entry, report) => {
      if (call.webrtc) report('append-on-webrtc');
    },
  }),
  local: steps({
    // Only the widget has steps of its own, and it knows nothing but WebRTC.
    '*': isWebRtc,
    // What was open in a call that has ended stays unanswered.
    'local.ended': begin,
    'local.approval_request': (call, { envelope }) => {
      // A person takes the time that a person takes.
      for (const [id, { itemId }] of call.calls) {
        if (itemId === text(envelope.event, 'item_id')) call.calls.delete(id);
      }
    },
  }),
};

function steps(byType: Readonly<Record<string, Step>>): ReadonlyMap<string, Step> {
  return new Map(Object.entries(byType));
}

/** Length of the event on the wire, in UTF-8. */
function byteLength({ envelope }: LogEntry): number {
  let bytes = 0;
  for (const character of stringify(envelope.event)) {
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
