import { expect, nextFrame } from '@open-wc/testing';
import { registerStrings } from '../../src/index.js';
import { loadWords, withOverrides } from '../../src/localize/localize.js';
import en from '../../src/locales/en.js';
import { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { countedVoice } from '../support/counted-voice.js';
import { HandClock } from '../support/hand-clock.js';
import { PretendLine } from '../support/pretend-line.js';
import { until } from '../support/until.js';

RealtimeVoiceElement.define();

describe('the language of <realtime-voice>', () => {
  let page: HTMLElement;
  let voice: RealtimeVoiceElement;

  beforeEach(() => {
    page = document.createElement('div');
    voice = document.createElement('realtime-voice') as RealtimeVoiceElement;
    page.append(voice);
  });
  afterEach(() => page.remove());

  const startButton = (): string =>
    voice.renderRoot.querySelector('[part="start-button"]')?.textContent.trim() ?? '';
  const wordsLanguage = (): string =>
    voice.renderRoot.querySelector<HTMLElement>('[part="base"]')?.lang ?? '';
  const speaks = async (language: string, words: string): Promise<void> => {
    page.lang = language;
    if (!page.isConnected) document.body.append(page);
    await until(() => startButton() === words, `says “${words}” in ${language}`);
  };

  it('is that of its closest ancestor, and follows when that changes', async () => {
    await speaks('ja', '話しはじめる');
    await speaks('en', 'Start talking');
    await speaks('ja', '話しはじめる');
  });

  it('is English until the words are there, and says so to screen readers', async () => {
    page.lang = 'hi';
    document.body.append(page);
    await voice.updateComplete;
    expect([startButton(), wordsLanguage()]).to.deep.equal(['Start talking', 'en']);
    await until(() => wordsLanguage() === 'hi');
  });

  it('keeps the old words until the new ones are there', async () => {
    await speaks('ja', '話しはじめる');
    page.lang = 'fr';
    await nextFrame();
    await voice.updateComplete;
    const said = new Set([startButton()]);
    await until(() => said.add(startButton()).has('Démarrer l’appel'));
    expect(said).not.to.include('Start talking');
  });

  it('takes the latest wish when the page changes its mind', async () => {
    await speaks('en', 'Start talking');
    page.lang = 'es';
    await nextFrame();
    page.lang = 'ja';
    await until(() => startButton() === '話しはじめる');
    await loadWords('es');
    await voice.updateComplete;
    expect(startButton()).to.equal('話しはじめる');
  });

  it('is English where nobody has the words, and says so to screen readers', async () => {
    await speaks('tlh', 'Start talking');
    expect(wordsLanguage()).to.equal('en');
  });

  it('keeps the region of the page for numbers', async () => {
    await speaks('ja-JP', '話しはじめる');
    expect(wordsLanguage()).to.equal('ja-JP');
  });

  it('understands what pages write into lang', async () => {
    await speaks('ja_JP', '話しはじめる');
    await speaks('', 'Start talking');
    await speaks('日本語', 'Start talking');
    await speaks('JA', '話しはじめる');
  });

  it('is found across shadow roots, and followed there', async () => {
    const host = document.createElement('div');
    host.attachShadow({ mode: 'open' }).append(page);
    document.body.append(host);
    page.lang = 'ja';
    await until(() => startButton() === '話しはじめる');
    page.removeAttribute('lang');
    host.lang = 'en';
    await until(() => startButton() === 'Start talking');
    host.remove();
  });

  it('may be registered after the element is on the page', async () => {
    await speaks('eo', 'Start talking');
    registerStrings('eo', { ...en, start: 'Ekparoli' });
    await until(() => startButton() === 'Ekparoli');
    expect(wordsLanguage()).to.equal('eo');
  });

  it('leaves single words to the page, also of those that belong together', async () => {
    voice.strings = { start: 'Ask the shop', errors: { setup: 'Tell the shop.' } };
    await speaks('en', 'Ask the shop');
    await voice.start().catch(() => {});
    await voice.updateComplete;
    expect(voice.renderRoot.querySelector('[role="alert"]')?.textContent.trim()).to.equal('Tell the shop.');
    voice.strings = { errors: { setup: 'Tell the shop.' } };
    await voice.updateComplete;
    expect(voice.renderRoot.querySelector('[part="start-button"]')?.textContent.trim()).to.equal('Try again');
  });

  it('keeps its own where the page gives what is no word, or no sentence that can be made', async () => {
    const given = {
      start: 5,
      heading: null,
      reconnecting: 'One moment',
      errors: { setup: undefined },
      ended: 'over',
    };
    voice.strings = given as unknown as NonNullable<typeof voice.strings>;
    await speaks('en', 'Start talking');
    await voice.start().catch(() => {});
    await voice.updateComplete;
    const alert = voice.renderRoot.querySelector('[role="alert"]');
    expect(alert?.textContent.trim()).to.equal(en.errors.setup);
    expect(withOverrides(en, voice.strings).reconnecting('in 2 seconds')).to.equal(
      'Reconnecting in 2 seconds…',
    );
    expect(withOverrides(en, voice.strings)).to.deep.equal(en);
  });

  it('is the one in which the visitor is expected to speak, also when that changes in a call', async () => {
    const line = new PretendLine();
    const call = countedVoice({ idleTimeout: 0, lang: 'ja' }, { open: line.dial, clock: new HandClock() });
    await call.start();
    const hints = (): readonly unknown[] =>
      line.latest.received.flatMap(
        ({ session }) =>
          (session as { audio?: { input?: { transcription?: { language?: string } } } } | undefined)?.audio
            ?.input?.transcription?.language ?? [],
      );
    call.lang = 'fr-CA';
    await until(() => hints().length > 1);
    expect(hints()).to.deep.equal(['ja', 'fr']);
    call.remove();
  });
});
