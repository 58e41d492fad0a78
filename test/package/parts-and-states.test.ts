import { expect } from '@open-wc/testing';
import { scenes, type Scene } from '../../demo/gallery/scenes.js';
import { StagedVoice } from '../../demo/gallery/staged-voice.js';
import { talks } from '../../demo/gallery/talks.js';
import type { Activity } from '../../src/index.js';
import { apiOf, MARK, PartsFound, StylingPage } from './styling-page.js';

StagedVoice.define('staged-voice');

const api = apiOf('realtime-voice');
const talk = talks['en']!;

const act =
  (activity: Activity): Scene =>
  (voice) => {
    voice.stage.show('connected', { connectedAt: Date.now() });
    voice.stage.act(activity);
    voice.requestUpdate();
  };

/** A page may tell the model something; the visitor sees it as a note. */
const note: Scene = (voice) => {
  const content = [{ type: 'input_text', text: 'The visitor looks at shoes.' }];
  const item = { id: 'note', type: 'message', role: 'system', content };
  voice.stage.receive([{ type: 'conversation.item.added', item }]);
};

/** How each state comes about. A browser that really blocks sound is in visitors-choice. */
const states: Readonly<Record<string, Scene>> = {
  idle: () => {},
  connecting: (voice) => voice.stage.show('connecting', { phase: 'token' }),
  connected: act('listening'),
  reconnecting: (voice) => voice.stage.show('reconnecting'),
  failed: (voice) => voice.stage.show('failed'),
  listening: act('listening'),
  hearing: act('hearing'),
  thinking: act('thinking'),
  speaking: act('speaking'),
  muted: (voice) => {
    voice.muted = true;
  },
  talking: (voice) => {
    // A session of this test's own; what presses the button is in the tests of push-to-talk.
    Object.defineProperty(voice.stage, 'talking', { value: true });
    voice.requestUpdate();
  },
  open: (voice) => {
    voice.layout = 'floating';
    voice.open = true;
  },
  'limit-near': (voice) => {
    voice.stage.show('connected', { connectedAt: Date.now() });
    voice.stage.tell('limitwarning', { kind: 'duration', remaining: 30 });
  },
  'audio-blocked': scenes['sound blocked']!,
};

/** What each custom property changes: a part, and what is read there. */
const properties: Readonly<
  Record<string, readonly [value: string, part: string, style: string, read: string]>
> = {
  '--realtime-accent': [MARK, 'start-button', 'background-color', MARK],
  '--realtime-surface': [MARK, 'panel', 'background-color', MARK],
  '--realtime-text': [MARK, 'heading', 'color', MARK],
  '--realtime-muted': [MARK, 'status', 'color', MARK],
  '--realtime-border': [MARK, 'panel', 'border-top-color', MARK],
  '--realtime-danger': [MARK, 'stop-button', 'color', MARK],
  '--realtime-radius': ['3px', 'panel', 'border-top-left-radius', '3px'],
  '--realtime-font': ['serif', 'text-input', 'font-family', 'serif'],
  '--realtime-gap': ['29px', 'header', 'column-gap', '29px'],
  '--realtime-z-index': ['77', 'panel', 'z-index', '77'],
};

describe('the parts, states, slots and custom properties in the manifest', function () {
  this.timeout(60_000);
  let page: StylingPage;

  beforeEach(() => {
    page = new StylingPage();
  });
  afterEach(() => page.close());

  const stage = async (scene: Scene, layout: StagedVoice['layout'] = 'inline'): Promise<StagedVoice> => {
    const voice = document.createElement('staged-voice') as StagedVoice;
    Object.assign(voice, { layout, open: layout === 'floating' });
    page.place.replaceChildren(voice);
    await voice.updateComplete;
    await scene(voice, talk);
    await voice.updateComplete;
    return voice;
  };
  const find = (voice: StagedVoice, part: string): HTMLElement =>
    voice.renderRoot.querySelector<HTMLElement>(`[part~="${part}"]`)!;
  const style = (element: HTMLElement, name: string): string =>
    getComputedStyle(element).getPropertyValue(name);

  it('are all the parts there are, each of them reached by ::part()', async () => {
    const parts = new PartsFound(page, api);
    for (const scene of [...Object.values(scenes), note]) parts.look(await stage(scene, 'floating'));
    expect([...parts.unseen], 'parts that no rule reached').to.deep.equal([]);
    expect([...parts.undocumented], 'parts that nobody knows').to.deep.equal([]);
  });

  it('are all the states there are', () => {
    const told = api.cssStates.map(({ name }) => name);
    expect(told).to.have.members(Object.keys(states));
  });
  for (const [name, scene] of Object.entries(states)) {
    it(`style what is inside by :state(${name})`, async () => {
      page.css = `staged-voice:state(${name})::part(base) { outline: 2px solid ${MARK} }`;
      const voice = await stage(scene);
      expect(style(find(voice, 'base'), 'outline-color')).to.equal(MARK);
      await stage(name === 'idle' ? states['failed']! : states['idle']!);
      expect(style(find(page.place.firstElementChild as StagedVoice, 'base'), 'outline-color')).not.to.equal(
        MARK,
      );
    });
  }

  it('are all the slots there are, each of which shows what the page puts there', async () => {
    const shown: string[] = [];
    for (const { name } of api.slots) {
      for (const scene of ['idle', 'consent', 'listening']) {
        const voice = document.createElement('staged-voice') as StagedVoice;
        voice.layout = name === 'launcher' ? 'floating' : 'inline';
        voice.innerHTML = `<b slot="${name}">The page’s own</b>`;
        page.place.replaceChildren(voice);
        await scenes[scene]!(voice, talk);
        await voice.updateComplete;
        const own = voice.querySelector<HTMLElement>('b')!;
        if (own.assignedSlot && own.checkVisibility()) shown.push(name);
      }
    }
    expect([...new Set(shown)]).to.have.members(api.slots.map(({ name }) => name));
  });

  it('are all the custom properties there are', () => {
    // The levels are written and not read; what they say is in the tests of the meter.
    const read = api.cssProperties.map(({ name }) => name).filter((name) => !name.endsWith('-level'));
    expect(read).to.have.members(Object.keys(properties));
  });
  for (const [name, [value, part, what, read]] of Object.entries(properties)) {
    it(`take ${name}, set on any ancestor, and at any time`, async () => {
      const scene = part === 'stop-button' ? states['connected']! : states['idle']!;
      const voice = await stage(scene, part === 'panel' ? 'floating' : 'inline');
      const before = style(find(voice, part), what);
      page.place.style.setProperty(name, value);
      expect(before).not.to.equal(read);
      expect(style(find(voice, part), what)).to.equal(read);
    });
  }
});
