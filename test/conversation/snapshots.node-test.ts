import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { emptyConversation, type Conversation } from '../../src/conversation/conversation.js';
import { reduce } from '../../src/conversation/reduce.js';
import { transcript } from '../../src/conversation/transcript.js';
import { parseServerEvent } from '../../src/protocol/parse-server-event.js';
import type { ServerEvent } from '../../src/protocol/server-event.js';
import { fixture } from '../support/fixture.js';

const names = readdirSync(new URL('../fixtures', import.meta.url)).map((file) => file.replace('.jsonl', ''));

/** Every event of a stream with the conversation before it and after it. */
function steps(name: string): readonly { event: ServerEvent; before: Conversation; after: Conversation }[] {
  let before = emptyConversation;
  return fixture(name).map((message) => {
    const event = parseServerEvent(JSON.stringify(message));
    const after = reduce(before, event);
    const step = { event, before, after };
    before = after;
    return step;
  });
}

function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  Object.values(value).forEach(deepFreeze);
}

for (const name of names) {
  describe(`the snapshots of ${name}`, () => {
    it('stay the same object when an event comes twice in a row', () => {
      for (const { event, after } of steps(name)) {
        const told = event['event_id'] !== '' && event.type !== 'partial_message';
        if (told) assert.equal(reduce(after, event), after, JSON.stringify(event));
      }
    });

    it('keep the turns of all items but one when an event is about that one', () => {
      for (const { event, before, after } of steps(name)) {
        if (typeof event['item_id'] !== 'string') continue;
        const known = new Map(transcript(before).map((turn) => [turn.id, turn]));
        for (const turn of transcript(after))
          assert.ok(
            turn.id === event['item_id'] || known.get(turn.id) === turn,
            `${event.type} changed ${turn.id}`,
          );
      }
    });

    it('are never written to', () => {
      let conversation = emptyConversation;
      for (const { event } of steps(name)) {
        deepFreeze(event);
        conversation = reduce(conversation, event);
        deepFreeze(conversation);
      }
    });
  });
}
