import { expect, html } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { Speaker, openPanel, part, press, reads } from './panel-fixture.js';
import { until } from '../support/until.js';

/** What hides a part of an element where nobody can scroll to it. */
function hiding(element: Element): string | undefined {
  const { bottom } = element.getBoundingClientRect();
  for (let box = element.parentElement; box; box = box.parentElement) {
    const { overflowY } = getComputedStyle(box);
    if (overflowY === 'auto' || overflowY === 'scroll') return undefined;
    if (overflowY !== 'visible' && box.getBoundingClientRect().bottom < bottom) return box.className;
  }
  return undefined;
}

describe('<realtime-event-panel> in a low window', () => {
  after(() => setViewport({ width: 800, height: 600 }));

  it('keeps room for some rows of the log, as large as a page at 400 % is', async () => {
    await setViewport({ width: 320, height: 256 });
    const panel = await openPanel(html`<realtime-event-panel view="log"></realtime-event-panel>`);
    new Speaker(document.body).server({ type: 'session.created' });
    await reads(panel, 'type', ['session.created']);
    const log = part(panel, 'log')!;
    expect(log.clientHeight).to.be.at.least(96);
    expect(hiding(log)).to.equal(undefined);
  });

  it('cuts off no button of the form, on a phone', async () => {
    await setViewport({ width: 375, height: 667 });
    const panel = await openPanel(html`<realtime-event-panel view="log"></realtime-event-panel>`);
    const call = Object.assign(new EventTarget(), { send: () => {} });
    panel.attach(call);
    const speaker = new Speaker(call);
    speaker.client({ type: 'session.update', session: { instructions: 'x' } });
    await until(() => panel.renderRoot.querySelector('[aria-label="Send an event"]'));
    press(panel, 'Send an event');
    await until(() => panel.renderRoot.querySelector('.compose'));
    for (const button of panel.renderRoot.querySelectorAll('.compose button'))
      expect(hiding(button), button.textContent!).to.equal(undefined);
  });
});
