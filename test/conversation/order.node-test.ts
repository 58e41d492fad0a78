import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { conversationOrder } from '../../src/conversation/order.js';
import { fold, lines } from '../support/fold.js';
import { script } from '../support/script.js';

/** A message as a server adds it; without `previous` the server does not say where. */
const added = (id: string, previous?: string | null, role = 'user', text = id): object => ({
  type: 'conversation.item.added',
  previous_item_id: previous,
  item: { id, type: 'message', role, status: 'completed', content: [{ type: 'input_text', text }] },
});

/** An answer that the server has added. */
const answered = (id: string, previous?: string | null): readonly object[] => [
  {
    type: 'response.output_item.added',
    response_id: `r_${id}`,
    item: { id, type: 'message', role: 'assistant' },
  },
  added(id, previous, 'assistant'),
];

const order = (...events: readonly object[]): string =>
  lines(fold(events))
    .map((line) => line.split(': ')[1])
    .join(' ');

describe('the order', () => {
  it('keeps an item without a known predecessor where it arrived, and moves it when the predecessor shows up', () => {
    assert.deepEqual(lines(fold([added('c', 'b'), added('x'), added('a', null), added('b', 'a')])), [
      'user done: a',
      'user done: b',
      'user done: c',
      'user done: x',
    ]);
  });

  it('puts what a client inserts at the root before everything', () => {
    const events = script().typed('second', 'b').events();
    assert.deepEqual(lines(fold([...events, added('a', null, 'user', 'first')])), [
      'user done: first',
      'user done: second',
    ]);
  });

  it('does not believe a server that calls every item the first', () => {
    const events = script().typed('one').answer('two').typed('three').answer('four').events();
    const lying = events.map((event) =>
      'previous_item_id' in event ? { ...event, previous_item_id: null } : event,
    );
    assert.deepEqual(lines(fold(lying)), [
      'user done: one',
      'assistant done: two',
      'user done: three',
      'assistant done: four',
    ]);
  });

  it('puts the turns of a new session after those of the one before', () => {
    const first = fold(script().typed('one', 'a').answer('two').events());
    const second = [
      { type: 'session.created', session: { id: 'sess_2' } },
      added('z', null, 'user', 'three'),
    ];
    assert.deepEqual(lines(fold(second, first)), [
      'user done: one',
      'assistant done: two',
      'user done: three',
    ]);
  });

  it('does not believe a server that says null where it does not know', () => {
    const spoken = { type: 'input_audio_buffer.committed', item_id: 'q2', previous_item_id: null };
    const words = {
      type: 'conversation.item.input_audio_transcription.completed',
      item_id: 'q2',
      transcript: 'q2',
    };
    assert.equal(
      order(added('q1', null), ...answered('a1', 'q1'), spoken, words, ...answered('a2', 'q2')),
      'q1 a1 q2 a2',
    );
    assert.equal(
      order(added('q1', null), ...answered('a1', 'q1'), added('q2', null), ...answered('a2', 'q2')),
      'q1 a1 q2 a2',
    );
  });

  it('takes a name rather than null, whichever comes first', () => {
    const committed = { type: 'input_audio_buffer.committed', item_id: 'q2', previous_item_id: null };
    const events = [added('q1', null), ...answered('a1', 'q1'), added('q2', 'a1')];
    assert.equal(order(...events, committed), 'q1 a1 q2');
    assert.equal(order(committed, ...events), 'q1 a1 q2');
    assert.equal(order(added('a', null), added('b', 'a'), added('b', null)), 'a b');
  });

  it('believes the end of an item less than its beginning', () => {
    const done = (id: string, previous: string | null): object => ({
      ...added(id, previous),
      type: 'conversation.item.done',
    });
    const start = [added('a', null), added('b', 'a'), added('c', 'b')];
    assert.equal(order(...start, done('c', 'a'), done('b', null)), 'a b c');
    assert.equal(order(...start, added('d', null), done('d', 'b')), 'a b d c');
  });

  it('is the same whether one item is put in its place or all are', () => {
    const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    const event = fc.oneof(
      fc
        .tuple(ids, fc.option(ids, { nil: null }), fc.boolean())
        .map(([id, previous, known]) => added(id, known ? previous : undefined)),
      fc.tuple(ids, fc.option(ids, { nil: null })).map(([item_id, previous_item_id]) => ({
        type: 'input_audio_buffer.committed',
        item_id,
        previous_item_id,
      })),
      ids.map((item_id) => ({ type: 'input_audio_buffer.speech_started', item_id })),
      ids.map((item_id) => ({ type: 'conversation.item.deleted', item_id })),
      ids.map((id) => ({
        type: 'response.output_item.added',
        response_id: 'r',
        item: { id, type: 'message' },
      })),
      ids.map((id) => ({ type: 'session.created', session: { id } })),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 14 }), (events) => {
        const items = fold(events).items.flat();
        assert.deepEqual(
          items.map(({ id }) => id),
          conversationOrder(items).map(({ id }) => id),
        );
      }),
      { numRuns: 5_000 },
    );
  });

  it('puts what a client inserts right after its predecessor, the latest first', () => {
    assert.equal(order(added('a', null), added('b', 'a'), added('x', 'a'), added('y', 'a')), 'a y x b');
    assert.equal(order(added('a', null), added('b', 'a'), added('x', null), added('c')), 'x a b c');
  });

  it('keeps a cancelled answer above the next question when both name the same predecessor', () => {
    const events = [added('q1', null), ...answered('a1', 'q1')];
    const spoken = { type: 'input_audio_buffer.committed', item_id: 'q2', previous_item_id: 'q1' };
    const words = {
      type: 'conversation.item.input_audio_transcription.completed',
      item_id: 'q2',
      transcript: 'q2',
    };
    assert.equal(order(...events, spoken, words, ...answered('a2', 'q2')), 'q1 a1 q2 a2');
  });

  it('keeps answers where they arrived when only questions name their predecessor', () => {
    const events = [added('q1', null), ...answered('a1'), added('q2', 'a1'), ...answered('a2')];
    assert.equal(order(...events), 'q1 a1 q2 a2');
  });

  it('counts speech from when it became an item', () => {
    const started = { type: 'input_audio_buffer.speech_started', item_id: 'spoken', audio_start_ms: 0 };
    const committed = { type: 'input_audio_buffer.committed', item_id: 'spoken' };
    const words = {
      type: 'conversation.item.input_audio_transcription.completed',
      item_id: 'spoken',
      transcript: 'spoken',
    };
    assert.equal(order(started, added('typed'), committed, words), 'typed spoken');
  });

  it('loses nothing when predecessors form a ring', () => {
    assert.equal(order(added('a', 'c'), added('b', 'a'), added('c', 'b')).length, 'a b c'.length);
  });
});
