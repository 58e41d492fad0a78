import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { RealtimeEventPanelElement } from '../../src/elements/realtime-event-panel.js';
import { Script, spokenTurn } from '../event-log/envelopes.js';
import { contrast } from '../support/contrast.js';
import { until } from '../support/until.js';
import { openPanel, parts, press, replay } from './panel-fixture.js';

/** Of WCAG 2.2, for text of any size and for what shows where the focus is. */
const READABLE = 4.5;
const VISIBLE = 3;

const accents = [
  '#ffd400',
  '#ffffff',
  '#fff6d6',
  '#00ffcc',
  '#ff00ff',
  '#777777',
  '#2f5bea',
  '#0a0a3c',
  '#000000',
];

/** Views in which words have the colour of the accent, of an error or of a warning, and those words. */
const scenes: Readonly<
  Record<string, readonly [enter: (panel: RealtimeEventPanelElement) => void, words: readonly string[]]>
> = {
  counts: [
    (panel) => press(panel, 'Only what matters'),
    [
      '.essential .mark',
      '.toolbar > .link',
      '.note .link',
      '.chip[aria-pressed=true]',
      '.arrow',
      '.hints summary',
      '.problem',
    ],
  ],
  log: [
    (panel) => {
      panel.view = 'log';
      parts(panel, 'row')[0]?.click();
    },
    ['.chip[aria-pressed=true]', '.row .arrow', '.row.failure .type', '.detail-title span', '.value.number'],
  ],
  timeline: [(panel) => (panel.view = 'timeline'), ['.lesson-box summary', '.lesson .arrow', '.fact b']],
};

/** The first colour behind an element. */
function behind(element: Element | null): string {
  for (let box = element; box; box = box.parentElement) {
    const { backgroundColor } = getComputedStyle(box);
    if (backgroundColor !== 'rgba(0, 0, 0, 0)') return backgroundColor;
  }
  return 'white';
}

async function withCall(): Promise<RealtimeEventPanelElement> {
  const panel = await openPanel();
  const script = new Script();
  script.server({ type: 'session.created', session: { expires_at: 5 } });
  script.client({ type: 'session.update', session: {} });
  spokenTurn(script);
  script.server({ type: 'rate_limits.updated', rate_limits: [] });
  script.server({ type: 'error', error: { message: 'No.' } });
  replay(script);
  await until(
    () =>
      panel.renderRoot.querySelector('.essential .mark') &&
      panel.renderRoot.querySelector('.toolbar > .link'),
  );
  return panel;
}

async function enter(panel: RealtimeEventPanelElement, scene: string): Promise<readonly Element[]> {
  const [go, words] = scenes[scene]!;
  go(panel);
  const found = (): readonly (Element | null)[] => words.map((word) => panel.renderRoot.querySelector(word));
  await until(() => {
    if (scene === 'log' && !panel.renderRoot.querySelector('.detail')) go(panel);
    return found().every(Boolean);
  }, words.join());
  return words.flatMap((word) => [...panel.renderRoot.querySelectorAll(word)]);
}

/** What cannot be read. */
const unreadable = (words: readonly Element[], least = READABLE): readonly string[] =>
  words.flatMap((word) => {
    const ratio = contrast(getComputedStyle(word).color, behind(word));
    return ratio < least ? [`${word.className || word.localName}: ${ratio.toFixed(2)}`] : [];
  });

describe('the colours of a page in the panel', () => {
  for (const scheme of ['light', 'dark'])
    for (const scene of Object.keys(scenes))
      it(`leave words in the accent readable, whichever it is: ${scene}, ${scheme}`, async () => {
        const panel = await withCall();
        panel.style.colorScheme = scheme;
        const words = await enter(panel, scene);
        for (const accent of accents) {
          panel.style.setProperty('--realtime-accent', accent);
          expect(unreadable(words), accent).to.deep.equal([]);
        }
      });

  for (const [surface, text, scheme] of [
    ['#111111', '#eeeeee', 'light'],
    ['#ffffff', '#111111', 'dark'],
  ] as const)
    for (const scene of Object.keys(scenes))
      it(`leave all words readable on ${surface} where the page says no colour scheme that fits: ${scene}`, async () => {
        const panel = await withCall();
        panel.style.cssText = `color-scheme: ${scheme}; --realtime-surface: ${surface}; --realtime-text: ${text}`;
        expect(unreadable(await enter(panel, scene))).to.deep.equal([]);
      });

  it('leave the ring round what has the focus visible, whichever the accent is', async () => {
    const panel = await withCall();
    await sendKeys({ press: 'Tab' });
    await until(() => panel.shadowRoot!.activeElement);
    const button = panel.shadowRoot!.activeElement!;
    for (const accent of accents) {
      panel.style.setProperty('--realtime-accent', accent);
      expect(contrast(getComputedStyle(button).outlineColor, behind(button)), accent).to.be.at.least(VISIBLE);
    }
  });
});
