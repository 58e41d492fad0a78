import { expect, html } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import type { RealtimeEventPanelElement } from '../../src/elements/realtime-event-panel.js';
import { Script, spokenTurn } from '../event-log/envelopes.js';
import { Speaker, openComposer, openPanel, part, parts, press, replay } from './panel-fixture.js';
import { until } from '../support/until.js';

type Panel = RealtimeEventPanelElement;

const find = (panel: Panel, selector: string): HTMLElement | null => panel.renderRoot.querySelector(selector);

/** What is done to a panel with a call in it, and what is there when it is done. */
const scenes: Readonly<Record<string, (panel: Panel) => Promise<unknown>>> = {
  counts: (panel) => until(() => part(panel, 'matters')),
  'only what matters': async (panel) => {
    await until(() => part(panel, 'matters'));
    press(panel, 'matters-button');
    await until(() => find(panel, '.note .link'));
  },
  hints: async (panel) => {
    await until(() => find(panel, '.hints summary'));
    find(panel, '.hints summary')!.click();
    await until(() => part(panel, 'hint')?.checkVisibility());
  },
  log: async (panel) => {
    panel.view = 'log';
    await until(() => parts(panel, 'row').length > 3);
  },
  'a chosen event': async (panel) => {
    panel.view = 'log';
    await until(() => part(panel, 'row-error'));
    part(panel, 'row-error')!.click();
    await until(() => part(panel, 'payload') && find(panel, '.guide dt'));
  },
  'a filter that nothing passes': async (panel) => {
    panel.view = 'log';
    panel.filter = 'nothing is called so';
    await until(() => part(panel, 'empty') && find(panel, '.clear-filter'));
  },
  'a log held still': async (panel) => {
    await scenes['log']!(panel);
    panel.pause();
    new Speaker(document.body).server({ type: 'later' });
    await until(() => part(panel, 'pause-button')?.textContent?.includes('1 new'));
  },
  'turns and a lesson': async (panel) => {
    panel.view = 'timeline';
    await until(() => find(panel, '.lesson b'));
  },
  'an event being written': async (panel) => void (await openComposer(panel)),
  'an opened log': async (panel) => {
    await panel.import('{"type":"session.created"}');
    await until(() => find(panel, '.banner'));
  },
  'nothing yet': async (panel) => {
    panel.clear();
    await until(() => part(panel, 'empty'));
  },
};

describe('<realtime-event-panel> is accessible', () => {
  after(() => document.documentElement.removeAttribute('style'));

  for (const [name, enter] of Object.entries(scenes)) {
    it(`with ${name}, light and dark, wide and narrow, in either direction`, async () => {
      for (const [colorScheme, width, dir] of [
        ['light', 1_000, 'ltr'],
        ['dark', 360, 'ltr'],
        ['light', 360, 'rtl'],
        ['dark', 1_000, 'rtl'],
      ] as const) {
        document.documentElement.style.colorScheme = colorScheme;
        await setViewport({ width, height: 800 });
        const panel = await openPanel(
          html`<div dir=${dir}><realtime-event-panel></realtime-event-panel></div>`,
        );
        const script = new Script();
        script.client({ type: 'session.update', session: {} });
        spokenTurn(script);
        script.server({ type: 'rate_limits.updated', rate_limits: [] });
        script.server({ type: 'error', error: { message: 'No.' } });
        replay(script);
        await until(() => parts(panel, 'count-row').length > 3);
        await enter(panel);
        await panel.updateComplete;
        await expect(panel).to.be.accessible();
        expect(panel.scrollWidth, `fits into ${width} px`).to.be.at.most(panel.clientWidth);
        panel.remove();
      }
    });
  }
});
