import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CLIENT_TEMPLATES, composeExample, ITEM_FIELDS, readComposed } from '../../src/event-log/compose.js';
import { officialTypes } from './official-types.js';

describe('composing an event', () => {
  it('has a template for each client event of the official types with the fields that they require, and for no other', () => {
    const known = Object.entries(CLIENT_TEMPLATES).map(([type, { required }]): [string, string[]] => [
      type,
      required.filter((path) => !path.includes('.')).sort(),
    ]);
    assert.deepEqual(new Map(known.sort()), new Map([...officialTypes('RealtimeClientEvent')].sort()));
  });

  it('knows of each kind of item which fields the official types require', () => {
    const known = Object.entries(ITEM_FIELDS).map(([type, fields]): [string, string[]] => [
      type,
      [...fields].sort(),
    ]);
    assert.deepEqual(new Map(known.sort()), new Map([...officialTypes('ConversationItem')].sort()));
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

  it('says which field of an item is missing, and takes an empty output of a function', () => {
    const item = (fields: object): string =>
      JSON.stringify({ type: 'conversation.item.create', item: { type: 'function_call_output', ...fields } });
    assert.deepEqual(readComposed(item({ output: '' })), {
      problem: { kind: 'field', field: 'item.call_id' },
    });
    assert.deepEqual(readComposed(item({ call_id: 'c' })), {
      problem: { kind: 'field', field: 'item.output' },
    });
    assert.ok('event' in readComposed(item({ call_id: 'c', output: '' })));
  });

  it('leaves it to the server to judge what the official types do not know', () => {
    assert.ok('event' in readComposed('{"type":"conversation.item.create","item":{"type":"vendor_item"}}'));
  });
});
