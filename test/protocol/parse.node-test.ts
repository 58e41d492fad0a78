import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseServerEvent, readMessage } from '../../src/protocol/parse-server-event.js';
import { LogError, readLog } from '../../src/protocol/read-log.js';
import { fold, lines } from '../support/fold.js';
import { script } from '../support/script.js';

const base64 = (event: object): string => Buffer.from(JSON.stringify(event)).toString('base64');
const answer = { type: 'response.output_text.done', item_id: 'a', content_index: 0, text: 'Grüße aus 東京' };

describe('parseServerEvent', () => {
  it('keeps every field of a message', () => {
    const event = { type: 'some.event', event_id: 'e', extra: { deep: [1, null] } };
    assert.deepEqual(parseServerEvent(JSON.stringify(event)), event);
  });

  it('gives beta events their GA names', () => {
    const beta = '{"type":"response.audio_transcript.delta","item_id":"a","delta":"Hi"}';
    assert.deepEqual(parseServerEvent(beta), {
      type: 'response.output_audio_transcript.delta',
      item_id: 'a',
      delta: 'Hi',
    });
  });

  it('leaves the message as it came for those who want to see that', () => {
    assert.equal(readMessage('{"type":"response.text.delta"}').type, 'response.text.delta');
  });

  for (const message of [
    '',
    'null',
    '[]',
    '1',
    '{"no":"type"}',
    '{"type":7}',
    '{"type":',
    undefined,
    new ArrayBuffer(3),
  ]) {
    it(`makes an event of what cannot be read: ${String(message)}`, () => {
      assert.equal(parseServerEvent(message).type, 'malformed');
    });
  }

  it('keeps the beginning of a huge unreadable message, and its size', () => {
    assert.deepEqual(
      { ...parseServerEvent('x'.repeat(1e6)), raw: undefined },
      { type: 'malformed', raw: undefined, size: 1e6 },
    );
  });
});

describe('the words of other servers', () => {
  it('under the names of the beta', () => {
    const names: Readonly<Record<string, string>> = {
      'response.output_audio_transcript.delta': 'response.audio_transcript.delta',
      'response.output_audio_transcript.done': 'response.audio_transcript.done',
      'conversation.item.added': 'conversation.item.created',
    };
    const events = script().typed('Hi').answer('Hello there').events();
    const beta = events
      .filter(({ type }) => type !== 'conversation.item.done')
      .map((event) => ({ ...event, type: names[event.type] ?? event.type }));
    assert.deepEqual(lines(fold(beta)), ['user done: Hi', 'assistant done: Hello there']);
  });

  it('through the few events that Azure lets pass', () => {
    const passes =
      /speech_|output_audio_buffer\.(started|stopped)|transcription\.completed|item\.added|transcript\.(delta|done)/;
    const events = script().spoken('q').answer('An answer').heard('q', 'A question').played().events();
    assert.deepEqual(lines(fold(events.filter(({ type }) => passes.test(type)))), [
      'user done: A question',
      'assistant done: An answer',
    ]);
  });

  it('with a transcript that is repeated as it grows', () => {
    const updated = (transcript: string): object => ({
      type: 'conversation.item.input_audio_transcription.updated',
      item_id: 'q',
      transcript,
    });
    const events = [
      ...script().spoken('q').events(),
      updated('Tell'),
      updated('Tell me'),
      updated('Tell me more'),
    ];
    assert.deepEqual(lines(fold(events)), ['user streaming: Tell me more']);
  });

  it('with words in the item itself, and pings in between', () => {
    const item = {
      id: 'q',
      type: 'message',
      role: 'user',
      content: [{ type: 'input_audio', transcript: 'Spoken' }],
      status: 'completed',
    };
    const events = [{ type: 'ping' }, { type: 'conversation.item.added', previous_item_id: null, item }];
    assert.deepEqual(lines(fold(events)), ['user done: Spoken']);
  });

  it('wrapped whole in base64', () => {
    assert.deepEqual(lines(fold([{ type: 'full_message', id: 'm', data: base64(answer) }])), [
      'assistant done: Grüße aus 東京',
    ]);
  });

  it('wrapped in base64 and in pieces, in any order', () => {
    const data = base64(answer);
    const piece = (fragment_index: number, part: string): object => ({
      type: 'partial_message',
      id: 'm',
      fragment_index,
      total_fragments: 2,
      data: part,
    });
    const cut = 40;
    assert.deepEqual(lines(fold([piece(1, data.slice(cut)), piece(0, data.slice(0, cut))])), [
      'assistant done: Grüße aus 東京',
    ]);
  });
});

describe('readLog', () => {
  it('takes a log that an editor has saved with a byte order mark and Windows line ends', () => {
    const log = '\ufeff{"type":"session.created"}\r\n\r\n{"type":"error"}\r\n';
    assert.deepEqual(
      readLog(log).map(({ event }) => event.type),
      ['session.created', 'error'],
    );
  });

  const event = { type: 'response.done' };

  it('reads what the panel exports and what a server sent', () => {
    const entry = JSON.stringify({ sequence: 1, origin: 'client', type: 'response.done', time: 5, event });
    assert.deepEqual(readLog(`{"format":"some log","version":1}\n${entry}\n\n${JSON.stringify(event)}\n`), [
      { origin: 'client', event, time: 5 },
      { origin: 'server', event, time: null },
    ]);
  });

  for (const [what, log, line] of [
    ['is not JSON', `${JSON.stringify(event)}\n{oops`, 2],
    ['is no object', `${JSON.stringify(event)}\n[1]`, 2],
    ['has no type', `${JSON.stringify(event)}\n\n{"a":1}`, 3],
  ] as const) {
    it(`names the line that ${what}`, () => {
      assert.throws(
        () => readLog(log),
        (error) => error instanceof LogError && error.line === line,
      );
    });
  }
});
