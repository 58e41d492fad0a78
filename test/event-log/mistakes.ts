import type { LintCode } from '../../src/event-log/lint-rules.js';
import type { Script } from './envelopes.js';

/** Events that show a mistake, and others that only come near it, by what they are. */
interface Mistake {
  readonly made: (s: Script) => void;
  readonly near: Readonly<Record<string, (s: Script) => void>>;
}

const created = { type: 'response.created', response: { id: 'r1' } };
const done = { type: 'response.done', response: { id: 'r1', status: 'completed' } };
const playing = { type: 'output_audio_buffer.started', response_id: 'r1' };
const answer = { type: 'response.create' };
const cancel = { type: 'response.cancel' };
const clear = { type: 'output_audio_buffer.clear' };
const commit = { type: 'input_audio_buffer.commit' };
const anything = { type: 'rate_limits.updated' };

const update = (session: object) => ({ type: 'session.update', session: { type: 'realtime', ...session } });
const session = (settings: object) => ({
  type: 'session.created',
  session: { type: 'realtime', ...settings },
});
const voice = (name: string) => ({ audio: { output: { voice: name } } });
const call = (id: string, status = 'completed') => ({
  type: `response.output_item.${status === 'in_progress' ? 'added' : 'done'}`,
  item: { id: `item_${id}`, type: 'function_call', status, call_id: id, name: 'now' },
});
const output = (id: string) => ({
  type: 'conversation.item.create',
  item: { type: 'function_call_output', call_id: id, output: '12:00' },
});
const message = (role: string, type: string) => ({
  type: 'conversation.item.create',
  item: { type: 'message', role, content: [{ type, text: 'Hello' }] },
});
const image = (bytes: number) => ({
  type: 'conversation.item.create',
  item: { type: 'message', role: 'user', content: [{ type: 'input_image', image_url: 'x'.repeat(bytes) }] },
});
const refusal = (error: object) => ({ type: 'error', error: { type: 'invalid_request_error', ...error } });

/** An answer that is heard, what the client sends on top of it, and what comes a while later. */
const interrupted =
  (...sent: { readonly type: string }[]) =>
  (s: Script): void => {
    s.server(created);
    s.server(playing);
    for (const event of sent) s.client(event);
    s.server(anything, 1_500);
  };

/** Each mistake that can be noticed, with events that show it and events that must not be taken for it. */
export const mistakes: Readonly<Record<LintCode, Mistake>> = {
  'response-while-active': {
    made: (s) => (s.server(created), s.client(answer)),
    near: {
      'an answer beside the conversation': (s) => (
        s.server(created),
        s.client({ ...answer, response: { conversation: 'none' } })
      ),
      'one after the other': (s) => (s.server(created), s.server(done), s.client(answer)),
      'the answer beside the conversation is the active one': (s) => (
        s.server({ ...created, response: { id: 'r1', conversation_id: null } }),
        s.client(answer)
      ),
      'another refusal': (s) => s.server(refusal({ code: 'response_cancel_not_active' })),
    },
  },
  'old-field': {
    made: (s) => s.client(update({ modalities: ['text'] })),
    near: { 'the same under its name of today': (s) => s.client(update({ output_modalities: ['text'] })) },
  },
  'old-event': {
    made: (s) => s.client({ type: 'transcription_session.update', session: {} }),
    near: { 'the event of today': (s) => s.client(update({ type: 'transcription' })) },
  },
  'old-content': {
    made: (s) => s.client(message('assistant', 'text')),
    near: {
      'the visitor’s words': (s) => s.client(message('user', 'input_text')),
      'the assistant’s words': (s) => s.client(message('assistant', 'output_text')),
    },
  },
  'missing-session-type': {
    made: (s) => s.client({ type: 'session.update', session: { instructions: 'Be brief.' } }),
    near: { 'an update with it': (s) => s.client(update({ instructions: 'Be brief.' })) },
  },
  'update-refused': {
    made: (s) => s.server(refusal({ code: 'unknown_parameter', param: 'session.colour' })),
    near: {
      'something else was refused': (s) =>
        s.server(refusal({ code: 'invalid_value', param: 'item.content' })),
      'nothing is named': (s) => s.server(refusal({ code: 'invalid_value', param: null })),
      'a field that has a hint of its own': (s) =>
        s.server(refusal({ code: 'unknown_parameter', param: 'session.temperature' })),
    },
  },
  'two-modalities': {
    made: (s) => s.client(update({ output_modalities: ['audio', 'text'] })),
    near: { 'one of them': (s) => s.client(update({ output_modalities: ['audio'] })) },
  },
  'truncate-on-webrtc': {
    made: (s) => (s.server(playing), s.client({ type: 'conversation.item.truncate', item_id: 'a' })),
    near: { 'over a WebSocket': (s) => s.client({ type: 'conversation.item.truncate', item_id: 'a' }) },
  },
  'append-on-webrtc': {
    made: (s) => (s.server(playing), s.client({ type: 'input_audio_buffer.append', audio: '' })),
    near: { 'over a WebSocket': (s) => s.client({ type: 'input_audio_buffer.append', audio: '' }) },
  },
  'output-without-response': {
    made: (s) => (s.client(output('c1')), s.server(anything, 6_000)),
    near: {
      'a response follows': (s) => (s.client(output('c1')), s.client(answer), s.server(anything, 6_000)),
      'a moment later': (s) => (s.client(output('c1')), s.server(anything, 4_000)),
      'another function still runs': (s) => (
        s.server(call('c1')),
        s.server(call('c2')),
        s.client(output('c1')),
        s.server(anything, 6_000)
      ),
      'the answer that called it goes on': (s) => (
        s.server(created),
        s.client(output('c1')),
        s.server(anything, 6_000)
      ),
    },
  },
  'response-before-outputs': {
    made: (s) => (s.server(call('c1')), s.server(call('c2')), s.client(output('c1')), s.client(answer)),
    near: {
      'after the last output': (s) => (
        s.server(call('c1')),
        s.server(call('c2')),
        s.client(output('c1')),
        s.client(output('c2')),
        s.client(answer)
      ),
      'the visitor types while a function runs': (s) => (
        s.server(call('c1')),
        s.client(message('user', 'input_text')),
        s.client(answer)
      ),
    },
  },
  'call-without-output': {
    made: (s) => (s.server(call('c1')), s.server(anything, 31_000)),
    near: {
      'it gets one': (s) => (
        s.server(call('c1')),
        s.client(output('c1')),
        s.client(answer),
        s.server(anything, 31_000)
      ),
      'it was interrupted': (s) => (s.server(call('c1', 'incomplete')), s.server(anything, 31_000)),
      'a person is asked': (s) => (
        s.server(call('c1')),
        s.add('local', { type: 'local.approval_request', item_id: 'item_c1' }, 10),
        s.server(anything, 31_000)
      ),
    },
  },
  'output-too-early': {
    made: (s) => (s.server(call('c1', 'in_progress')), s.client(output('c1')), s.client(answer)),
    near: {
      'the call is complete': (s) => (
        s.server(call('c1', 'in_progress')),
        s.server(call('c1')),
        s.client(output('c1')),
        s.client(answer)
      ),
      'a call that was made before anybody watched': (s) => (s.client(output('c1')), s.client(answer)),
    },
  },
  'output-twice': {
    made: (s) => (s.client(output('c1')), s.client(output('c1')), s.client(answer)),
    near: { 'two calls': (s) => (s.client(output('c1')), s.client(output('c2')), s.client(answer)) },
  },
  'commit-without-response': {
    made: (s) => (
      s.server(session({ audio: { input: { turn_detection: null } } })),
      s.client(commit),
      s.server(anything, 6_000)
    ),
    near: {
      'a response follows': (s) => (
        s.server(session({ audio: { input: { turn_detection: null } } })),
        s.client(commit),
        s.client(answer),
        s.server(anything, 6_000)
      ),
      'the server answers by itself': (s) => (
        s.server(session({ audio: { input: { turn_detection: { type: 'semantic_vad' } } } })),
        s.client(commit),
        s.server(anything, 6_000)
      ),
      'the session only transcribes': (s) => (
        s.server(session({ type: 'transcription', audio: { input: { turn_detection: null } } })),
        s.client(commit),
        s.server(anything, 6_000)
      ),
    },
  },
  'commit-too-short': {
    made: (s) => s.server(refusal({ code: 'input_audio_buffer_commit_empty' })),
    near: { 'another refusal': (s) => s.server(refusal({ code: 'response_cancel_not_active' })) },
  },
  'model-retires': {
    made: (s) => s.server(session({ model: 'gpt-4o-realtime-preview-2024-12-17' })),
    near: { 'a model without an announced end': (s) => s.server(session({ model: 'gpt-realtime-2.1' })) },
  },
  'no-transcription': {
    made: (s) => (
      s.server(session({ audio: { input: { transcription: null } } })),
      s.server({ type: 'input_audio_buffer.committed', item_id: 'u' })
    ),
    near: {
      'it is on': (s) => (
        s.server(session({ audio: { input: { transcription: { model: 'gpt-transcribe' } } } })),
        s.server({ type: 'input_audio_buffer.committed', item_id: 'u' })
      ),
      'it is switched on in time': (s) => (
        s.server(session({ audio: { input: { transcription: null } } })),
        s.server({
          type: 'session.updated',
          session: { audio: { input: { transcription: { model: 'gpt-transcribe' } } } },
        }),
        s.server({ type: 'input_audio_buffer.committed', item_id: 'u' })
      ),
      'nothing is known of it': (s) => (
        s.server(session({})),
        s.server({ type: 'input_audio_buffer.committed', item_id: 'u' })
      ),
    },
  },
  'cancel-without-clear': {
    made: (s) => (s.server(playing), s.client(cancel), s.server(done, 1_500)),
    near: {
      'both are sent': (s) => (s.server(playing), s.client(cancel), s.client(clear), s.server(done, 1_500)),
      'nothing is heard yet': (s) => (s.server(created), s.client(cancel), s.server(done, 1_500)),
      'the visitor interrupts as well': (s) => (
        s.server(playing),
        s.client(cancel),
        s.server({ type: 'output_audio_buffer.cleared', response_id: 'r1' }),
        s.server(done, 1_500)
      ),
    },
  },
  'clear-without-cancel': {
    made: interrupted(clear),
    near: {
      'both are sent': interrupted(cancel, clear),
      'before anything is heard': (s) => (
        s.server(created),
        s.client(cancel),
        s.client(clear),
        s.server(anything, 1_500)
      ),
      'in the other order': interrupted(clear, cancel),
      'the answer is made and only its sound goes on': (s) => (
        s.server(created),
        s.server(playing),
        s.server(done),
        s.client(clear),
        s.server(anything, 1_500)
      ),
    },
  },
  'model-changed': {
    made: (s) => (
      s.server(session({ model: 'gpt-realtime-2' })),
      s.client(update({ model: 'gpt-realtime-2.1' }))
    ),
    near: {
      'the model that it has': (s) => (
        s.server(session({ model: 'gpt-realtime-2' })),
        s.client(update({ model: 'gpt-realtime-2' }))
      ),
    },
  },
  'voice-changed': {
    made: (s) => (s.server(session(voice('alloy'))), s.server(playing), s.client(update(voice('marin')))),
    near: {
      'before it has spoken': (s) => (s.server(session(voice('alloy'))), s.client(update(voice('marin')))),
      'the voice that it has': (s) => (
        s.server(session(voice('alloy'))),
        s.server(playing),
        s.client(update(voice('alloy')))
      ),
    },
  },
  'speed-changed': {
    made: (s) => (s.server(created), s.client(update({ audio: { output: { speed: 1.2 } } }))),
    near: {
      'between turns': (s) => (
        s.server(created),
        s.server(done),
        s.client(update({ audio: { output: { speed: 1.2 } } }))
      ),
    },
  },
  'too-large': {
    // Only afterwards it shows that this is WebRTC.
    made: (s) => (s.client(image(70_000)), s.server(playing)),
    near: {
      'over a WebSocket': (s) => s.client(image(70_000)),
      'just small enough': (s) => (s.server(playing), s.client(image(65_000))),
    },
  },
  'session-expired': {
    made: (s) => s.server(refusal({ code: 'session_expired' })),
    near: { 'another error': (s) => s.server(refusal({ code: 'rate_limit_exceeded' })) },
  },
};
