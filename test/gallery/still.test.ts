import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { stage } from '../../demo/gallery/cell.js';
import { StagedVoice } from '../../demo/gallery/staged-voice.js';
import { talkEvents } from '../../demo/gallery/talk-log.js';
import { talks } from '../../demo/gallery/talks.js';

StagedVoice.define('staged-voice');

const PARTS = [
  'panel',
  'header',
  'visualizer',
  'transcript',
  'controls',
  'stop-button',
  'text-form',
  'text-input',
];

/** Where everything stands that is not a turn. */
function places(voice: StagedVoice): Readonly<Record<string, string>> {
  return Object.fromEntries(
    PARTS.map((part) => {
      const { x, y, width, height } = voice.renderRoot
        .querySelector(`[part~="${part}"]`)!
        .getBoundingClientRect();
      return [part, [x, y, width, height].map(Math.round).join(' ')];
    }),
  );
}

describe('<realtime-voice> while it is spoken to', () => {
  let page: HTMLElement;

  before(() => setViewport({ width: 360, height: 700 }));
  after(() => setViewport({ width: 800, height: 600 }));
  beforeEach(() => {
    page = document.createElement('div');
    document.body.append(page);
  });
  afterEach(() => page.remove());

  for (const [layout, language] of [
    ['inline', 'en'],
    ['compact', 'ar'],
    ['floating', 'ru'],
  ] as const) {
    it(`moves nothing but the words, ${layout}, in ${language}`, async () => {
      const cell = { layout, state: 'listening', theme: 'light', language };
      const voice = await stage(cell, page, 'staged-voice');
      const before = places(voice);
      for (const { event } of talkEvents(talks[language]!)) {
        voice.stage.receive([event]);
        await voice.updateComplete;
        expect(places(voice), event.type).to.deep.equal(before);
      }
      expect(voice.turns).to.have.length(6);
    });
  }

  it('can be scrolled to its last line where the window is too low for all of it', async () => {
    await setViewport({ width: 640, height: 320 });
    const cell = { layout: 'floating', state: 'permission.denied', theme: 'light', language: 'de' } as const;
    const voice = await stage(cell, page, 'staged-voice');
    const [panel, form] = ['panel', 'text-form'].map((part) =>
      voice.renderRoot.querySelector(`[part="${part}"]`)!,
    );
    expect(form!.getBoundingClientRect().bottom).to.be.greaterThan(innerHeight);
    panel!.scrollTop = panel!.scrollHeight;
    expect(form!.getBoundingClientRect().bottom).to.be.at.most(innerHeight);
  });
});
