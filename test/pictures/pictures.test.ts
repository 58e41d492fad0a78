import { expect, nextFrame } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { stage, type Cell } from '../../demo/gallery/cell.js';
import { looks, wearLooks } from '../../demo/gallery/looks.js';
import { StagedVoice } from '../../demo/gallery/staged-voice.js';
import { differenceOf } from '../support/pictures.js';

StagedVoice.define('realtime-voice');
wearLooks();

interface Picture extends Cell {
  readonly width: number;
  readonly features?: Readonly<Record<string, string>>;
}

const HEIGHTS: Readonly<Record<number, number>> = { 360: 640, 768: 700, 1280: 720 };
const FONTS = `
  html, body { margin: 0; background: Canvas; }
  realtime-voice {
    --realtime-font: 'Noto Sans', 'Noto Sans Arabic', 'Noto Sans CJK JP' !important;
  }
  realtime-voice::part(heading) { font-family: inherit !important; }
  /* The time goes on. */
  realtime-voice::part(timer) { visibility: hidden; }
`;

const cells = (states: string, cell: Omit<Picture, 'state'>): readonly Picture[] =>
  states.split(', ').map((state) => ({ ...cell, state }));
const PHONE = { layout: 'inline', theme: 'light', language: 'en', width: 360 } as const;

const all: readonly Picture[] = [
  ...cells('idle, consent, connecting, listening, hearing the visitor, speaking, conversation', PHONE),
  ...cells('all kinds of turns, reading back, muted, push-to-talk, talk button held', PHONE),
  ...cells('muted but speaking, silent microphone, sound blocked', PHONE),
  ...cells(
    'trouble during the call, reconnecting now, near a limit, ended by a limit, failed, all controls, settings open',
    PHONE,
  ),
  ...cells('permission.denied', PHONE),
  ...cells('idle, speaking, conversation, failed, settings open', { ...PHONE, theme: 'dark' }),
  ...cells('idle, conversation, all kinds of turns, settings open', { ...PHONE, language: 'ar' }),
  ...cells('idle, conversation', { ...PHONE, language: 'ja', theme: 'dark' }),
  ...cells('conversation, muted, failed', { ...PHONE, features: { 'forced-colors': 'active' } }),
  ...cells('closed during a call', {
    ...PHONE,
    layout: 'floating',
    features: { 'forced-colors': 'active' },
  }),
  ...cells('connecting, speaking', { ...PHONE, features: { 'prefers-reduced-motion': 'reduce' } }),
  ...cells('idle, speaking', { ...PHONE, layout: 'compact' }),
  ...cells('speaking', { ...PHONE, layout: 'compact', language: 'ar', theme: 'dark' }),
  ...cells('conversation, settings open', { ...PHONE, width: 768 }),
  ...cells('closed, closed during a call, speaking', { ...PHONE, layout: 'floating' }),
  ...cells('speaking', { ...PHONE, layout: 'floating', width: 768, theme: 'dark' }),
  ...cells('closed, speaking', { ...PHONE, layout: 'floating', width: 1280 }),
  ...cells('speaking', { ...PHONE, layout: 'floating', width: 1280, language: 'ar' }),
  ...Object.keys(looks).flatMap((theme) => cells('speaking', { ...PHONE, theme })),
];

const nameOf = ({ layout, state, theme, language, width, features }: Picture): string =>
  [layout, width, theme, language, ...Object.keys(features ?? {}), state]
    .join(' ')
    .replaceAll(/[^\w-]+/g, '-');

describe('The gallery, as it was last found beautiful', function () {
  this.timeout(20_000);
  const frame = document.createElement('div');
  const style = document.createElement('style');

  before(() => {
    style.textContent = FONTS;
    document.head.append(style);
    document.body.append(frame);
  });
  after(async () => {
    style.remove();
    frame.remove();
    await setViewport({ width: 800, height: 600 });
  });

  for (const picture of all) {
    it(`looks as before: ${nameOf(picture)}`, async () => {
      const { layout, theme, width, features } = picture;
      const height = HEIGHTS[width] ?? 640;
      await setViewport({ width, height });
      document.documentElement.style.colorScheme = theme === 'dark' ? 'dark' : 'light';
      frame.style.padding = layout === 'floating' ? '' : '12px';
      const voice = await stage(picture, frame, 'realtime-voice');
      await nextFrame();
      await nextFrame();
      // Last, since what has just been drawn may begin to move: what is on its way somewhere is there then.
      for (const animation of voice.shadowRoot?.getAnimations() ?? []) animation.cancel();
      const box = frame.getBoundingClientRect();
      const clip =
        layout === 'floating'
          ? { x: 0, y: 0, width, height }
          : { x: 0, y: 0, width: Math.min(width, 600), height: Math.ceil(box.bottom) };
      expect(await differenceOf({ name: nameOf(picture), clip, ...(features && { features }) })).to.equal('');
    });
  }
});
