import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { emptyConversation, type Conversation } from '../../src/conversation/conversation.js';
import { exportTranscript } from '../../src/conversation/export-transcript.js';
import { reduce } from '../../src/conversation/reduce.js';
import { transcript } from '../../src/conversation/transcript.js';
import { cost } from '../../src/conversation/usage.js';
import type { ServerEvent } from '../../src/protocol/server-event.js';
import { parseServerEvent } from '../../src/protocol/parse-server-event.js';
import { officialEvents } from '../protocol/official-events.js';
import { permuted, withRepeats } from '../support/disorder.js';
import { fold, lines } from '../support/fold.js';
import { script } from '../support/script.js';
import { stepsOf } from '../support/work.js';

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

describe('the same events in another order', () => {
  const expected = lines(fold(story));

  it('give the same transcript, with final events twice and unknown ones in between', () => {
    const keys = fc.array(fc.double({ noNaN: true }), { minLength: story.length, maxLength: story.length });
    fc.assert(
      fc.property(keys, fc.array(fc.nat(story.length), { maxLength: 8 }), (order, noise) => {
        const news = { type: 'some.news', item_id: 'a1', delta: 'invented' };
        const events = withRepeats(permuted(story, order)).flatMap((event, index) =>
          noise.includes(index) ? [event, news] : [event],
        );
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
    ...Object.keys(officialEvents),
    'conversation.item.input_audio_transcription.updated',
    'local.approval',
    'local.restored',
    'local.ended',
    'local.transcription_timeout',
    '__proto__',
    'constructor',
    'full_message',
    'partial_message',
  ];
  const odd = fc.constantFrom<unknown>(
    '__proto__',
    'constructor',
    'toString',
    'a',
    '\ud800',
    '',
    null,
    1e308,
    -1,
    NaN,
  );
  const any = fc.oneof(fc.anything(), odd);
  const item = fc.record(
    {
      id: any,
      type: fc.oneof(any, fc.constantFrom('message', 'function_call', 'function_call_output', 'mcp_call')),
      role: any,
      status: fc.oneof(any, fc.constantFrom('completed', 'incomplete', 'in_progress')),
      call_id: any,
      approval_request_id: any,
      content: fc.oneof(any, fc.array(fc.oneof(any, fc.record({ type: any, text: any, transcript: any })))),
      arguments: any,
      output: any,
      error: any,
    },
    { requiredKeys: [] },
  );
  const event = fc.record(
    {
      type: fc.constantFrom(...types),
      event_id: any,
      item_id: any,
      previous_item_id: any,
      response_id: any,
      item: fc.oneof(any, item),
      items: any,
      response: fc.oneof(
        any,
        fc.record({
          id: any,
          status: any,
          output: fc.oneof(any, fc.array(item)),
          usage: any,
          conversation_id: any,
        }),
      ),
      content_index: any,
      delta: any,
      transcript: any,
      text: any,
      part: any,
      audio_end_ms: any,
      session: any,
      usage: any,
      data: any,
      id: any,
      total_fragments: any,
      fragment_index: any,
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
        for (const format of ['text', 'markdown', 'json', 'vtt'] as const)
          exportTranscript(transcript(conversation), format);
        assert.ok(Number.isFinite(cost(conversation.usage, { text: { input: 1, output: 1 } })));
      }),
      { numRuns: 2_000 },
    );
    assert.deepEqual(Object.keys(Object.prototype), []);
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
  it('costs about the same at its end as at its beginning', async () => {
    const long = script();
    for (let turn = 0; turn < 1_000; turn += 1) long.answer('word '.repeat(60), { deltas: 100 }, `a${turn}`);
    const [, ...events] = long.events();
    const size = events.length / 1_000;
    let conversation = emptyConversation;
    const say = (first: number, after: number): void => {
      for (const one of events.slice(first * size, after * size)) conversation = reduce(conversation, one);
    };
    say(0, 100);
    const early = await stepsOf('/src/conversation/', () => say(100, 110));
    say(110, 990);
    const late = await stepsOf('/src/conversation/', () => say(990, 1_000));
    assert.ok(early > 10 * size, `${early} steps`);
    // Every event walking through all turns would be hundreds.
    assert.ok(late < 3 * early, `${early} steps, then ${late}`);
    assert.equal(transcript(conversation).length, 1_000);
  });
});
