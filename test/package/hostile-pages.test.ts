import { expect } from '@open-wc/testing';
import type { RealtimeEventPanelElement, RealtimeVoiceElement } from '../../src/index.js';
import { Script, spokenTurn } from '../event-log/envelopes.js';
import { until } from '../support/until.js';

/** Rules of pages that nobody wrote with a widget in mind. */
const hostile: Readonly<Record<string, string>> = {
  'a reset': `*, *::before, *::after { margin: 0; padding: 0; border: 0; font: inherit; vertical-align: baseline; box-sizing: content-box }
    button, input, textarea, select { appearance: none; background: none; border-radius: 0; outline: none }
    ol, ul { list-style: none } :focus { outline: 0 !important } body { line-height: 1 }`,
  'everything unset': `* { all: unset !important }`,
  'small rem, loud letters': `html { font-size: 62.5% !important } * { letter-spacing: 4px !important; word-spacing: 9px !important; line-height: 3 !important; color: #333; text-transform: uppercase }`,
  'shouting, and tokens of its own': `body { text-transform: uppercase; font: italic small-caps 700 22px/2 fantasy; text-align: justify; text-indent: 2em; white-space: pre; word-break: break-all; hyphens: auto; color: rgb(200, 0, 0); text-shadow: 2px 2px lime; cursor: crosshair; font-variant-numeric: oldstyle-nums; -webkit-text-fill-color: orange; -webkit-text-stroke: 1px; tab-size: 1; quotes: '<' '>'; caret-color: red; accent-color: red }
    * { --accent: hotpink; --surface: black; --text: black; --muted: black; --border: black; --radius: 0; --gap: 90px; --danger: black; --side: lime; --rows: 40; --row-height: 9px }`,
  'transforms and a huge header': `body { transform: translateY(10px); perspective: 100px; filter: grayscale(0); will-change: transform; contain: layout }
    header { position: fixed; inset: 0; z-index: 2147483647; background: pink }`,
  'selectors for our parts and classes': `[part], .panel, .base, .turn, .icon, .controls, header, section, textarea, button, span, div p { display: none !important; color: red !important; width: 3px !important }
    realtime-voice * { opacity: 0.1 }`,
};

/** A conversation with turns of several kinds. */
const log = [
  ['user', 'input_text', 'Hello'],
  ['assistant', 'output_audio', 'Hello! How can I help you?'],
]
  .map(([role, type, words], at) =>
    JSON.stringify({
      type: 'conversation.item.added',
      item: {
        id: `turn ${at}`,
        type: 'message',
        status: 'completed',
        role,
        content: [type === 'input_text' ? { type, text: words } : { type, transcript: words }],
      },
    }),
  )
  .join('\n');

/** What grows when something is put into a page. */
const GROWS = /size|^width|height|origin|inset|^top|^bottom|^left|^right/;
/** What turns round with its direction. */
const DIRECTED = /direction|left|right|inset|origin|inline|perspective/;

/** What both elements show in a page. */
type Shown = HTMLElement & { readonly renderRoot: ParentNode };

interface Page {
  readonly window: Window & typeof globalThis;
  /** Puts an element into the page. */
  add(element: HTMLElement): void;
  /** What the page computes for its own elements. */
  looks(): string;
}

interface Host<Element extends Shown> {
  readonly window: Window & typeof globalThis;
  readonly element: Element;
  /** What the page computes for its own elements before and after the element came. */
  readonly outside: readonly [before: string, after: string];
}

const frames: HTMLIFrameElement[] = [];
afterEach(() => frames.splice(0).forEach((frame) => frame.remove()));

/** A page in a frame, with the built file as a page would load it. */
async function load(css: string, dir: string): Promise<Page & { readonly before: string }> {
  const frame = document.createElement('iframe');
  Object.assign(frame.style, { position: 'fixed', inset: '0', width: '900px', height: '700px' });
  frame.srcdoc = `<!doctype html><html lang="en" dir="${dir}"><style>${css}</style>
    <body><header>Header</header><main style="display: block !important; width: 480px !important">
    <h1>Page</h1><p>Text <a href="#">link</a> <button>Button</button></main></body></html>`;
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  document.body.append(frame);
  frames.push(frame);
  await loaded;
  const window = frame.contentWindow as Window & typeof globalThis;
  const { document: page } = window;
  const looks = (): string =>
    [...page.querySelectorAll('html, body, header, main, h1, p, a, button')]
      .map((one) => JSON.stringify([one.getAttributeNames(), styles(window, one, GROWS)]))
      .join('\n') +
    JSON.stringify([page.styleSheets.length, page.adoptedStyleSheets.length, page.fonts.size]);
  const before = looks();
  const script = page.createElement('script');
  script.type = 'module';
  script.src = '/dist/cdn/realtime-voice.js';
  page.head.append(script);
  await window.customElements.whenDefined('realtime-voice');
  return { window, before, looks, add: (element) => page.querySelector('main')!.append(element) };
}

async function openVoice(
  css: string,
  { dir = 'ltr', layout = 'inline' } = {},
): Promise<Host<RealtimeVoiceElement>> {
  const { window, before, looks, add } = await load(css, dir);
  const voice = window.document.createElement('realtime-voice');
  voice.controls = 'start mute text interrupt devices volume transcript usage';
  voice.setAttribute('layout', layout);
  voice.open = layout === 'floating';
  voice.replay = `data:application/jsonl,${encodeURIComponent(log)}`;
  voice.replaySpeed = Infinity;
  add(voice);
  await voice.updateComplete;
  const over = new Promise<void>((resolve) => {
    voice.addEventListener('realtime-status-change', () => voice.status === 'idle' && resolve());
  });
  await voice.start();
  await over;
  voice.renderRoot.querySelector<HTMLElement>('.controls [aria-expanded]')?.click();
  await voice.getDevices();
  await voice.updateComplete;
  await drawn(window);
  return { window, element: voice, outside: [before, looks()] };
}

/** What is seen of the panel, and what is there when all of it is. */
const scenes: Readonly<Record<string, (panel: RealtimeEventPanelElement) => readonly string[]>> = {
  counts: (panel) => ((panel.view = 'counts'), ['.essential .mark', '.banner', '.hints']),
  log: (panel) => {
    panel.view = 'log';
    if (!panel.renderRoot.querySelector('.detail'))
      panel.renderRoot.querySelector<HTMLElement>('.row')?.click();
    return ['.row', '.guide dt', '.payload', '.filter-bar'];
  },
  timeline: (panel) => ((panel.view = 'timeline'), ['.lane', '.lesson b']),
};

async function openPanel(css: string, scene: string): Promise<Host<RealtimeEventPanelElement>> {
  const { window, before, looks, add } = await load(css, 'ltr');
  const panel = window.document.createElement('realtime-event-panel');
  add(panel);
  const script = new Script();
  script.client({ type: 'session.update', session: {} });
  spokenTurn(script);
  script.server({ type: 'error', error: { message: 'No.' } });
  await panel.import(script.envelopes.map((envelope) => JSON.stringify(envelope)).join('\n'));
  await until(() => scenes[scene]!(panel).every((part) => panel.renderRoot.querySelector(part)), scene);
  await drawn(window);
  return { window, element: panel, outside: [before, looks()] };
}

/** Turns are laid out, and rows are drawn, once they are found to be in sight. */
async function drawn(window: Window): Promise<void> {
  for (let count = 0; count < 2; count += 1)
    await new Promise((resolve) => window.requestAnimationFrame(resolve));
}

function styles(window: Window, element: Element, ignored?: RegExp): Record<string, string> {
  const computed = window.getComputedStyle(element);
  // Custom properties of the page are the page's, and are listed too.
  const names = [...computed].filter((name) => !name.startsWith('--') && !ignored?.test(name));
  return Object.fromEntries(names.map((name) => [name, computed.getPropertyValue(name)]));
}

/** Every computed style of every element inside. */
function inside({ window, element }: Host<Shown>): readonly (readonly [string, Record<string, string>])[] {
  return (
    [...element.renderRoot.querySelectorAll('*')]
      // How many devices there are, and when they are known, is not the page's doing.
      .filter((node) => !node.matches('style, option, .settings-devices label:nth-of-type(2) *'))
      .map((node, at) => {
        const name = `${at} ${node.localName}.${node.getAttribute('part') ?? node.getAttribute('class') ?? ''}`;
        return [name, styles(window, node)] as const;
      })
  );
}

/** What is computed otherwise. */
function differences(one: Host<Shown>, other: Host<Shown>, ignored?: RegExp): readonly string[] {
  const [here, there] = [inside(one), inside(other)];
  expect(here.map(([name]) => name)).to.deep.equal(there.map(([name]) => name));
  expect(here.length).to.be.greaterThan(50);
  return here.flatMap(([name, rules], at) =>
    Object.entries(rules)
      .filter(([rule, value]) => !ignored?.test(rule) && there[at]![1][rule] !== value)
      .map(([rule, value]) => `${name}: ${rule} is ${value}, on a plain page ${there[at]![1][rule]}`),
  );
}

describe('<realtime-voice> on a hostile page', function () {
  this.timeout(30_000);

  for (const [name, css] of Object.entries(hostile)) {
    it(`looks as on a plain one, and changes nothing of it: ${name}`, async () => {
      const [plain, host] = [await openVoice(''), await openVoice(css)];
      expect(differences(host, plain)).to.deep.equal([]);
      expect(host.outside[1]).to.equal(host.outside[0]);
    });
  }

  it('looks as on a plain one that is written from right to left', async () => {
    const css = `* { direction: rtl; letter-spacing: 3px; text-align: right }`;
    const [plain, turned, host] = [
      await openVoice(''),
      await openVoice('', { dir: 'rtl' }),
      await openVoice(css, { dir: 'rtl' }),
    ];
    expect(differences(host, turned)).to.deep.equal([]);
    expect(differences(turned, plain, DIRECTED)).to.deep.equal([]);
  });

  for (const [what, isOpen] of [
    ['panel', true],
    ['launcher', false],
  ] as const) {
    it(`floats above all of it, in its corner, whatever is transformed around it: the ${what}`, async () => {
      const host = await openVoice(hostile['transforms and a huge header']!, { layout: 'floating' });
      const { window, element: voice } = host;
      voice.open = isOpen;
      await voice.updateComplete;
      const box = voice.renderRoot.querySelector(`[part~="${what}"]`)!.getBoundingClientRect();
      const top = window.document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      expect(top).to.equal(voice);
      expect([window.innerWidth - box.right, window.innerHeight - box.bottom]).to.deep.equal([20, 20]);
    });
  }

  it('stays hidden when the page hides it, floating or not', async () => {
    for (const layout of ['inline', 'floating']) {
      const { element: voice } = await openVoice('', { layout });
      voice.hidden = true;
      await voice.updateComplete;
      const shown = [...voice.renderRoot.querySelectorAll('button')].filter((button) =>
        button.checkVisibility(),
      );
      expect(shown).to.have.length(0);
    }
  });
});

describe('<realtime-event-panel> on a hostile page', function () {
  this.timeout(30_000);

  for (const [name, css] of Object.entries(hostile)) {
    it(`looks as on a plain one, and changes nothing of it: ${name}`, async () => {
      for (const scene of Object.keys(scenes)) {
        const [plain, host] = [await openPanel('', scene), await openPanel(css, scene)];
        expect(differences(host, plain), scene).to.deep.equal([]);
        expect(host.outside[1]).to.equal(host.outside[0]);
      }
    });
  }
});
