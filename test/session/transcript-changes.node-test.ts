import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { conversationOrder } from '../../src/conversation/order.js';
import { reduce } from '../../src/conversation/reduce.js';
import { transcript } from '../../src/conversation/transcript.js';
import type { Turn } from '../../src/conversation/turn.js';
import { transcriptChanges } from '../../src/session/transcript-changes.js';
import { fold } from '../support/fold.js';

/** Long enough that items lie in several blocks. */
const BEGINNING = 100;

const place = (number: number): string | null => (number < 0 ? null : `item${number}`);
const message = (number: number, previous: string | null, role = 'user'): object => ({
  type: 'conversation.item.added',
  previous_item_id: previous,
  item: {
    id: `item${number}`,
    type: 'message',
    role,
    status: 'completed',
    content: [{ type: 'input_text', text: `${number}` }],
  },
});
const long = fold(Array.from({ length: BEGINNING }, (_, number) => message(number, place(number - 1))));

const number = fc.oneof(
  fc.integer({ min: 0, max: BEGINNING + 20 }),
  // Where one block of items ends and the next begins.
  fc.constantFrom(31, 32, 63, 64),
);
const event = fc.oneof(
  fc
    .tuple(number, number, fc.constantFrom('user', 'system'))
    .map(([a, b, role]) => message(a, place(b), role)),
  number.map((one) => ({ type: 'conversation.item.deleted', item_id: `item${one}` })),
  number.map((one) => ({ type: 'input_audio_buffer.timeout_triggered', item_id: `item${one}` })),
  number.map((one) => ({ type: 'input_audio_buffer.committed', item_id: `item${one}` })),
  number.map((one) => ({ type: 'response.output_text.delta', item_id: `item${one}`, delta: 'word ' })),
  number.map((one) => ({
    type: 'session.created',
    session: { id: `s${one}`, audio: { input: { transcription: {} } } },
  })),
);

describe('the changes of a long transcript', () => {
  it('lead from one transcript to the next, whatever happens in it', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        let conversation = long;
        const shown = new Map<string, Turn>(transcript(long).map((turn) => [turn.id, turn]));
        for (const one of events) {
          const next = reduce(conversation, one as never);
          for (const { change, turn } of transcriptChanges(conversation, next)) {
            if (change !== 'done') assert.equal(shown.has(turn.id), change !== 'added');
            if (change === 'removed') shown.delete(turn.id);
            else shown.set(turn.id, turn);
          }
          conversation = next;
          assert.deepEqual(new Set(shown.values()), new Set(transcript(conversation)));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('tell of every turn that comes after others than before', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        let conversation = long;
        let shown: readonly Turn[] = transcript(long);
        for (const one of events) {
          const next = reduce(conversation, one as never);
          const changes = transcriptChanges(conversation, next);
          conversation = next;
          const told = new Set(changes.map(({ turn }) => turn.id));
          const untold = ({ id }: Turn): boolean => !told.has(id);
          const ids = (turns: readonly Turn[]): readonly string[] => turns.filter(untold).map(({ id }) => id);
          assert.deepEqual(ids(transcript(conversation)), ids(shown));
          shown = transcript(conversation);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keep the order that the links of all items give', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        const items = fold(events, long).items.flat();
        assert.deepEqual(
          items.map(({ id }) => id),
          conversationOrder(items).map(({ id }) => id),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('cost no look at what was said long before', () => {
    const untouched = long.items.slice(0, -2);
    const next = reduce(long, { type: 'response.output_text.delta', item_id: 'new', delta: 'word' } as never);
    assert.ok(untouched.every((block, index) => block === next.items[index]));
    assert.equal(transcriptChanges(long, next).length, 1);
  });
});
