import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { permuted, withLateItems, withLateWords, withNews, withRepeats } from '../support/disorder.js';
import { fixture } from '../support/fixture.js';
import { fold, lines } from '../support/fold.js';

interface Expectation {
  readonly lines: readonly string[];
  /** The server names the predecessor of every item, so that nothing depends on the order of arrival. */
  readonly linked?: boolean;
}

const count = 'one two three four five six seven eight nine ten';

const streams: Readonly<Record<string, Expectation>> = {
  'late-user-transcript': {
    linked: true,
    lines: [
      'user done: When do you open?',
      'assistant done: Opening hours are nine to five.',
      'user done: And at the weekend?',
      'assistant done: Yes, on Saturdays too.',
      'user done: Thanks.',
    ],
  },
  'tool-round': {
    linked: true,
    lines: [
      'user done: Have you got lamps?',
      'assistant done: Let me look that up.',
      'tool done: stock({"item":"lamp"}) = {"left":3}',
      'assistant done: Three are left.',
    ],
  },
  'idle-nudge': {
    linked: true,
    lines: [
      'user done: Hello',
      'assistant done: Hello. How can I help?',
      'assistant done: Are you still there?',
    ],
  },
  'interleaved-late-done': {
    linked: true,
    lines: [
      'user done: News and weather',
      'assistant done: First the news.',
      'assistant done: Then the weather.',
    ],
  },
  interruptions: {
    linked: true,
    lines: [
      'user done: played long after',
      `assistant interrupted: ${count} | one two three four five`,
      'user done: stop one',
      `assistant interrupted: ${count} | one two`,
      'user done: go on',
      'assistant interrupted: one two three | one',
      'user done: again',
      'assistant interrupted: never heard | ',
      'user done: and again',
      `assistant interrupted: ${count}`,
      'user done: quiet now',
      'user done: last',
      'assistant done: all heard',
    ],
  },
  'mcp-approval': {
    linked: true,
    lines: [
      'user done: What is the rate limit?',
      'tool done: search({"q":"rate"}) = 60 a minute',
      'assistant done: Sixty a minute.',
      'user done: Show me secrets',
      'tool rejected: search({"q":"secrets"})',
    ],
  },
  'beta-names': {
    linked: true,
    lines: [
      'assistant done: Welcome to the museum.',
      'user done: Where are',
      'user done: the dinosaurs?',
      'assistant done: The dinosaurs are upstairs.',
    ],
  },
  'azure-filter': {
    linked: true,
    lines: [
      'user done: Good morning',
      'assistant done: Good morning.',
      'user done: What is on today?',
      'assistant done: A concert at eight.',
    ],
  },
  'azure-voice-live': {
    linked: true,
    lines: [
      'user done: One line about rain',
      'assistant done: Rain writes on glass.',
      'user done: Another one.',
      'assistant done: With pleasure.',
    ],
  },
  'xai-dialect': {
    lines: [
      'user done: Be brief.',
      'user done: When is high water?',
      'assistant done: I will ask the harbour.',
      'tool done: tide({"port":"Ost"}) = 14:20',
      'assistant done: At twenty past two.',
    ],
  },
  'xai-reconnect': {
    lines: [
      'user done: My name is Ada.',
      'assistant done: Hello Ada.',
      'user done: What is the tide?',
      'tool done: tide() = 14:20',
      'assistant done: It is at 14:20.',
      'user done: What is my name?',
      'assistant done: Ada.',
    ],
  },
  'local-ai': {
    lines: [
      'user done: Tell me a joke.',
      'assistant done: Two fish are in a tank.',
      'user done: And?',
      'assistant done: One says: how do you drive this?',
    ],
  },
  'hugging-face': {
    lines: [
      'user done: Switch on the light, please.',
      'assistant done: One moment.',
      'user done: Is it on?',
      'assistant done: It is on.',
    ],
  },
  speaches: {
    lines: ['user done: Wie wird das Wetter? ☀', 'assistant done: Schön, bis 24 °C.'],
  },
};

for (const [name, expected] of Object.entries(streams)) {
  describe(`the stream ${name}`, () => {
    const events = fixture(name);
    const reads = (disturbed: typeof events): void =>
      assert.deepEqual(lines(fold(disturbed)), expected.lines);

    it('reads as it was said', () => reads(events));
    it('reads the same with final events repeated', () => reads(withRepeats(events)));
    it('reads the same with unknown events in between', () => reads(withNews(events)));
    it('reads the same when the words of the visitor come last', () => reads(withLateWords(events)));

    if (expected.linked) {
      it('reads the same when items come after their words', () => reads(withLateItems(events)));
      it('reads the same in any order', () => {
        const keys = fc.array(fc.nat(), { minLength: events.length, maxLength: events.length });
        fc.assert(
          fc.property(keys, (order) => reads(permuted(withRepeats(withNews(events)), [...order, ...order]))),
          { numRuns: 60 },
        );
        fc.assert(
          fc.property(keys, (order) => reads(permuted(events, order))),
          { numRuns: 60 },
        );
      });
    }
  });
}
