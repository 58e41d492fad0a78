import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { stage, type Cell } from '../../demo/gallery/cell.js';
import { looks, wearLooks } from '../../demo/gallery/looks.js';
import { scenes } from '../../demo/gallery/scenes.js';
import { StagedVoice } from '../../demo/gallery/staged-voice.js';

StagedVoice.define('realtime-voice');
wearLooks();

/** A page has one widget, not forty of the same name. */
const RULES = { ignoredRules: ['landmark-unique'] };

describe('The gallery, judged by axe', function () {
  this.timeout(60_000);
  let page: HTMLElement;

  before(() => setViewport({ width: 1280, height: 900 }));
  after(() => setViewport({ width: 800, height: 600 }));
  beforeEach(() => {
    page = document.createElement('div');
    document.body.append(page);
  });
  afterEach(() => page.remove());

  const show = (cells: readonly Cell[]): Promise<unknown> =>
    Promise.all(
      cells.map((cell) => {
        const frame = document.createElement('div');
        frame.id = `${cell.layout} ${cell.state}`.replaceAll(/\W+/g, '-');
        frame.style.background = 'Canvas';
        frame.style.inlineSize = '400px';
        page.append(frame);
        return stage(cell, frame, 'realtime-voice');
      }),
    );

  for (const [theme, language] of [
    ['light', 'en'],
    ['dark', 'ar'],
  ] as const) {
    it(`finds no fault in any state, ${theme}, in ${language}`, async () => {
      await show(Object.keys(scenes).map((state) => ({ layout: 'inline', state, theme, language })));
      await expect(page).to.be.accessible(RULES);
    });

    it(`finds no fault in the other layouts, ${theme}, in ${language}`, async () => {
      await show(
        ['idle', 'consent', 'all kinds of turns', 'settings open'].map((state) => ({
          layout: 'compact',
          state,
          theme,
          language,
        })),
      );
      await expect(page).to.be.accessible(RULES);
      for (const state of ['closed', 'consent', 'all kinds of turns', 'settings open']) {
        page.replaceChildren();
        await show([{ layout: 'floating', state, theme, language }]);
        await expect(page).to.be.accessible();
      }
    });
  }

  it('finds no fault in any of the looks', async () => {
    await show(
      Object.keys(looks).flatMap((theme) =>
        ['idle', 'conversation', 'failed'].map((state) => ({
          layout: 'inline' as const,
          state,
          theme,
          language: 'en',
        })),
      ),
    );
    await expect(page).to.be.accessible(RULES);
  });
});
