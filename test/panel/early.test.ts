import { expect } from '@open-wc/testing';
import { RealtimeEventPanelElement } from '../../src/elements/realtime-event-panel.js';
import { Script } from '../event-log/envelopes.js';
import { nextEvent } from '../support/next-event.js';
import { Speaker, part } from './panel-fixture.js';
import { until } from '../support/until.js';

/** A panel in the page whose engine is still being loaded. */
function justPlaced(settings: Partial<RealtimeEventPanelElement> = {}): RealtimeEventPanelElement {
  const panel = Object.assign(document.createElement('realtime-event-panel'), settings);
  document.body.append(panel);
  return panel as RealtimeEventPanelElement;
}

const heard = (panel: RealtimeEventPanelElement) => ({
  total: panel.total,
  types: panel.entries.map(({ type }) => type),
  counts: panel.counts.map(({ origin, type, count }) => `${origin} ${type} ${count}`),
});

describe('<realtime-event-panel>, while the rest of it is loaded,', () => {
  let panel: RealtimeEventPanelElement;

  afterEach(() => {
    panel.remove();
    document.querySelector('#voice')?.remove();
  });

  function voice(): HTMLElement {
    const element = document.createElement('i');
    element.id = 'voice';
    document.body.append(element);
    return element;
  }

  it('tells what it has heard, and the same afterwards', async () => {
    panel = justPlaced();
    const speaker = new Speaker(document.body);
    speaker.server({ type: 'a' });
    speaker.client({ type: 'b' });
    speaker.server({ type: 'a' });
    const early = heard(panel);
    await panel.updateComplete;
    expect(part(panel, 'base'), 'its view comes later still').to.equal(null);
    expect(heard(panel)).to.deep.equal(early);
    expect(early).to.deep.equal({ total: 3, types: ['a', 'b', 'a'], counts: ['server a 2', 'client b 1'] });
  });

  it('hears what it is attached to, in the page or not, until that is ended', async () => {
    panel = document.createElement('realtime-event-panel') as RealtimeEventPanelElement;
    const [target, socket] = [
      new EventTarget(),
      Object.assign(new EventTarget(), { readyState: 1, send: () => {} }),
    ];
    const detach = panel.attach(target);
    panel.attach(socket);
    new Speaker(target).server({ type: 'a' });
    socket.dispatchEvent(new MessageEvent('message', { data: '{"type":"b"}' }));
    (socket.send as (data: string) => void)('{"type":"c"}');
    detach();
    new Speaker(target).server({ type: 'd' });
    expect(heard(panel).types).to.deep.equal(['a', 'b', 'c']);
    document.body.append(panel);
    await panel.updateComplete;
    new Speaker(target).server({ type: 'e' });
    expect(heard(panel).types).to.deep.equal(['a', 'b', 'c']);
  });

  it('hears only what it is for, also events that do not bubble', async () => {
    const element = voice();
    panel = justPlaced({ for: 'voice' });
    const detail = new Script().server({ type: 'mine' });
    element.dispatchEvent(new CustomEvent('realtime-event', { detail }));
    new Speaker(document.body).server({ type: 'other' });
    expect(heard(panel).types).to.deep.equal(['mine']);
    await panel.updateComplete;
    new Speaker(element).server({ type: 'later' });
    expect(heard(panel).types).to.deep.equal(['mine', 'later']);
  });

  it('takes nothing twice that it hears and then finds in the log of the element', async () => {
    const script = new Script();
    const element = Object.assign(voice(), { log: script.envelopes });
    script.server({ type: 'before' });
    panel = justPlaced({ for: 'voice' });
    for (const type of ['a', 'b']) {
      const detail = script.server({ type });
      element.dispatchEvent(new CustomEvent('realtime-event', { detail, bubbles: true }));
    }
    await panel.updateComplete;
    expect(heard(panel).types).to.deep.equal(['before', 'a', 'b']);
  });

  it('hears an event of its own making once that passes two of its targets', async () => {
    const element = voice();
    panel = justPlaced();
    panel.attach(element);
    const say = () =>
      element.dispatchEvent(new CustomEvent('realtime-event', { detail: { type: 'x' }, bubbles: true }));
    say();
    await panel.updateComplete;
    say();
    expect(panel.total).to.equal(2);
  });

  it('is left and placed again without hearing what was in between', async () => {
    panel = justPlaced();
    panel.remove();
    new Speaker(document.body).server({ type: 'unheard' });
    document.body.append(panel);
    new Speaker(document.body).server({ type: 'heard' });
    await panel.updateComplete;
    new Speaker(document.body).server({ type: 'later' });
    expect(heard(panel).types).to.deep.equal(['heard', 'later']);
  });
});

describe('<realtime-event-panel> in a page of its own', () => {
  it('loads what explains events when there is one to explain', async () => {
    const frame = document.createElement('iframe');
    frame.src = '/test/panel/fresh-page.html';
    // What nobody can see is not drawn.
    frame.style.cssText = 'position: fixed; inset: 0; block-size: 100%';
    document.body.append(frame);
    await nextEvent(frame, 'load');
    const inner = frame.contentWindow as Window & typeof globalThis;
    const loaded = (module: string): boolean =>
      inner.performance.getEntriesByType('resource').some(({ name }) => name.includes(`/src/${module}.ts`));
    await until(() =>
      inner.document.querySelector('realtime-event-panel')?.shadowRoot?.querySelector('.empty'),
    );
    const explaining = ['panel/insight', 'guide/en', 'localize/panel-views-en'];
    expect(explaining.filter(loaded)).to.deep.equal([]);
    const detail = new Script().server({ type: 'response.created' });
    inner.document
      .querySelector('realtime-voice')!
      .dispatchEvent(new inner.CustomEvent('realtime-event', { detail, bubbles: true }));
    await until(() => explaining.every(loaded));
    expect(['panel/log-view', 'panel/timeline-view', 'panel/compose-view'].filter(loaded)).to.deep.equal([]);
    frame.remove();
  });
});
