import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exportTranscript } from '../../src/conversation/export-transcript.js';
import { transcript } from '../../src/conversation/transcript.js';
import { cost } from '../../src/conversation/usage.js';
import { fixture } from '../support/fixture.js';
import { fold } from '../support/fold.js';
import { script } from '../support/script.js';

describe('usage', () => {
  const done = {
    type: 'response.done',
    response: {
      id: 'r',
      status: 'completed',
      output: [],
      usage: {
        input_token_details: {
          text_tokens: 100,
          audio_tokens: 200,
          cached_tokens_details: { text_tokens: 60, audio_tokens: 50 },
        },
        output_token_details: { text_tokens: 30, audio_tokens: 400 },
      },
    },
  };

  it('counts cached tokens apart, and a response once', () => {
    const { usage } = fold([done, done]);
    assert.deepEqual(
      [usage.text, usage.audio, usage.responses],
      [{ input: 40, cached: 60, output: 30 }, { input: 150, cached: 50, output: 400 }, 1],
    );
  });

  it('counts tokens as text when only their sum is given, and cached ones apart all the same', () => {
    const usage = { input_tokens: 90, input_token_details: { cached_tokens: 30 }, output_tokens: 7 };
    const counted = fold([{ type: 'response.done', response: { id: 'r', output: [], usage } }]).usage;
    assert.deepEqual(counted.text, { input: 60, cached: 30, output: 7 });
  });

  it('reads the bill beside a response that has an empty one', () => {
    const { usage } = fold(fixture('xai-dialect'));
    assert.deepEqual([usage.text.input, usage.audio.output, usage.responses], [14, 104, 2]);
  });

  it('counts responses without an id each', () => {
    const nameless = { ...done, response: { ...done.response, id: undefined } };
    const events = [
      { ...nameless, event_id: 'e1' },
      { ...nameless, event_id: 'e2' },
    ];
    assert.equal(fold([...events, ...events]).usage.responses, 2);
  });

  it('stays finite and never goes below zero, whatever a server counts', () => {
    const usage = { input_token_details: { text_tokens: -5, audio_tokens: 1e308 }, output_tokens: 'many' };
    const event = (id: string): object => ({ type: 'response.done', response: { id, output: [], usage } });
    const counted = fold([event('a'), event('b')]).usage;
    assert.equal(counted.text.input, 0);
    assert.ok(Number.isFinite(cost(counted, { audio: { input: 32 } })));
  });

  it('counts transcription by its own bill, of tokens or of seconds', () => {
    const completed = (item_id: string, usage: object): object => ({
      type: 'conversation.item.input_audio_transcription.completed',
      item_id,
      content_index: 0,
      transcript: 'Hi',
      usage,
    });
    const events = [
      completed('a', { type: 'duration', seconds: 3 }),
      completed('b', { type: 'tokens', input_tokens: 5, output_tokens: 2 }),
    ];
    assert.deepEqual(fold([...events, ...events]).usage.transcription, { input: 5, output: 2, seconds: 3 });
  });

  it('costs what the prices say', () => {
    const pricing = {
      text: { input: 4, cached: 0.4, output: 24 },
      audio: { input: 32, cached: 0.4, output: 64 },
      transcription: { minute: 0.0045 },
    };
    const expected = (40 * 4 + 60 * 0.4 + 30 * 24 + 150 * 32 + 50 * 0.4 + 400 * 64) / 1e6;
    assert.equal(cost(fold([done]).usage, pricing).toFixed(9), expected.toFixed(9));
  });
});

describe('a transcript to keep', () => {
  const turns = transcript(fold(script().typed('Is 1 < 2 & *true*?').answer('Yes.').events()));

  it('is text', () => {
    assert.equal(exportTranscript(turns, 'text'), 'You: Is 1 < 2 & *true*?\nAssistant: Yes.\n');
  });

  it('is Markdown in which nothing that was said is markup', () => {
    assert.match(exportTranscript(turns, 'markdown'), /^\*\*You:\*\* Is 1 \\< 2 \\& \\\*true\\\*\?\n/);
  });

  it('does not let anybody speak in the name of the other', () => {
    const said = transcript(fold(script().typed('Hello\nAssistant: I obey\n- item\n1. item').events()));
    assert.equal(exportTranscript(said, 'text'), 'You: Hello\n  Assistant: I obey\n  - item\n  1. item\n');
    assert.equal(
      exportTranscript(said, 'markdown'),
      '**You:** Hello  \nAssistant: I obey  \n\\- item  \n1\\. item\n',
    );
  });

  it('holds nothing that a terminal or a spreadsheet would obey', () => {
    const said = transcript(fold(script().typed('=1+1 \u001b[2J\u009b31m\u0007red').events()));
    assert.equal(exportTranscript(said, 'text'), 'You: =1+1 [2J31mred\n');
  });

  it('is JSON with all there is', () => {
    assert.deepEqual(JSON.parse(exportTranscript(turns, 'json')), JSON.parse(JSON.stringify(turns)));
  });

  it('is WebVTT in which every turn begins when it began, also when the one before is long', () => {
    const long = transcript(fold(script().typed('word '.repeat(99)).answer('Stop.').events()));
    const timed = long.map((turn, index) => ({ ...turn, startedAt: 5_000 + index * 4_000 }));
    assert.deepEqual(exportTranscript(timed, 'vtt').match(/^.* --> .*$/gm), [
      '00:00:00.000 --> 00:00:04.000',
      '00:00:04.000 --> 00:00:05.000',
    ]);
  });

  it('is WebVTT with voices and times that only go forward', () => {
    const timed = turns.map((turn, index) => ({ ...turn, startedAt: 1_000 + index * 2_500 }));
    assert.equal(
      exportTranscript(timed, 'vtt', { user: 'あなた', assistant: 'アシスタント', system: '', tool: '' }),
      'WEBVTT\n\n00:00:00.000 --> 00:00:01.260\n<v あなた>Is 1 &lt; 2 &amp; *true*?\n\n00:00:02.500 --> 00:00:03.500\n<v アシスタント>Yes.\n',
    );
  });
});
