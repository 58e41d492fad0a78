import { expect, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { RealtimeEventPanelElement } from '../../src/elements/realtime-event-panel.js';
import { Script, spokenTurn } from '../event-log/envelopes.js';
import {
  Speaker,
  openComposer,
  openPanel,
  part,
  parts,
  press,
  reads,
  replay,
  texts,
} from './panel-fixture.js';
import { until } from '../support/until.js';

const focused = (panel: RealtimeEventPanelElement): HTMLElement | null =>
  panel.shadowRoot!.activeElement as HTMLElement | null;

/** What a screen reader would say of what has the focus. */
const focusedName = (panel: RealtimeEventPanelElement): string =>
  (focused(panel)?.ariaLabel ?? focused(panel)?.textContent ?? '').replaceAll(/\s+/g, ' ').trim();

async function tabTo(panel: RealtimeEventPanelElement, name: string): Promise<void> {
  for (let steps = 0; steps < 60; steps += 1) {
    if (focusedName(panel) === name) return;
    await sendKeys({ press: 'Tab' });
  }
  throw new Error(`Tab never reaches ${name}.`);
}

/** A panel with some events, the focus on its first tab. */
async function withEvents(view = html`<realtime-event-panel></realtime-event-panel>`) {
  const panel = await openPanel(view);
  const speaker = new Speaker(document.body);
  for (const type of ['session.created', 'response.created', 'response.done']) speaker.server({ type });
  await reads(panel, 'total', ['3 events']);
  parts(panel, 'view-button')
    .find((tab) => tab.tabIndex === 0)!
    .focus();
  return { panel, speaker };
}

const inView = (name: string): ReturnType<typeof html> =>
  html`<realtime-event-panel view=${name}></realtime-event-panel>`;

describe('<realtime-event-panel> by keyboard', () => {
  it('turns from view to view with the arrow keys, and stays in the tabs', async () => {
    const { panel } = await withEvents();
    await sendKeys({ press: 'ArrowRight' });
    expect([panel.view, focusedName(panel)]).to.deep.equal(['log', 'Log']);
    await sendKeys({ press: 'ArrowLeft' });
    await sendKeys({ press: 'ArrowLeft' });
    expect([panel.view, focusedName(panel)]).to.deep.equal(['timeline', 'Timeline']);
  });

  it('turns the other way where the page runs from right to left', async () => {
    const { panel } = await withEvents(
      html`<div dir="rtl"><realtime-event-panel></realtime-event-panel></div>`,
    );
    await sendKeys({ press: 'ArrowLeft' });
    expect(panel.view).to.equal('log');
  });

  it('leads from a type in the counts to its events, with the focus', async () => {
    const { panel } = await withEvents();
    await tabTo(panel, 'response.created');
    await sendKeys({ press: 'Enter' });
    await reads(panel, 'type', ['response.created']);
    await until(() => focused(panel)?.role === 'listbox', 'the list has the focus');
    await sendKeys({ press: 'ArrowUp' });
    await sendKeys({ press: 'Enter' });
    await until(() => part(panel, 'detail')?.textContent?.includes('response.created'));
  });

  it('keeps the focus on its row while events come in', async () => {
    const { panel, speaker } = await withEvents();
    await tabTo(panel, 'response.created');
    for (let index = 0; index < 50; index += 1) speaker.server({ type: 'response.done' });
    speaker.server({ type: 'rate_limits.updated' });
    await reads(panel, 'total', ['54 events']);
    expect(focusedName(panel)).to.equal('response.created');
  });

  it('sorts the counts again once nobody reads them any more', async () => {
    const { panel, speaker } = await withEvents();
    await tabTo(panel, 'response.done');
    await sendKeys({ press: 'Enter' });
    for (let index = 0; index < 5; index += 1) speaker.server({ type: 'response.done' });
    panel.view = 'counts';
    await until(() => texts(panel, 'count-type')[0] === 'response.done');
  });

  it('reads the log, opens an event and its branches, and comes back', async () => {
    const { panel, speaker } = await withEvents(inView('log'));
    speaker.server({ type: 'error', error: { message: 'No.', deep: { in: { it: 'leaf' } } } });
    await until(() => parts(panel, 'row').length === 4);
    await tabTo(panel, 'Log');
    await sendKeys({ press: 'Tab' });
    await tabTo(panel, 'Log');
    await sendKeys({ press: 'End' });
    await sendKeys({ press: 'Enter' });
    await until(() => part(panel, 'payload'));
    await tabTo(panel, 'deep {1}');
    await sendKeys({ press: 'Enter' });
    await until(() => part(panel, 'payload')!.textContent?.includes('in {1}'), 'a branch is open');
    expect(focusedName(panel), 'the branch keeps the focus').to.equal('deep {1}');
    await sendKeys({ press: 'Escape' });
    await until(() => part(panel, 'detail') === null);
    expect(focused(panel)?.role).to.equal('listbox');
  });

  it('keeps the focus on the button that holds the log still and lets it go on', async () => {
    const { panel } = await withEvents();
    part(panel, 'pause-button')!.focus();
    for (const paused of [true, false]) {
      await sendKeys({ press: 'Enter' });
      expect(panel.paused).to.equal(paused);
      await panel.updateComplete;
      expect(focused(panel)?.part.contains('pause-button')).to.equal(true);
    }
  });

  it('returns to the field when its filter is cleared, which nothing on the page hears', async () => {
    const { panel } = await withEvents(inView('log'));
    await until(() => part(panel, 'filter-input'));
    part(panel, 'filter-input')!.focus();
    const heard: string[] = [];
    const listen = ({ key }: KeyboardEvent): unknown => heard.push(key);
    document.body.addEventListener('keydown', listen);
    await sendKeys({ type: 'done' });
    document.body.removeEventListener('keydown', listen);
    await reads(panel, 'type', ['response.done']);
    expect(heard).to.deep.equal([]);
    await sendKeys({ press: 'Tab' });
    expect(focusedName(panel)).to.equal('Clear the filter');
    await sendKeys({ press: 'Enter' });
    await panel.updateComplete;
    expect([panel.filter, focused(panel)?.part.value]).to.deep.equal([undefined, 'filter-input']);
  });

  it('leaves the page the keys that its fields have no use for', async () => {
    const { panel } = await withEvents(inView('log'));
    await until(() => part(panel, 'filter-input'));
    const heard: string[] = [];
    const listen = ({ type, key }: KeyboardEvent): unknown => heard.push(`${type} ${key}`);
    for (const type of ['keydown', 'keyup'] as const) document.body.addEventListener(type, listen);
    for (const init of [{ key: 'k' }, { key: 'k', ctrlKey: true }, { key: 'Escape' }])
      for (const type of ['keydown', 'keyup'])
        part(panel, 'filter-input')!.dispatchEvent(
          new KeyboardEvent(type, { bubbles: true, composed: true, ...init }),
        );
    for (const type of ['keydown', 'keyup'] as const) document.body.removeEventListener(type, listen);
    expect(heard).to.deep.equal(['keydown k', 'keyup k', 'keydown Escape', 'keyup Escape']);
  });

  it('keeps Escape to itself where it closes the form, and leaves the page the keys with modifiers', async () => {
    const panel = await openPanel();
    const form = await openComposer(panel);
    const heard: string[] = [];
    const listen = ({ key }: KeyboardEvent): unknown => heard.push(key);
    document.body.addEventListener('keydown', listen);
    for (const init of [{ key: 'a' }, { key: 's', metaKey: true }, { key: 'Escape' }])
      form.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, composed: true, ...init }));
    document.body.removeEventListener('keydown', listen);
    expect(heard).to.deep.equal(['s']);
    await until(() => !form.isConnected);
  });

  it('writes an event, is told what is missing, and closes the form', async () => {
    const panel = await openPanel();
    const sent: unknown[] = [];
    const call = Object.assign(new EventTarget(), { send: (event: unknown) => void sent.push(event) });
    panel.attach(call);
    new Speaker(call).server({ type: 'session.created' });
    await until(() => panel.renderRoot.querySelector('[aria-label="Send an event"]'));
    panel.renderRoot.querySelector<HTMLElement>('[aria-label="Send an event"]')!.focus();
    await sendKeys({ press: 'Enter' });
    await until(() => focused(panel)?.localName === 'textarea', 'the form has the focus');
    await sendKeys({ down: 'Control' });
    await sendKeys({ press: 'a' });
    await sendKeys({ up: 'Control' });
    await sendKeys({ type: '{"type":"response.cancel"' });
    await tabTo(panel, 'Send');
    await sendKeys({ press: 'Enter' });
    await until(() => panel.renderRoot.querySelector('#compose-message')?.textContent?.includes('not JSON'));
    await sendKeys({ down: 'Shift' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ up: 'Shift' });
    await sendKeys({ press: 'End' });
    await sendKeys({ type: '}' });
    await tabTo(panel, 'Send');
    await sendKeys({ press: 'Enter' });
    await until(() => sent.length === 1);
    expect(sent).to.deep.equal([{ type: 'response.cancel' }]);
    await sendKeys({ press: 'Escape' });
    await until(() => panel.renderRoot.querySelector('textarea') === null);
    expect(focusedName(panel)).to.equal('Send an event');
  });

  it('keeps the form when Escape only cancels what an input method has on offer', async () => {
    const panel = await openPanel();
    const form = await openComposer(panel);
    for (const how of [{ isComposing: true }, { keyCode: 229 }]) {
      form.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, ...how }));
      await panel.updateComplete;
    }
    expect(form.isConnected).to.equal(true);
    form.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await until(() => !form.isConnected);
  });

  it('reads a turn as a lesson and goes from a step to its event', async () => {
    const panel = await openPanel(inView('timeline'));
    const script = new Script();
    spokenTurn(script);
    replay(script);
    await until(() => part(panel, 'lesson'));
    parts(panel, 'view-button')[2]!.focus();
    await tabTo(panel, 'This is what happened');
    await sendKeys({ press: ' ' });
    await until(() => part(panel, 'lesson') === null, 'the lesson closes');
    await sendKeys({ press: ' ' });
    await until(() => part(panel, 'lesson'));
    await tabTo(panel, 'output_audio_buffer.started');
    await sendKeys({ press: 'Enter' });
    await until(() => part(panel, 'detail')?.textContent?.includes('output_audio_buffer.started'));
    await until(() => focused(panel)?.role === 'listbox', 'the list has the focus');
  });

  it('puts an opened log away again and stays in the panel', async () => {
    const { panel } = await withEvents();
    await panel.import('{"type":"session.created"}');
    await until(() => panel.renderRoot.textContent?.includes('Back to live'));
    parts(panel, 'view-button')[0]!.focus();
    await tabTo(panel, 'Back to live');
    await sendKeys({ press: 'Enter' });
    await until(() => !panel.renderRoot.textContent?.includes('Back to live'));
    expect(focused(panel), 'something in the panel has the focus').not.to.equal(null);
  });

  it('tells what is wrong with a log that cannot be opened, and puts that away', async () => {
    const { panel } = await withEvents();
    const transfer = new DataTransfer();
    transfer.items.add(new File(['{"type":'], 'broken.jsonl'));
    part(panel, 'base')!.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, cancelable: true }));
    await until(() => panel.renderRoot.querySelector('[role=alert]')?.textContent?.includes('Line 1'));
    await tabTo(panel, 'Close');
    await sendKeys({ press: 'Enter' });
    await until(() => panel.renderRoot.querySelector('[role=alert]') === null);
    expect(focused(panel), 'something in the panel has the focus').not.to.equal(null);
  });

  it('folds a panel in a corner and opens it again', async () => {
    const { panel } = await withEvents(
      html`<realtime-event-panel placement="top-end"></realtime-event-panel>`,
    );
    press(panel, 'Collapse');
    panel.renderRoot.querySelector<HTMLElement>('[aria-label="Expand"], [aria-label="Collapse"]')!.focus();
    await panel.updateComplete;
    expect([panel.collapsed, focusedName(panel)]).to.deep.equal([true, 'Expand']);
    await sendKeys({ press: 'Enter' });
    await panel.updateComplete;
    expect([panel.collapsed, focusedName(panel)]).to.deep.equal([false, 'Collapse']);
  });
});
