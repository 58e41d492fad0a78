import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { emptyConversation, type Conversation } from '../../src/conversation/conversation.js';
import { reduce } from '../../src/conversation/reduce.js';
import { transcript } from '../../src/conversation/transcript.js';
import type { ServerEvent } from '../../src/protocol/server-event.js';
import { parseServerEvent } from '../../src/protocol/parse-server-event.js';
import { fold, lines } from '../support/fold.js';
import { script } from '../support/script.js';

/** A conversation with everything that can overtake something else. */
const story = script()
  .typed('What is the weather?', 'u1')
  .answer('Let me look.', { deltas: 3 }, 'a1')
  .spoken('u2')
  .answer('It is sunny and warm in Tokyo today.', { deltas: 6, audioMs: 4_000 }, 'a2')
  .cutAt(2_000)
  .heard('u2', 'And in Tokyo?')
  .spoken('u3')
  .heard('u3', '')
  .answer('You are welcome.', { deltas: 2 }, 'a3')
  .played()
  .events();

const isDelta = ({ type }: ServerEvent): boolean => type.endsWith('.delta');
const isDone = ({ type }: ServerEvent): boolean => /\.(done|completed)$/.test(type);

/** Events in another order, the deltas of each item in theirs. */
function permuted(events: readonly ServerEvent[], keys: readonly number[]): readonly ServerEvent[] {
  const shuffled = events
    .map((event, index) => ({ event, key: keys[index] ?? 0 }))
    .toSorted((a, b) => a.key - b.key);
  const deltas = new Map<unknown, ServerEvent[]>();
  for (const event of events.filter(isDelta))
    deltas.set(event['item_id'], [...(deltas.get(event['item_id']) ?? []), event]);
  return shuffled.map(({ event }) =>
    isDelta(event) ? (deltas.get(event['item_id'])?.shift() ?? event) : event,
  );
}

describe('the same events in another order', () => {
  const expected = lines(fold(story));

  it('give the same transcript, with final events twice and unknown ones in between', () => {
    const keys = fc.array(fc.double({ noNaN: true }), { minLength: story.length, maxLength: story.length });
    fc.assert(
      fc.property(keys, fc.array(fc.nat(story.length), { maxLength: 8 }), (order, noise) => {
        const events = permuted(story, order).flatMap((event, index) => [
          event,
          ...(isDone(event) ? [event] : []),
          ...(noise.includes(index) ? [{ type: 'some.news', item_id: 'a1', delta: 'invented' }] : []),
        ]);
        assert.deepEqual(lines(fold(events)), expected);
      }),
      { numRuns: 300 },
    );
  });

  it('tell the story that the script wrote', () => {
    assert.deepEqual(expected, [
      'user done: What is the weather?',
      'assistant done: Let me look.',
      'user done: And in Tokyo?',
      'assistant interrupted: It is sunny and warm in Tokyo today. | It is sunny and',
      'assistant done: You are welcome.',
    ]);
  });
});

describe('any input', () => {
  const types = [
    ...new Set(story.map(({ type }) => type)),
    'error',
    'rate_limits.updated',
    '__proto__',
    'constructor',
    'full_message',
    'partial_message',
  ];
  const event = fc.record(
    {
      type: fc.constantFrom(...types),
      item_id: fc.anything(),
      previous_item_id: fc.anything(),
      response_id: fc.anything(),
      item: fc.oneof(
        fc.anything(),
        fc.record({ id: fc.string(), type: fc.string(), role: fc.anything(), content: fc.anything() }),
      ),
      response: fc.oneof(
        fc.anything(),
        fc.record({ id: fc.string(), output: fc.anything(), usage: fc.anything() }),
      ),
      content_index: fc.anything(),
      delta: fc.anything(),
      transcript: fc.anything(),
      text: fc.anything(),
      audio_end_ms: fc.anything(),
      session: fc.anything(),
      data: fc.anything(),
    },
    { requiredKeys: ['type'] },
  );

  it('is folded without an exception', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        const conversation = events.reduce(
          (c: Conversation, one) => reduce(c, one as ServerEvent),
          emptyConversation,
        );
        transcript(conversation);
      }),
      { numRuns: 1_000 },
    );
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
  });

  it('is parsed without an exception', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.json(), fc.anything()),
        (message) => void parseServerEvent(message).type,
      ),
      { numRuns: 1_000 },
    );
  });

  it('never makes up words', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ id: fc.constantFrom('a', 'b'), words: fc.string() }), { maxLength: 20 }),
        (said) => {
          const events = said.map(({ id, words }) => ({
            type: 'response.output_text.delta',
            item_id: id,
            content_index: 0,
            delta: words,
          }));
          const received = (id: string): string =>
            said
              .filter((one) => one.id === id)
              .map(({ words }) => words)
              .join('');
          for (const turn of transcript(fold(events))) assert.ok(received(turn.id).includes(turn.text));
        },
      ),
    );
  });
});

describe('a long conversation', () => {
  it('costs about the same at its end as at its beginning', () => {
    const turns = Array.from({ length: 1_000 }, (_, turn) =>
      script().answer('word '.repeat(60), { deltas: 90 }, `a${turn}`).events().slice(1),
    );
    let conversation = emptyConversation;
    const costs = turns.map((events) => {
      const began = performance.now();
      for (const one of events) conversation = reduce(conversation, one);
      return performance.now() - began;
    });
    const sum = (part: readonly number[]): number => part.reduce((total, cost) => total + cost, 0);
    // Measured 1.6 to 2.5; every event walking through all turns would be hundreds.
    assert.ok(
      sum(costs.slice(-100)) < 6 * sum(costs.slice(100, 200)),
      `${sum(costs.slice(100, 200))} then ${sum(costs.slice(-100))} ms`,
    );
    assert.equal(transcript(conversation).length, 1_000);
  });

  it('holds a million deltas in little memory', () => {
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    let conversation = emptyConversation;
    for (let count = 0; count < 1_000_000; count += 1) {
      const item_id = `a${Math.floor(count / 1_000)}`;
      conversation = reduce(conversation, {
        type: 'response.output_text.delta',
        item_id,
        content_index: 0,
        delta: 'word ',
      });
    }
    globalThis.gc?.();
    const grown = (process.memoryUsage().heapUsed - before) / 1e6;
    assert.equal(transcript(conversation).length, 1_000);
    assert.ok(grown < 20, `${grown.toFixed(1)} MB`);
  });
});
