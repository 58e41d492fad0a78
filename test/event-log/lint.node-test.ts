import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { EventLog } from '../../src/event-log/event-log.js';
import { Lint } from '../../src/event-log/lint.js';
import { openLog } from '../../src/event-log/open-log.js';
import type { LintCode } from '../../src/event-log/lint-rules.js';
import type { Envelope } from '../../src/protocol/envelope.js';
import { Script, spokenTurn } from './envelopes.js';
import { mistakes } from './mistakes.js';

function findingsIn(envelopes: readonly Envelope[]) {
  const log = new EventLog(1_000);
  const lint = new Lint();
  for (const envelope of envelopes) lint.observe(log.add(envelope));
  return lint.findings;
}

function findingsOf(fill: (script: Script) => void) {
  const script = new Script();
  fill(script);
  return findingsIn(script.envelopes);
}

const codesOf = (fill: (script: Script) => void): LintCode[] => findingsOf(fill).map(({ code }) => code);

describe('Lint', () => {
  for (const [code, { made, near }] of Object.entries(mistakes)) {
    it(`notices ${code}, and nothing else in the same events`, () => {
      assert.deepEqual(codesOf(made), [code]);
    });
    for (const [what, only] of Object.entries(near)) {
      it(`does not take for ${code}: ${what}`, () => {
        assert.deepEqual(codesOf(only), []);
      });
    }
  }

  it('has nothing to say about a sound session', () => {
    assert.deepEqual(
      codesOf((script) => {
        spokenTurn(script);
        script.server({ type: 'output_audio_buffer.stopped', response_id: 'r2' }, 60_000);
      }),
      [],
    );
  });

  it('has nothing to say about what servers of all kinds have sent', () => {
    const folder = new URL('../fixtures/', import.meta.url);
    for (const file of readdirSync(folder)) {
      const findings = findingsIn(openLog(readFileSync(new URL(file, folder), 'utf8')));
      // Some were recorded with a model that ends, which is no alarm.
      assert.deepEqual(
        findings.filter(({ code }) => code !== 'model-retires'),
        [],
        file,
      );
    }
  });

  it('knows old names for right where the server speaks them', () => {
    assert.deepEqual(
      codesOf((s) => {
        s.server({ type: 'session.created', session: { modalities: ['audio', 'text'], voice: 'alloy' } });
        s.client({ type: 'session.update', session: { modalities: ['audio', 'text'], temperature: 1 } });
        s.client({ type: 'transcription_session.update', session: {} });
        const content = [{ type: 'text', text: 'Hello' }];
        s.client({ type: 'conversation.item.create', item: { type: 'message', role: 'assistant', content } });
        s.client({ type: 'response.create', response: { modalities: ['text'] } });
      }),
      [],
    );
  });

  it('begins anew with each session, since what was restored is no mistake', () => {
    const call = { type: 'function_call', status: 'completed', call_id: 'c1', name: 'now' };
    const output = { type: 'function_call_output', call_id: 'c1', output: '12:00' };
    assert.deepEqual(
      codesOf((s) => {
        s.server({ type: 'session.created', session: { audio: { output: { voice: 'alloy' } } } });
        s.server({ type: 'response.created', response: { id: 'r1' } });
        s.server({ type: 'output_audio_buffer.started', response_id: 'r1' });
        s.server({ type: 'response.output_item.done', item: call });
        s.client({ type: 'conversation.item.create', item: output });
        s.add('local', { type: 'local.ended' }, 10);
        s.server({ type: 'session.created', session: {} }, 10_000);
        s.client({
          type: 'session.update',
          session: { type: 'realtime', audio: { output: { voice: 'marin' } } },
        });
        s.client({ type: 'conversation.item.create', item: call });
        s.client({ type: 'conversation.item.create', item: output });
        s.server({ type: 'rate_limits.updated' }, 60_000);
        s.client({ type: 'response.create' });
      }),
      [],
    );
  });

  it('keeps the mistakes of several calls apart', () => {
    const log = new EventLog(10);
    const lint = new Lint();
    const script = new Script();
    lint.observe(log.add(script.server({ type: 'response.created', response: { id: 'r1' } }), 1));
    lint.observe(log.add(script.client({ type: 'response.create' }), 2));
    assert.deepEqual(lint.findings, []);
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

  it('shows an omission at the event that was left alone', () => {
    const [finding] = findingsOf(mistakes['output-without-response'].made);
    assert.equal(finding?.position, 0);
  });

  it('keeps what it finds within bounds', () => {
    const findings = findingsOf((script) => {
      for (let index = 0; index < 200; index += 1)
        script.server({ type: 'error', error: { param: `session.x${index}` } });
    });
    assert.equal(findings.length, 50);
  });
});
