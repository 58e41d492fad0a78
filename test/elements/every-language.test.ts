import { expect, waitUntil } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { registerStrings, type Strings } from '../../src/index.js';
import en from '../../src/locales/en.js';
import { covered, overflowing } from '../support/overflow.js';
import { failures, scenes, type Scene } from '../support/scenes.js';
import { StagedVoice } from '../support/staged-voice.js';
import { visibleTexts } from '../support/visible-texts.js';

const LANGUAGES = ['ar', 'de', 'en', 'es', 'fr', 'hi', 'ja', 'pt', 'ru', 'zh', 'zh-Hant'];

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

  /** An element in that state, and in the words of the page. */
  const act = async (scene: Scene, words: string): Promise<StagedVoice> => {
    const voice = document.createElement('staged-voice') as StagedVoice;
    page.replaceChildren(voice);
    await scene(voice, words);
    await voice.updateComplete;
    return voice;
  };

  /** What is wrong in any scene. */
  const faults = async (
    words: string,
    judge: (voice: StagedVoice) => readonly string[],
  ): Promise<readonly string[]> => {
    const found: string[] = [];
    for (const [name, scene] of Object.entries(scenes)) {
      const voice = await act(scene, words);
      found.push(...judge(voice).map((fault) => `${name}: ${fault}`));
    }
    for (const [code, failure] of Object.entries(failures)) {
      const voice = page.firstElementChild as StagedVoice;
      failure(voice, words);
      await voice.updateComplete;
      found.push(...judge(voice).map((fault) => `${code}: ${fault}`));
    }
    return found;
  };

  describe('in a made-up one with longer words', () => {
    before(() => registerStrings('qps', pseudo<Strings>(en)));
    beforeEach(() => {
      page.lang = 'qps';
    });

    it('shows no word that is not translated', async () => {
      const untranslated = await faults('⟦words of the conversation⟧', (voice) =>
        visibleTexts(voice.renderRoot).filter((text) => /\p{L}/u.test(text.replace(/⟦[^⟧]*⟧/g, ''))),
      );
      expect(untranslated).to.deep.equal([]);
    });

    it('cuts nothing off', async () => {
      const overflow = await faults('⟦words of the conversation⟧', (voice) => [
        ...overflowing(voice.renderRoot),
        ...covered(voice.renderRoot as ShadowRoot),
      ]);
      expect(overflow).to.deep.equal([]);
    });
  });

  for (const language of LANGUAGES) {
    it(`cuts nothing off in ${language}`, async () => {
      page.lang = language;
      page.dir = language === 'ar' ? 'rtl' : 'ltr';
      const voice = await act(() => {}, '');
      await waitUntil(() => voice.renderRoot.querySelector<HTMLElement>('[part="base"]')?.lang === language);
      const overflow = await faults(voice.text('notice'), (shown) => overflowing(shown.renderRoot));
      expect(overflow).to.deep.equal([]);
    });
  }
});
