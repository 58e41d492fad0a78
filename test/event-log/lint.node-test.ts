import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EventLog } from '../../src/event-log/event-log.js';
import { Lint } from '../../src/event-log/lint.js';
import type { LintCode } from '../../src/event-log/lint-rules.js';
import { Script, spokenTurn } from './envelopes.js';

function findingsOf(fill: (script: Script) => void) {
  const script = new Script();
  fill(script);
  const log = new EventLog(1_000);
  const lint = new Lint();
  for (const envelope of script.envelopes) lint.observe(log.add(envelope));
  return lint.findings;
}

const created = { type: 'response.created', response: { id: 'r1' } };
const done = { type: 'response.done', response: { id: 'r1', status: 'completed' } };
const playing = { type: 'output_audio_buffer.started', response_id: 'r1' };
const call = { type: 'function_call', status: 'completed', call_id: 'c1', name: 'now' };
const output = {
  type: 'conversation.item.create',
  item: { type: 'function_call_output', call_id: 'c1', output: '12:00' },
};

/** For each mistake a stream that makes it and, where it matters, one that only comes near it. */
const cases: Readonly<Record<LintCode, { made: (s: Script) => void; near?: (s: Script) => void }>> = {
  'response-while-active': {
    made: (s) => (s.server(created), s.client({ type: 'response.create' })),
    near: (s) => (
      s.server(created),
      s.client({ type: 'response.create', response: { conversation: 'none' } }),
      s.server(done),
      s.client({ type: 'response.create' })
    ),
  },
  'old-field': {
    made: (s) => s.client({ type: 'session.update', session: { type: 'realtime', modalities: ['text'] } }),
    near: (s) =>
      s.client({ type: 'session.update', session: { type: 'realtime', output_modalities: ['text'] } }),
  },
  'old-event': { made: (s) => s.client({ type: 'transcription_session.update', session: {} }) },
  'missing-session-type': {
    made: (s) => s.client({ type: 'session.update', session: { instructions: 'Be brief.' } }),
    near: (s) => s.client({ type: 'session.update', session: { type: 'realtime' } }),
  },
  'truncate-on-webrtc': {
    made: (s) => (s.server(playing), s.client({ type: 'conversation.item.truncate', item_id: 'a' })),
    near: (s) => s.client({ type: 'conversation.item.truncate', item_id: 'a' }),
  },
  'append-on-webrtc': {
    made: (s) => (s.server(playing), s.client({ type: 'input_audio_buffer.append', audio: '' })),
    near: (s) => s.client({ type: 'input_audio_buffer.append', audio: '' }),
  },
  'output-without-response': {
    made: (s) => (s.client(output), s.server({ type: 'rate_limits.updated' }, 6_000)),
    near: (s) => (
      s.client(output),
      s.client({ type: 'response.create' }),
      s.server({ type: 'rate_limits.updated' }, 6_000)
    ),
  },
  'call-without-output': {
    made: (s) => (
      s.server({ type: 'response.output_item.done', item: call }),
      s.server({ type: 'rate_limits.updated' }, 31_000)
    ),
    near: (s) => (
      s.server({ type: 'response.output_item.done', item: call }),
      s.client(output),
      s.client({ type: 'response.create' }),
      s.server({ type: 'rate_limits.updated' }, 31_000)
    ),
  },
  'output-twice': { made: (s) => (s.client(output), s.client(output)), near: (s) => s.client(output) },
  'model-retires': {
    made: (s) => s.server({ type: 'session.created', session: { model: 'gpt-realtime' } }),
    near: (s) => s.server({ type: 'session.created', session: { model: 'gpt-realtime-2.1' } }),
  },
  'no-transcription': {
    made: (s) => (
      s.server({ type: 'session.created', session: { audio: { input: { transcription: null } } } }),
      s.server({ type: 'input_audio_buffer.committed', item_id: 'u' })
    ),
    near: (s) => (
      s.server({ type: 'session.created', session: { audio: { input: { transcription: { model: 'x' } } } } }),
      s.server({ type: 'input_audio_buffer.committed', item_id: 'u' })
    ),
  },
  'cancel-without-clear': {
    made: (s) => (s.server(playing), s.client({ type: 'response.cancel' }), s.server(done, 1_500)),
    near: (s) => (
      s.server(playing),
      s.client({ type: 'response.cancel' }),
      s.client({ type: 'output_audio_buffer.clear' }),
      s.server(done, 1_500)
    ),
  },
  'model-changed': {
    made: (s) =>
      s.client({ type: 'session.update', session: { type: 'realtime', model: 'gpt-realtime-2.1' } }),
  },
  'voice-changed': {
    made: (s) => (
      s.server(playing),
      s.client({
        type: 'session.update',
        session: { type: 'realtime', audio: { output: { voice: 'marin' } } },
      })
    ),
    near: (s) =>
      s.client({
        type: 'session.update',
        session: { type: 'realtime', audio: { output: { voice: 'marin' } } },
      }),
  },
  'too-large': {
    made: (s) => s.client({ type: 'conversation.item.create', item: { text: '語'.repeat(22_000) } }),
    near: (s) => s.client({ type: 'conversation.item.create', item: { text: 'x'.repeat(22_000) } }),
  },
  'commit-too-short': {
    made: (s) => s.server({ type: 'error', error: { code: 'input_audio_buffer_commit_empty' } }),
    near: (s) => s.server({ type: 'error', error: { code: 'response_cancel_not_active' } }),
  },
};

describe('Lint', () => {
  for (const [code, { made, near }] of Object.entries(cases)) {
    it(`notices ${code}`, () => {
      assert.ok(findingsOf(made).some((finding) => finding.code === code));
    });
    if (near) {
      it(`does not take for ${code} what only comes near it`, () => {
        assert.ok(findingsOf(near).every((finding) => finding.code !== code));
      });
    }
  }

  it('has nothing to say about a sound session', () => {
    assert.deepEqual(
      findingsOf((script) => {
        spokenTurn(script);
        script.server({ type: 'output_audio_buffer.stopped', response_id: 'r2' }, 60_000);
      }),
      [],
    );
  });

  it('tells a mistake once, with how often and where it was made last', () => {
    const [finding, ...others] = findingsOf((script) => {
      for (let index = 0; index < 3; index += 1) script.client({ type: 'session.update', session: {} });
    });
    assert.deepEqual(others, []);
    assert.deepEqual(finding, { code: 'missing-session-type', facts: {}, count: 3, position: 2 });
  });

  it('says where a beta field went', () => {
    const [finding] = findingsOf((script) =>
      script.client({ type: 'session.update', session: { type: 'realtime', voice: 'alloy' } }),
    );
    assert.deepEqual(finding?.facts, { field: 'voice', place: 'audio.output.voice' });
  });
});
