import { expect } from '@open-wc/testing';
import type { StagedVoice } from '../../demo/gallery/staged-voice.js';
import { until } from '../support/until.js';

describe('The page of the gallery', function () {
  this.timeout(20_000);
  const frame = document.createElement('iframe');

  beforeEach(() => document.body.append(frame));
  afterEach(() => frame.remove());

  /** Opens a page of the gallery. @returns its document, once there is a widget in it */
  const open = async (address: string, width = 360): Promise<Document> => {
    frame.style.cssText = `inline-size: ${width}px; block-size: 700px`;
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    frame.src = `/demo/gallery/${address}`;
    await loaded;
    await until(() => voiceIn(frame.contentDocument!)?.hasUpdated, 'no widget');
    return frame.contentDocument!;
  };
  const voiceIn = (page: Document): StagedVoice | null => page.querySelector<StagedVoice>('realtime-voice');
  const captions = (page: Document): readonly string[] =>
    [...page.querySelectorAll('figcaption')].map((caption) => caption.textContent);

  it('shows one cell alone, as its address says', async () => {
    const page = await open('index.html?alone&layout=compact&state=failed&theme=dark&language=ar&width=320');
    await until(() => page.body.dataset['ready'] !== undefined);
    const voice = voiceIn(page)!;
    expect([voice.layout, voice.status, voice.closest('[lang]')?.getAttribute('lang')]).to.deep.equal([
      'compact',
      'failed',
      'ar',
    ]);
    expect([getComputedStyle(voice).direction, getComputedStyle(voice).colorScheme]).to.deep.equal([
      'rtl',
      'dark',
    ]);
    expect(voice.getBoundingClientRect().width).to.equal(320);
  });

  it('shows what is chosen, and keeps the choice in its address', async () => {
    const page = await open('index.html?state=idle&theme=nonsense');
    expect(captions(page)).to.deep.equal(['idle inline · light · en']);
    const select = page.querySelector<HTMLSelectElement>('[name="language"]')!;
    select.value = 'all';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    expect(captions(page)).to.have.length(11);
    expect(new URLSearchParams(page.location.search).get('language')).to.equal('all');
  });

  it('plays the call when the button of a cell is pressed', async () => {
    const voice = voiceIn(await open('index.html?alone&state=idle&language=ja'))!;
    await until(() => voice.replay !== undefined);
    voice.replaySpeed = Infinity;
    voice.renderRoot.querySelector<HTMLElement>('[part="start-button"]')!.click();
    await until(() => voice.turns.length === 6);
    expect(voice.turns[0]?.text).to.equal('こんにちは。日曜日は開いていますか?');
  });

  for (const page of ['index.html?state=speaking&theme=all', 'looks.html']) {
    it(`fits every window: ${page}`, async () => {
      for (const width of [360, 768, 1280]) {
        const { documentElement } = await open(page, width);
        expect(documentElement.scrollWidth, `${width} px`).to.be.at.most(documentElement.clientWidth);
      }
    });
  }
});
