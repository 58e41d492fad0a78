import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { activity } from '../../src/conversation/activity.js';
import { emptyConversation } from '../../src/conversation/conversation.js';
import { heardText } from '../../src/conversation/heard-text.js';
import { reduce } from '../../src/conversation/reduce.js';
import { transcript } from '../../src/conversation/transcript.js';
import { fold, lines } from '../support/fold.js';
import { script } from '../support/script.js';

const transcription = 'conversation.item.input_audio_transcription';

describe('the transcript', () => {
  it('shows both sides in the order in which they spoke', () => {
    const events = script().typed('Hi').answer('Hello there').typed('Bye').answer('Goodbye').events();
    assert.deepEqual(lines(fold(events)), [
      'user done: Hi',
      'assistant done: Hello there',
      'user done: Bye',
      'assistant done: Goodbye',
    ]);
  });

  it('keeps the question above the answer when its words come later', () => {
    const events = script().spoken('q').answer('An answer').heard('q', ' The question ').events();
    assert.deepEqual(lines(fold(events)), ['user done: The question', 'assistant done: An answer']);
  });

  it('waits visibly for words that are being transcribed, and only for those', () => {
    const events = script().spoken('q').events();
    assert.deepEqual(lines(fold(events)), ['user streaming: ']);
    assert.deepEqual(lines(fold(script({ transcribes: false }).spoken('q').events())), []);
  });

  it('marks speech that could not be transcribed, or of which nothing was heard in time', () => {
    const waiting = fold(script().spoken('q').events());
    const failed = fold(
      [{ type: `${transcription}.failed`, item_id: 'q', content_index: 0, error: {} }],
      waiting,
    );
    assert.deepEqual(lines(failed), ['user failed: ']);
    const late = reduce(waiting, { type: 'local.transcription_timeout', item_id: 'q' });
    assert.deepEqual(lines(late), ['user failed: ']);
    assert.deepEqual(
      lines(
        fold(
          [{ type: `${transcription}.completed`, item_id: 'q', content_index: 0, transcript: 'After all' }],
          late,
        ),
      ),
      ['user done: After all'],
    );
  });

  it('leaves out speech in which there were no words', () => {
    assert.deepEqual(lines(fold(script().spoken('q').heard('q', '').events())), []);
  });

  it('writes a delta once that comes twice, and each of those that share an id', () => {
    const delta = (event_id: string, words: string): object => ({
      type: 'response.output_text.delta',
      event_id,
      item_id: 'a',
      content_index: 0,
      delta: words,
    });
    const twice = [delta('e1', 'very'), delta('e1', 'very'), delta('e2', ' very'), delta('e3', ' good')];
    assert.deepEqual(lines(fold(twice)), ['assistant streaming: very very good']);
    const shared = [delta('e', 'very'), delta('e', ' very'), delta('e', ' good')];
    assert.deepEqual(lines(fold(shared)), ['assistant streaming: very very good']);
    const nameless = [delta('', 'ha'), delta('', 'ha')];
    assert.deepEqual(lines(fold(nameless)), ['assistant streaming: haha']);
  });

  it('writes words once that come as text and as spoken text', () => {
    const part = { item_id: 'a', content_index: 0 };
    const events = ['Hello', ' there'].flatMap((delta) => [
      { type: 'response.output_audio_transcript.delta', ...part, delta },
      { type: 'response.output_text.delta', ...part, delta },
    ]);
    assert.deepEqual(lines(fold(events)), ['assistant streaming: Hello there']);
  });

  it('keeps words when the transcriber repeats itself without them', () => {
    const completed = (transcript: string): object => ({
      type: `${transcription}.completed`,
      item_id: 'q',
      content_index: 0,
      transcript,
    });
    const asked = fold(script().spoken('q').events());
    assert.deepEqual(lines(fold([completed('Hello'), completed('')], asked)), ['user done: Hello']);
    assert.deepEqual(lines(fold([completed(''), completed('Hello')], asked)), ['user done: Hello']);
  });

  it('shows speech that became an item although its sound was cleared, and only that', () => {
    const started = { type: 'input_audio_buffer.speech_started', item_id: 'q', audio_start_ms: 0 };
    const cleared = { type: 'input_audio_buffer.cleared' };
    const gone = fold([...script().events(), started, cleared]);
    assert.deepEqual(lines(gone), []);
    const committed = { type: 'input_audio_buffer.committed', item_id: 'q', previous_item_id: null };
    assert.deepEqual(lines(fold([committed], gone)), ['user streaming: ']);
  });

  it('does not wait for the words of an item that nobody has heard of', () => {
    const conversation = fold(script().events());
    const late = { type: 'local.transcription_timeout', item_id: 'nobody' };
    assert.equal(reduce(conversation, late), conversation);
  });

  it('is done with an answer when its response is, whatever is said of its item', () => {
    const place = { response_id: 'r', item_id: 'a', content_index: 0 };
    const item = { id: 'a', type: 'message', role: 'assistant', status: 'incomplete', content: [] };
    const growing = fold([
      { type: 'conversation.item.created', previous_item_id: null, item },
      { type: 'response.text.delta', ...place, delta: 'All of it' },
    ]);
    assert.deepEqual(lines(growing), ['assistant streaming: All of it']);
    const done = { type: 'response.done', response: { id: 'r', status: 'completed', output: [] } };
    const completed = { ...item, status: 'completed' };
    const events = [{ type: 'response.output_item.done', response_id: 'r', item: completed }, done];
    assert.deepEqual(lines(fold(events, growing)), ['assistant done: All of it']);
    assert.deepEqual(lines(fold([{ type: 'response.text.delta', ...place, delta: 'All' }, done])), [
      'assistant done: All',
    ]);
  });

  it('is not led back by an event that comes late', () => {
    const item = (status: string, transcript: string): object => ({
      id: 'a',
      type: 'message',
      role: 'assistant',
      status,
      content: [{ type: 'output_audio', transcript }],
    });
    const late = {
      type: 'conversation.item.added',
      previous_item_id: null,
      item: item('in_progress', 'Too'),
    };
    const done = {
      type: 'conversation.item.done',
      previous_item_id: null,
      item: item('incomplete', 'Too long'),
    };
    assert.deepEqual(lines(fold([done, late])), ['assistant interrupted: Too long']);
    const words = {
      type: 'response.output_audio_transcript.done',
      item_id: 'a',
      content_index: 0,
      transcript: 'Too long to read',
    };
    assert.deepEqual(lines(fold([words, done])), ['assistant interrupted: Too long to read']);
    const growing = {
      type: 'response.output_audio_transcript.delta',
      item_id: 'a',
      content_index: 0,
      delta: 'Too l',
    };
    assert.deepEqual(lines(fold([late, growing])), ['assistant streaming: Too l']);
  });

  it('keeps the final arguments of a call', () => {
    const call = (status: string, args: string): object => ({
      type: 'conversation.item.added',
      item: { id: 'f', type: 'function_call', status, name: 'clock', call_id: 'c', arguments: args },
    });
    const delta = { type: 'response.function_call_arguments.delta', item_id: 'f', delta: '{"zone"' };
    const calls = [call('completed', '{"zone":1}'), call('in_progress', '{'), delta];
    assert.deepEqual(lines(fold(calls)), ['tool pending: clock({"zone":1})']);
  });

  it('has no place for items of types that nobody knows', () => {
    const delta = { type: 'response.function_call_arguments.delta', item_id: 'f', delta: '{}' };
    for (const type of ['toString', 'reasoning', '__proto__'])
      assert.deepEqual(
        lines(fold([delta, { type: 'conversation.item.added', item: { id: 'f', type } }])),
        [],
      );
  });

  it('ends what is under way when the call ends', () => {
    const call = {
      id: 'f',
      type: 'function_call',
      status: 'completed',
      name: 'clock',
      call_id: 'c',
      arguments: '{}',
    };
    const conversation = fold([
      ...script().answer('Well', { unfinished: true }).spoken('q').events(),
      { type: 'response.output_item.done', response_id: 'r', output_index: 0, item: call },
    ]);
    const ended = transcript(reduce(conversation, { type: 'local.ended' }));
    assert.deepEqual(
      ended.map(({ role, status }) => [role, status]),
      [
        ['assistant', 'interrupted'],
        ['user', 'failed'],
        ['tool', 'interrupted'],
      ],
    );
  });

  it('replaces deltas by the final words', () => {
    const events = script()
      .answer('Helo wrld', { unfinished: true })
      .finish('Hello world', 'completed', 'completed')
      .events();
    assert.deepEqual(lines(fold(events)), ['assistant done: Hello world']);
  });

  it('takes the words from wherever a server puts them', () => {
    const item = (content: object[]): object => ({
      id: 'a',
      type: 'message',
      role: 'assistant',
      status: 'completed',
      content,
    });
    const audio = item([{ type: 'audio', transcript: 'Only here' }]);
    assert.deepEqual(lines(fold([{ type: 'conversation.item.done', previous_item_id: null, item: audio }])), [
      'assistant done: Only here',
    ]);
    assert.deepEqual(
      lines(fold([{ type: 'response.done', response: { id: 'r', status: 'completed', output: [audio] } }])),
      ['assistant done: Only here'],
    );
  });

  it('keeps a beginning of what no voice could say', () => {
    const delta = { type: 'response.output_text.delta', item_id: 'a', delta: 'x'.repeat(60_000) };
    const parts = [0, 0, 1, 2].map((content_index) => ({ ...delta, content_index }));
    assert.equal(transcript(fold(parts))[0]?.text.length, 65_536);
    const full = fold(parts);
    assert.equal(fold([{ ...delta, content_index: 0 }], full), full);
  });

  it('joins the parts of one message, each once', () => {
    const content = [
      { type: 'output_text', text: 'One.' },
      { type: 'output_audio', transcript: 'Two.' },
    ];
    const item = { id: 'a', type: 'message', role: 'assistant', status: 'completed', content };
    const event = { type: 'conversation.item.done', previous_item_id: null, item };
    assert.deepEqual(lines(fold([event, event])), ['assistant done: One. Two.']);
  });

  it('leaves out what the server says to the model when nobody speaks', () => {
    const nudge = {
      id: 'n',
      type: 'message',
      role: 'system',
      status: 'completed',
      content: [{ type: 'input_text', text: 'Ask.' }],
    };
    const events = [
      ...script().typed('Hi', 'u').events(),
      { type: 'input_audio_buffer.timeout_triggered', item_id: 's', audio_start_ms: 0, audio_end_ms: 5_000 },
      { type: 'conversation.item.added', previous_item_id: 'u', item: nudge },
      { type: 'input_audio_buffer.committed', item_id: 's', previous_item_id: 'n' },
      { type: `${transcription}.completed`, item_id: 's', content_index: 0, transcript: '' },
    ];
    assert.deepEqual(lines(fold(events)), ['user done: Hi']);
  });

  it('removes what is deleted, and does not bring it back', () => {
    const events = script().typed('Hi', 'u').events();
    const deleted = fold([...events, { type: 'conversation.item.deleted', item_id: 'u' }]);
    assert.deepEqual(lines(deleted), []);
    assert.deepEqual(lines(fold(events, deleted)), []);
  });

  it('keeps answers that are made outside the conversation out of it', () => {
    const place = { response_id: 'r', item_id: 'x', output_index: 0, content_index: 0 };
    const events = [
      {
        type: 'response.created',
        response: { id: 'r', status: 'in_progress', output: [], conversation_id: null },
      },
      { type: 'response.output_text.delta', ...place, delta: 'Secret' },
      { type: 'response.output_text.done', ...place, text: 'Secret thought' },
    ];
    assert.deepEqual(lines(fold(events)), []);
  });

  it('knows restored items as the turns that they stand for', () => {
    const first = fold(script().typed('one', 'a').events());
    const restored = reduce(first, { type: 'local.restored', items: { rv_1: 'a' } });
    const content = [{ type: 'input_text', text: 'one' }];
    const events = [
      { type: 'session.created', session: { id: 'sess_2' } },
      {
        type: 'conversation.item.added',
        previous_item_id: null,
        item: { id: 'rv_1', type: 'message', role: 'user', status: 'completed', content },
      },
      {
        type: 'conversation.item.added',
        previous_item_id: 'rv_1',
        item: {
          id: 'b',
          type: 'message',
          role: 'user',
          status: 'completed',
          content: [{ type: 'input_text', text: 'two' }],
        },
      },
    ];
    assert.deepEqual(lines(fold(events, restored)), ['user done: one', 'user done: two']);
  });
});

describe('an interruption', () => {
  const words = 'one two three four';

  it('keeps all words of a long finished answer, and tells which were heard', () => {
    const events = script().answer(words, { audioMs: 4_000 }).cutAt(2_000).events();
    assert.deepEqual(lines(fold(events)), ['assistant interrupted: one two three four | one two']);
  });

  it('is seen when the item is complete and its response cancelled', () => {
    const events = script()
      .answer(words, { unfinished: true })
      .finish(words, 'completed', 'cancelled')
      .events();
    assert.deepEqual(lines(fold(events)), ['assistant interrupted: one two three four']);
  });

  it('keeps the part that was generated of an incomplete item', () => {
    const events = script()
      .answer('one two', { unfinished: true })
      .cutAt(500)
      .finish('one two', 'incomplete', 'cancelled', 1_000)
      .events();
    assert.deepEqual(lines(fold(events)), ['assistant interrupted: one two | one']);
  });

  it('marks everything as unheard when it comes before the first sound', () => {
    const events = script()
      .answer(words, { unfinished: true })
      .cutAt(0)
      .finish('', 'incomplete', 'cancelled')
      .events();
    assert.deepEqual(lines(fold(events)), ['assistant interrupted: one two three four | ']);
  });

  it('leaves no turn of an answer that had said nothing yet', () => {
    const events = script().answer('', { unfinished: true }).finish('', 'incomplete', 'cancelled').events();
    assert.deepEqual(lines(fold(events)), []);
  });

  it('marks nothing when the sound had been played to its end', () => {
    const { played } = { played: script().answer(words).played() };
    const events = played.add({ type: 'output_audio_buffer.cleared', response_id: 'resp_answer_1' }).events();
    assert.deepEqual(lines(fold(events)), ['assistant done: one two three four']);
  });

  it('does not blank a turn when the server sends the item without its words', () => {
    const empty = {
      id: 'a',
      type: 'message',
      role: 'assistant',
      status: 'incomplete',
      content: [{ type: 'output_audio', transcript: '' }],
    };
    const events = script()
      .answer(words, {}, 'a')
      .cutAt(900)
      .add({ type: 'conversation.item.retrieved', item: empty })
      .events();
    assert.match(lines(fold(events))[0] ?? '', /^assistant interrupted: one two three four/);
  });

  it('counts from the earliest of several cuts, and tells nothing where the server does not say when', () => {
    const cut = (audio_end_ms?: number): object => ({
      type: 'conversation.item.truncated',
      item_id: 'a',
      content_index: 0,
      audio_end_ms,
    });
    const answer = fold(script().answer(words, { audioMs: 4_000 }, 'a').events());
    assert.deepEqual(lines(fold([cut(2_000), cut(3_500)], answer)), lines(fold([cut(2_000)], answer)));
    assert.deepEqual(lines(fold([cut()], answer)), ['assistant interrupted: one two three four']);
  });

  it('cuts between words where there are spaces and between characters where there are none', () => {
    assert.equal(heardText('今日は Tokyo Tower です', 500, 1_000), '今日は Tokyo');
    assert.equal(heardText('naïve cafés', 999, 1_000), 'naïve');
    assert.equal(heardText('日本👩‍👩‍👧語', 600, 1_000), '日本');
    assert.equal(heardText('one', NaN, 1_000), '');
  });

  it('cuts text without spaces between characters', () => {
    const events = script().answer('こんにちは世界', { audioMs: 1_400 }).cutAt(600).events();
    assert.deepEqual(lines(fold(events)), ['assistant interrupted: こんにちは世界 | こんに']);
  });
});

describe('activity', () => {
  it('follows the sound and not the end of the text', () => {
    const speaking = fold(script().typed('Hi').answer('Hello').events());
    assert.equal(activity(speaking), 'speaking');
    assert.equal(activity(fold(script().typed('Hi').answer('Hello').played().events())), 'listening');
  });

  it('is not ended by the late end of an older answer', () => {
    const events = script().answer('One', {}, 'a').answer('Two', {}, 'b').events();
    const late = fold([...events, { type: 'output_audio_buffer.stopped', response_id: 'resp_a' }]);
    assert.equal(activity(late), 'speaking');
  });

  it('is not ended by the late end of an older response', () => {
    const created = (id: string): object => ({ type: 'response.created', response: { id } });
    const done = { type: 'response.done', response: { id: 'r1', status: 'completed', output: [] } };
    assert.equal(activity(fold([created('r1'), created('r2'), done])), 'thinking');
    assert.equal(activity(fold([created('r1'), done])), 'listening');
  });

  it('goes from hearing to thinking when the visitor stops', () => {
    const hearing = fold([
      ...script().events(),
      { type: 'input_audio_buffer.speech_started', item_id: 'u', audio_start_ms: 0 },
    ]);
    const thinking = fold(
      [{ type: 'input_audio_buffer.speech_stopped', item_id: 'u', audio_end_ms: 1 }],
      hearing,
    );
    assert.deepEqual([activity(hearing), activity(thinking)], ['hearing', 'thinking']);
  });
});

describe('a snapshot', () => {
  it('stays the same object for an event that means nothing to it', () => {
    const conversation = fold(script().typed('Hi').answer('Hello').events());
    assert.equal(reduce(conversation, { type: 'something.unknown', item: { id: 'x' } }), conversation);
    assert.equal(reduce(emptyConversation, { type: 'malformed' }), emptyConversation);
  });

  it('keeps every other turn when one grows', () => {
    const before = fold(
      script().typed('One').answer('Two').answer('Three', { unfinished: true }, 'c').events(),
    );
    const delta = {
      type: 'response.output_audio_transcript.delta',
      response_id: 'resp_c',
      item_id: 'c',
      content_index: 0,
      delta: ' more',
    };
    const after = fold([delta], before);
    const [old, now] = [transcript(before), transcript(after)];
    assert.deepEqual(
      now.map((turn, index) => turn === old[index]),
      [true, true, false],
    );
  });

  it('keeps a turn whose item learned something that nobody sees', () => {
    const before = fold(script().answer('Hello', {}, 'a').events());
    const after = fold([{ type: 'output_audio_buffer.stopped', response_id: 'resp_a' }], before);
    assert.equal(transcript(after)[0], transcript(before)[0]);
  });
});
