import { expect } from '@open-wc/testing';
import { RealtimeEventPanelElement } from '../../src/elements/realtime-event-panel.js';
import { Script, spokenTurn } from '../event-log/envelopes.js';

import { nextEvent } from '../support/next-event.js';
import { apiOf, MARK, PartsFound, StylingPage } from './styling-page.js';
import { until } from '../support/until.js';

RealtimeEventPanelElement.define();

const api = apiOf('realtime-event-panel');

/** A call with something of everything in it. */
function everything(): Script {
  const script = new Script(Date.now() - 60_000);
  script.add('local', { type: 'local.token', state: 'done', ms: 80 }, 10);
  script.server({ type: 'session.created', session: { model: 'gpt-realtime' } });
  script.client({ type: 'session.update', session: { type: 'realtime' } });
  spokenTurn(script);
  for (const delta of ['in', ' a', ' row'])
    script.server({ type: 'response.output_text.delta', item_id: 'a', delta });
  script.server({ type: 'error', error: { code: 'invalid_value', message: 'No.' } });
  return script;
}

/** What is to be done to a panel with a call in it, until these parts are there. */
const scenes: Readonly<Record<string, (panel: RealtimeEventPanelElement) => readonly string[]>> = {
  counts: (panel) => ((panel.view = 'counts'), ['count-row', 'matters', 'hint']),
  log: (panel) => ((panel.view = 'log'), ['row', 'repeat']),
  detail: (panel) => {
    panel.view = 'log';
    panel.renderRoot.querySelector<HTMLElement>('[part~="row"]')?.click();
    return ['detail', 'guide', 'payload'];
  },
  timeline: (panel) => ((panel.view = 'timeline'), ['lane', 'span', 'lesson']),
  empty: (panel) => (panel.clear(), ['empty']),
};

/** What each custom property changes: a part in a scene, and what is read there. Without a part it is the panel itself. */
const properties: Readonly<
  Record<string, readonly [value: string, scene: string, part: string, style: string, read: string]>
> = {
  '--realtime-accent': [MARK, 'counts', 'count-bar', 'fill', MARK],
  '--realtime-surface': [MARK, 'counts', 'base', 'background-color', MARK],
  '--realtime-text': [MARK, 'counts', 'heading', 'color', MARK],
  '--realtime-muted': [MARK, 'log', 'time', 'color', MARK],
  '--realtime-border': [MARK, 'counts', 'base', 'border-top-color', MARK],
  '--realtime-danger': [MARK, 'log', 'row-error', '--rv-side', MARK],
  '--realtime-radius': ['3px', 'counts', 'base', 'border-top-left-radius', '3px'],
  '--realtime-font': ['serif', 'counts', 'heading', 'font-family', 'serif'],
  '--realtime-gap': ['29px', 'counts', 'toolbar', 'column-gap', '29px'],
  '--realtime-z-index': ['77', 'counts', '', 'z-index', '77'],
};

describe('the parts, states and custom properties of the panel in the manifest', () => {
  let page: StylingPage;

  beforeEach(() => {
    page = new StylingPage();
  });
  afterEach(() => page.close());

  const find = (panel: RealtimeEventPanelElement, part: string): HTMLElement | null =>
    part ? panel.renderRoot.querySelector<HTMLElement>(`[part~="${part}"]`) : panel;

  const enter = async (panel: RealtimeEventPanelElement, scene: string): Promise<void> => {
    await until(() => scenes[scene]!(panel).every((part) => find(panel, part)), scene);
  };

  const place = async (): Promise<RealtimeEventPanelElement> => {
    const panel = document.createElement('realtime-event-panel') as RealtimeEventPanelElement;
    panel.placement = 'top-end';
    page.place.replaceChildren(panel);
    for (const detail of everything().envelopes)
      panel.ownerDocument.body.dispatchEvent(new CustomEvent('realtime-event', { detail }));
    return panel;
  };

  const read = (element: HTMLElement | null, name: string): string =>
    element ? getComputedStyle(element).getPropertyValue(name) : '';

  it('are all the parts there are, each of them reached by ::part()', async () => {
    const panel = await place();
    const parts = new PartsFound(page, api);
    for (const scene of Object.keys(scenes)) {
      await enter(panel, scene);
      parts.look(panel);
    }
    expect([...parts.unseen], 'parts that no rule reached').to.deep.equal([]);
    expect([...parts.undocumented], 'parts that nobody knows').to.deep.equal([]);
  });

  it('are all the custom properties there are', () => {
    expect(api.cssProperties.map(({ name }) => name)).to.have.members(Object.keys(properties));
  });
  for (const [name, [value, scene, part, what, wanted]] of Object.entries(properties)) {
    it(`take ${name}, set on any ancestor, and at any time`, async () => {
      const panel = await place();
      await enter(panel, scene);
      const before = read(find(panel, part), what);
      page.place.style.setProperty(name, value);
      expect(before).not.to.equal(wanted);
      expect(read(find(panel, part), what)).to.equal(wanted);
    });
  }

  it('are all the states there are', () => {
    expect(api.cssStates.map(({ name }) => name)).to.deep.equal(['off']);
  });

  for (const when of ['always', 'localhost'] as const) {
    it(`${when === 'localhost' ? 'hide a panel for developers' : 'show any other panel'} in a page that is not on this machine`, async () => {
      const frame = page.place.appendChild(document.createElement('iframe'));
      // Such a page has no host, so it is no page of a developer either.
      frame.srcdoc = `<script type="module" src="/src/define.ts"></script>
        <style>realtime-event-panel:state(off) { outline: 2px solid ${MARK} }</style>
        <realtime-event-panel when="${when}"></realtime-event-panel>`;
      await nextEvent(frame, 'load');
      const inner = frame.contentWindow as Window & typeof globalThis;
      await inner.customElements.whenDefined('realtime-event-panel');
      const panel = inner.document.querySelector('realtime-event-panel') as RealtimeEventPanelElement;
      await panel.updateComplete;
      const { display, outlineColor } = inner.getComputedStyle(panel);
      const off = when === 'localhost';
      expect([display, outlineColor === MARK]).to.deep.equal([off ? 'none' : 'block', off]);
    });
  }
});
