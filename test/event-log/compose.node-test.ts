import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RealtimeClientEvent } from 'openai/resources/realtime/realtime';
import { CLIENT_TEMPLATES, composeExample, readComposed } from '../../src/event-log/compose.js';

/** Every client event of the official types: a new one does not compile until it stands here. */
const OFFICIAL: Readonly<Record<RealtimeClientEvent['type'], true>> = {
  'conversation.item.create': true,
  'conversation.item.delete': true,
  'conversation.item.retrieve': true,
  'conversation.item.truncate': true,
  'input_audio_buffer.append': true,
  'input_audio_buffer.clear': true,
  'input_audio_buffer.commit': true,
  'output_audio_buffer.clear': true,
  'response.cancel': true,
  'response.create': true,
  'session.update': true,
};

describe('composing an event', () => {
  it('has a template for each client event of the official types, and for no other', () => {
    assert.deepEqual(Object.keys(CLIENT_TEMPLATES).sort(), Object.keys(OFFICIAL).sort());
  });

  it('starts from an example that has every required field', () => {
    for (const [type, { required, example }] of Object.entries(CLIENT_TEMPLATES)) {
      for (const field of required) assert.ok(field.split('.')[0] ?? '' in example, `${type} ${field}`);
      assert.equal((JSON.parse(composeExample(type)) as { type: string }).type, type);
    }
  });

  it('gives the event when nothing is missing', () => {
    assert.deepEqual(readComposed('{"type":"session.update","session":{"type":"realtime"}}'), {
      event: { type: 'session.update', session: { type: 'realtime' } },
    });
  });

  it('says why a text cannot be sent', () => {
    assert.deepEqual(readComposed('{'), { problem: { kind: 'json' } });
    assert.deepEqual(readComposed('[]'), { problem: { kind: 'object' } });
    assert.deepEqual(readComposed('{"type":"session.end"}'), {
      problem: { kind: 'type', type: 'session.end' },
    });
    assert.deepEqual(readComposed('{"type":"constructor"}'), {
      problem: { kind: 'type', type: 'constructor' },
    });
    assert.deepEqual(readComposed('{"type":"session.update","session":{}}'), {
      problem: { kind: 'field', field: 'session.type' },
    });
  });
});
