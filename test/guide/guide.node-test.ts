import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { loadGuide, type GuideText } from '../../src/guide/guide.js';
import en, { phrases as enPhrases } from '../../src/guide/en.js';
import ja, { phrases as jaPhrases } from '../../src/guide/ja.js';
import { neighbours } from '../../src/guide/neighbours.js';
import { summary } from '../../src/guide/summary.js';
import type { ServerEvent } from '../../src/protocol/server-event.js';
import { officialTypes } from '../event-log/official-types.js';

/** The `type` of every event in the installed package: a new one fails the test until it is described. */
const eventTypes = (): readonly string[] =>
  ['RealtimeServerEvent', 'RealtimeClientEvent'].flatMap((union) => [...officialTypes(union).keys()]);

/** The steps of the widget itself, read from where it records them. */
function recordedSteps(): readonly string[] {
  const session = new URL('../../src/session/', import.meta.url);
  return readdirSync(session).flatMap((file) =>
    [...readFileSync(new URL(file, session), 'utf8').matchAll(/type: '(local\.\w+)'/g)].map(
      ([, type]) => type ?? '',
    ),
  );
}

const FIELDS = (
  'error response session item part content delta transcript text arguments name output status status_details reason ' +
  'usage total_tokens rate_limits remaining limit role type raw code message audio audio_end_ms event ms state __proto__'
).split(' ');

const JAPANESE = /[\u3040-\u30ff\u4e00-\u9fff]/;

const OLD_NAMES = [
  'response.text.delta',
  'response.text.done',
  'response.audio.delta',
  'response.audio.done',
  'response.audio_transcript.delta',
  'response.audio_transcript.done',
  'conversation.item.created',
  'transcription_session.created',
  'transcription_session.updated',
  'transcription_session.update',
  'input_audio_buffer.partial_transcription',
];

for (const language of ['en', 'ja']) {
  describe(`the guide in ${language}`, () => {
    it('describes every event of the installed openai package, and the old names', async () => {
      const guide = await loadGuide(language);
      const types = eventTypes();
      assert.ok(types.length >= 57, `${types.length} events`);
      assert.deepEqual(
        [...types, ...OLD_NAMES].filter((type) => !guide.entry(type)),
        [],
      );
    });

    it('describes every step that the widget records', async () => {
      const guide = await loadGuide(language);
      const steps = recordedSteps();
      assert.ok(steps.includes('local.token'));
      assert.deepEqual(
        steps.filter((type) => !guide.entry(type)),
        [],
      );
    });

    it('says of an old name that it is another name, and of which event', async () => {
      const guide = await loadGuide(language);
      const [old, today] = ['response.text.delta', 'response.output_text.delta'].map((type) =>
        guide.entry(type),
      );
      assert.ok(old?.meaning.includes('response.output_text.delta'));
      assert.ok(old?.meaning.endsWith(today?.meaning ?? '?'));
      assert.equal(today?.meaning.includes('response.output_text.delta'), false);
    });

    it('says how much an event matters', async () => {
      const guide = await loadGuide(language);
      const { matters } = language === 'ja' ? jaPhrases : enPhrases;
      const said = [
        'response.done',
        'session.created',
        'response.mcp_call.failed',
        'response.output_audio.done',
      ];
      assert.deepEqual(
        said.map((type) => guide.entry(type)?.matters),
        [matters.essential, matters.useful, matters.rare, matters.ignore],
      );
    });

    it('says something of each', () => {
      const texts: Readonly<Record<string, GuideText>> = language === 'ja' ? ja : en;
      for (const [type, text] of Object.entries(texts)) {
        for (const [field, words] of Object.entries(text))
          assert.ok(words.trim().length > 1, `${type} ${field}`);
      }
    });
  });
}

describe('the guide', () => {
  it('is Japanese where it should be', () => {
    for (const [type, text] of Object.entries(ja)) {
      for (const [field, words] of Object.entries(text)) assert.match(words, JAPANESE, `${type} ${field}`);
    }
    for (const words of [...Object.values(jaPhrases.matters), jaPhrases.otherName('error')])
      assert.match(words, JAPANESE);
  });

  it('points only to events that it knows', () => {
    for (const [type, [before, after]] of Object.entries(neighbours)) {
      for (const other of [...before, ...after])
        assert.ok(Object.hasOwn(neighbours, other), `${type} → ${other}`);
    }
  });

  it('says nothing of events that are not of the protocol', async () => {
    const guide = await loadGuide('en');
    assert.deepEqual(
      ['response.cancelled', '__proto__', 'constructor'].map((type) => guide.entry(type)),
      [undefined, undefined, undefined],
    );
  });

  it('is English in languages that it has not', async () => {
    assert.equal((await loadGuide('fr-CA')).entry('error')?.title, en.error.title);
  });
});

/** What a summary reads, holding whatever a broken server may put there. */
const anyFields = fc.letrec<{ value: unknown; fields: Record<string, unknown> }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, 3, 'word', '😀'.repeat(90), 'a\nb'),
    tie('fields'),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
  fields: fc.dictionary(fc.constantFrom(...FIELDS), tie('value'), { maxKeys: 4 }),
})).fields;

describe('a summary', () => {
  for (const [event, line] of [
    [{ type: 'response.output_text.delta', delta: ' word' }, '“ word”'],
    [{ type: 'error', error: { code: 'unknown_parameter', message: 'No.' } }, 'unknown_parameter: No.'],
    [
      {
        type: 'response.done',
        response: {
          status: 'cancelled',
          status_details: { reason: 'turn_detected' },
          usage: { total_tokens: 9 },
        },
      },
      'cancelled · turn_detected · 9 tokens',
    ],
    [
      { type: 'conversation.item.added', item: { type: 'function_call', name: 'f', arguments: '{}' } },
      'f({})',
    ],
    [
      {
        type: 'conversation.item.done',
        item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hi' }] },
      },
      'user “Hi”',
    ],
    [{ type: 'response.output_audio.delta', delta: 'AAAA' }, '3 B'],
    [{ type: 'input_audio_buffer.append', audio: '[8 characters of data]' }, '[8 characters of data]'],
    [{ type: 'rate_limits.updated', rate_limits: [{ limit: 9 }] }, '? ?/9'],
    [{ type: 'input_audio_buffer.cleared' }, ''],
  ] as const) {
    it(`is ${line || 'empty'} for ${event.type}`, () => {
      assert.equal(summary(event.type, event), line);
    });
  }

  it('is one short line, whatever the payload', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(neighbours), '__proto__'), anyFields, (type, fields) => {
        const line = summary(type, { ...fields, type } as ServerEvent);
        assert.ok(line.length <= 120 && !/\n|undefined|\[object/.test(line), line);
      }),
      { numRuns: 500 },
    );
  });
});
