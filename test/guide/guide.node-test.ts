import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { loadGuide, type GuideText } from '../../src/guide/guide.js';
import en from '../../src/guide/en.js';
import ja from '../../src/guide/ja.js';
import { neighbours } from '../../src/guide/neighbours.js';
import { summary } from '../../src/guide/summary.js';
import type { ServerEvent } from '../../src/protocol/server-event.js';

/** The `type` of every event in the installed package, read from its declarations: a new one fails the test until it is described. */
function officialTypes(): readonly string[] {
  const path = createRequire(import.meta.url)
    .resolve('openai/resources/realtime/realtime')
    .replace(/\.m?js$/, '.d.ts');
  const source = readFileSync(path, 'utf8');
  return ['RealtimeServerEvent', 'RealtimeClientEvent'].flatMap((union) => {
    const members = new RegExp(`export type ${union} = ([^;]+);`).exec(source)?.[1]?.split('|') ?? [];
    return members.map((member) => {
      const name = member.trim().split('.').at(-1) ?? '';
      const type = new RegExp(`interface ${name} \\{[\\s\\S]*?\\n\\s+type: '([^']+)'`).exec(source)?.[1];
      assert.ok(type, `the type of ${name}`);
      return type;
    });
  });
}

const OLD_NAMES = [
  'response.text.delta',
  'response.text.done',
  'response.audio.delta',
  'response.audio.done',
  'response.audio_transcript.delta',
  'response.audio_transcript.done',
  'conversation.item.created',
];

for (const language of ['en', 'ja']) {
  describe(`the guide in ${language}`, () => {
    it('describes every event of the installed openai package, and the old names', async () => {
      const guide = await loadGuide(language);
      const types = officialTypes();
      assert.ok(types.length >= 57, `${types.length} events`);
      assert.deepEqual(
        [...types, ...OLD_NAMES].filter((type) => !guide.entry(type)),
        [],
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
      for (const [field, words] of Object.entries(text))
        assert.match(words, /[\u3040-\u30ff\u4e00-\u9fff]/, `${type} ${field}`);
    }
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
    [{ type: 'input_audio_buffer.cleared' }, ''],
  ] as const) {
    it(`is ${line || 'empty'} for ${event.type}`, () => {
      assert.equal(summary(event.type, event), line);
    });
  }

  it('is one short line, whatever the payload', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(neighbours), '__proto__'),
        fc.dictionary(fc.string(), fc.anything()),
        (type, fields) => {
          const line = summary(type, { ...fields, type } as ServerEvent);
          assert.ok(line.length <= 120 && !line.includes('\n'));
        },
      ),
      { numRuns: 500 },
    );
  });
});
