import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { languages, stage } from '../../demo/gallery/cell.js';
import { failures, scenes } from '../../demo/gallery/scenes.js';
import { StagedVoice } from '../../demo/gallery/staged-voice.js';
import { echo, type Talk } from '../../demo/gallery/talks.js';
import { registerStrings, type Strings } from '../../src/index.js';
import en from '../../src/locales/en.js';
import { covered, overflowing } from '../support/overflow.js';
import { visibleTexts } from '../support/visible-texts.js';

StagedVoice.define('staged-voice');

/** Floating is the narrowest, so it shows every state; failures differ in their words alone. */
const cells = [
  ...[...Object.keys(scenes), 'closed'].map((state) => ({ layout: 'floating', state }) as const),
  ...['idle', 'all kinds of turns', 'settings open'].flatMap((state) =>
    (['inline', 'compact'] as const).map((layout) => ({ layout, state })),
  ),
].map((cell) => ({ ...cell, theme: 'light' }));

/** Every string marked, and each of its words 40 % longer: what a long-winded language may ask for. */
function pseudo<Value>(value: Value): Value {
  if (typeof value === 'string') return longer(value) as Value;
  if (typeof value === 'function') return ((...given: unknown[]) => longer(String(value(...given)))) as Value;
  return Object.fromEntries(
    Object.entries(value as object).map(([name, inner]) => [name, pseudo(inner)]),
  ) as Value;
}

function longer(text: string): string {
  return `⟦${text.replace(/\p{L}+/gu, (word) => word + word.slice(0, Math.ceil(word.length * 0.4)))}⟧`;
}

describe('<realtime-voice> in every language, on a narrow screen', function () {
  this.timeout(20_000);
  let page: HTMLElement;

  before(() => setViewport({ width: 320, height: 640 }));
  after(() => setViewport({ width: 800, height: 600 }));
  beforeEach(() => {
    page = document.createElement('div');
    document.body.append(page);
  });
  afterEach(() => page.remove());

  /** What is wrong in any state. All are staged at once, since some take a moment, and judged one by one. */
  const faults = async (
    language: string,
    judge: (voice: StagedVoice) => readonly string[],
    talk?: Talk,
  ): Promise<readonly string[]> => {
    const found: string[] = [];
    const look = (voice: StagedVoice, name: string): void =>
      void found.push(...judge(voice).map((fault) => `${name}: ${fault}`));
    const frames = cells.map(() => document.createElement('div'));
    page.replaceChildren(...frames);
    const voices = await Promise.all(
      frames.map((frame, at) => stage({ ...cells[at]!, language }, frame, 'staged-voice', talk)),
    );
    for (const voice of voices) voice.hidden = true;
    for (const [at, voice] of voices.entries()) {
      voice.hidden = false;
      look(voice, `${cells[at]?.layout}, ${cells[at]?.state}`);
      voice.hidden = true;
    }
    const [voice] = voices;
    if (!voice) return found;
    voice.hidden = false;
    for (const [code, failure] of Object.entries(failures)) {
      failure(voice, echo(''));
      await voice.updateComplete;
      look(voice, code);
    }
    return found;
  };

  describe('in a made-up one with longer words', () => {
    before(() => registerStrings('qps', pseudo<Strings>(en)));
    const words = echo('⟦words of the conversation⟧');

    it('shows no word that is not translated', async () => {
      const untranslated = await faults(
        'qps',
        (voice) =>
          visibleTexts(voice.renderRoot).filter((text) => /\p{L}/u.test(text.replace(/⟦[^⟧]*(⟧|$)/g, ''))),
        words,
      );
      expect(untranslated).to.deep.equal([]);
    });

    it('cuts nothing off', async () => {
      const overflow = await faults(
        'qps',
        (voice) => [...overflowing(voice.renderRoot), ...covered(voice.renderRoot as ShadowRoot)],
        words,
      );
      expect(overflow).to.deep.equal([]);
    });
  });

  for (const language of languages) {
    it(`cuts nothing off in ${language}`, async () => {
      const overflow = await faults(language, (shown) => overflowing(shown.renderRoot));
      expect(overflow).to.deep.equal([]);
    });
  }
});
