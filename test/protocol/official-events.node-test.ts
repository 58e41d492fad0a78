import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime';
import { emptyConversation, type Conversation } from '../../src/conversation/conversation.js';
import { reduce } from '../../src/conversation/reduce.js';
import { parseServerEvent } from '../../src/protocol/parse-server-event.js';
import { lines } from '../support/fold.js';
import { officialEvents } from './official-events.js';

const examples: readonly RealtimeServerEvent[] = Object.values(officialEvents);

describe('the official events', () => {
  it('are 46', () => assert.equal(examples.length, 46));

  for (const example of examples) {
    it(`${example.type} is read with every field and folded alone`, () => {
      const event = parseServerEvent(JSON.stringify(example));
      assert.deepEqual(event, example);
      assert.ok(reduce(emptyConversation, event).items.length <= 1);
    });
  }

  it('make a conversation, also as the official package types them', () => {
    const conversation = examples.reduce<Conversation>((c, event) => reduce(c, event), emptyConversation);
    assert.deepEqual(lines(conversation), [
      'user done: What time is it?',
      'assistant interrupted: It is noon. | It is',
      'user failed: ',
      'assistant done: In writing.',
      'tool pending: clock({"zone":"UTC"})',
      'tool done: ({"q":"noon"})',
      'tool failed: ()',
    ]);
  });
});
