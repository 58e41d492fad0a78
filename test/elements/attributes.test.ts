import { expect } from '@open-wc/testing';
import type { LitElement } from 'lit';
import { RealtimeEventPanelElement } from '../../src/elements/realtime-event-panel.js';
import { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { countedVoice } from '../support/counted-voice.js';
import { HandClock } from '../support/hand-clock.js';
import { PretendLine } from '../support/pretend-line.js';
import { until } from '../support/until.js';

type Loose = LitElement & Record<string, unknown>;

/** A good value of every attribute of the widget, as text and as a property. */
const values: Readonly<Record<string, readonly [text: string, value: unknown]>> = {
  'token-endpoint': ['/token', '/token'],
  'session-endpoint': ['/session', '/session'],
  credentials: ['include', 'include'],
  'api-url': ['https://api.example/calls', 'https://api.example/calls'],
  'ice-servers': ['[{"urls":"stun:stun.example"}]', [{ urls: 'stun:stun.example' }]],
  model: ['a-model', 'a-model'],
  voice: ['marin', 'marin'],
  instructions: ['Be brief.', 'Be brief.'],
  greeting: ['Say hello.', 'Say hello.'],
  output: ['text', 'text'],
  'turn-detection': ['server', 'server'],
  'transcription-model': ['off', 'off'],
  'push-to-talk': ['', true],
  muted: ['', true],
  'input-device': ['microphone-2', 'microphone-2'],
  'output-device': ['speaker-2', 'speaker-2'],
  layout: ['compact', 'compact'],
  placement: ['top-start', 'top-start'],
  open: ['', true],
  controls: ['start usage', 'start usage'],
  heading: ['Ask us', 'Ask us'],
  consent: ['', true],
  'max-duration': ['120', 120],
  'idle-timeout': ['30', 30],
  'hidden-timeout': ['60', 60],
  'max-cost': ['0.5', 0.5],
  'without-reconnect': ['', true],
  replay: ['/log.jsonl', '/log.jsonl'],
};

/** Values that are not understood, and what is read instead. */
const bad: Readonly<Record<string, readonly [text: string, value: unknown]>> = {
  credentials: ['sometimes', 'same-origin'],
  output: ['smoke', 'audio'],
  'turn-detection': ['telepathy', undefined],
  layout: ['sideways', 'inline'],
  placement: ['in the middle', 'bottom-end'],
  controls: ['start fly', 'start'],
  'max-duration': ['soon', 600],
  'idle-timeout': ['-1', 90],
  'hidden-timeout': ['never', 300],
  'max-cost': ['cheap', undefined],
};

/** What pages write, too. */
const alsoUnderstood: Readonly<Record<string, readonly [given: object, value: string]>> = {
  'commas between controls': [{ controls: 'start, mute' }, 'start mute'],
  'a list of controls': [{ controls: ['start', 'usage'] }, 'start usage'],
  'no control at all': [{ controls: [] }, ''],
};

const camel = (name: string): string => name.replace(/-./g, ([, letter]) => letter!.toUpperCase());
const read = (element: object, attribute: string): unknown => (element as Loose)[camel(attribute)];

/** What is written to the console meanwhile. */
async function warnings(work: () => unknown): Promise<readonly string[]> {
  const told: string[] = [];
  const { warn } = console;
  console.warn = (...parts: unknown[]) => told.push(parts.join(' '));
  try {
    await work();
  } finally {
    console.warn = warn;
  }
  return told;
}

describe('the attributes of <realtime-voice>', () => {
  RealtimeVoiceElement.define();
  let voice: RealtimeVoiceElement;

  beforeEach(() => {
    voice = document.body.appendChild(document.createElement('realtime-voice') as RealtimeVoiceElement);
  });
  afterEach(() => voice.remove());

  it('are all tried here', () => {
    expect(Object.keys(values)).to.have.members([...RealtimeVoiceElement.observedAttributes]);
  });

  for (const [name, [text, value]] of Object.entries(values)) {
    it(`are read late and early: ${name}`, async () => {
      const early = document.createElement(`early-${name}`);
      early.setAttribute(name, text);
      document.body.append(early);
      RealtimeVoiceElement.define(early.localName);
      voice.setAttribute(name, text);
      expect([read(early, name), read(voice, name)]).to.deep.equal([value, value]);
      voice.removeAttribute(name);
      expect(read(voice, name) || undefined).to.deep.equal(
        read(document.createElement('realtime-voice'), name) || undefined,
      );
      early.remove();
    });
    it(`are mirrored by properties, those set before the definition too: ${name}`, async () => {
      const early = document.createElement(`set-${name}`) as Loose;
      early[camel(name)] = value;
      document.body.append(early);
      RealtimeVoiceElement.define(early.localName);
      (voice as unknown as Loose)[camel(name)] = value;
      await Promise.all([early.updateComplete, voice.updateComplete]);
      // Servers for ICE may hold a password, which never goes into the page.
      const written = name === 'ice-servers' ? null : text;
      expect([early.getAttribute(name), voice.getAttribute(name)]).to.deep.equal([written, written]);
      expect(read(early, name)).to.deep.equal(value);
      early.remove();
    });
  }

  for (const [name] of Object.entries(values).filter(([, [, value]]) => value === true)) {
    it(`are off when they are "false": ${name}`, () => {
      voice.setAttribute(name, 'false');
      expect(read(voice, name)).to.equal(false);
    });
  }

  for (const [name, [text, value]] of Object.entries(bad)) {
    it(`read as the default when they are not understood, and say so once: ${name}`, async () => {
      const told = await warnings(async () => {
        voice.setAttribute(name, text);
        document.createElement('realtime-voice').setAttribute(name, text);
        expect(read(voice, name)).to.equal(value);
        voice.removeAttribute(name);
        (voice as unknown as Loose)[camel(name)] = text;
        expect(read(voice, name)).to.equal(value);
        await voice.updateComplete;
      });
      expect(told.length).to.equal(1);
      expect(told[0]).to.contain(`<realtime-voice> ${name}="`).and.to.contain('is not understood. Allowed: ');
    });
  }

  for (const [what, [given, value]] of Object.entries(alsoUnderstood))
    it(`understand ${what}`, async () => {
      const told = await warnings(() => Object.assign(voice, given));
      expect([told, voice.controls]).to.deep.equal([[], value]);
    });

  it('take one server for a list of one, as text and as a property', async () => {
    const server = { urls: 'turn:turn.example', username: 'a', credential: 'b' };
    const lists: unknown[] = [];
    for (const set of [
      () => voice.setAttribute('ice-servers', JSON.stringify(server)),
      () => ((voice as unknown as Loose)['iceServers'] = server),
    ]) {
      voice.iceServers = undefined;
      set();
      const line = new PretendLine();
      const call = countedVoice(
        { iceServers: voice.iceServers },
        { open: line.dial, clock: new HandClock() },
      );
      await call.start();
      lists.push(line.latest.request.config.iceServers);
      call.remove();
    }
    expect(lists).to.deep.equal([[server], [server]]);
  });

  it('say so once, without quoting what may be a password, when servers are no list', async () => {
    const read: unknown[] = [];
    const told = await warnings(() => {
      for (const text of ['{"urls":', '"stun:stun.example"', '[1]', '7', 'null']) {
        voice.setAttribute('ice-servers', text);
        read.push(voice.iceServers);
      }
    });
    expect([told.length, new Set(read)]).to.deep.equal([1, new Set([undefined])]);
    expect(told[0]).to.contain('ice-servers').and.to.contain('JSON').and.not.to.contain('stun.example');
  });

  it('say so when tools are no list, and leave the call alone', async () => {
    const line = new PretendLine();
    const tools = { name: 'f', execute: () => 1 } as unknown as [];
    const call = countedVoice({ tools }, { open: line.dial, clock: new HandClock() });
    const told = await warnings(async () => {
      await call.updateComplete;
      await call.start();
    });
    expect([told.length, call.status]).to.deep.equal([1, 'connected']);
    expect(told[0]).to.contain('tools').and.to.contain('a list of tools');
    call.remove();
  });

  it('say so when a call is to end at a cost that nobody can tell', async () => {
    const line = new PretendLine();
    const call = countedVoice({ maxCost: 3 }, { open: line.dial, clock: new HandClock() });
    const told = await warnings(() => call.start());
    expect(told.length).to.equal(1);
    expect(told[0]).to.contain('max-cost').and.to.contain('pricing');
    call.stop();
    call.pricing = { text: { input: 1, output: 1 } };
    call.maxCost = 4;
    expect(await warnings(() => call.start())).to.deep.equal([]);
    call.remove();
  });

  it('are the usual controls where all of those that are asked for are unknown', async () => {
    const told = await warnings(() => voice.setAttribute('controls', 'strat'));
    expect([told.length, voice.controls]).to.deep.equal([1, 'start mute text']);
  });

  it('survive what frameworks set for “nothing”', async () => {
    await voice.updateComplete;
    for (const nothing of [undefined, null]) {
      for (const name of [...Object.keys(values).map(camel), 'strings', 'tools', 'session', 'pricing'])
        (voice as unknown as Loose)[name] = nothing;
      await voice.updateComplete;
      expect([voice.layout, voice.controls, voice.muted]).to.deep.equal(['inline', 'start mute text', false]);
    }
    expect(voice.renderRoot.querySelectorAll('[part="start-button"]')).to.have.length(1);
  });

  it('keep the controls in the order that every visitor knows, whatever order the page gives', async () => {
    voice.controls = 'text mute start';
    await voice.updateComplete;
    const parts = [...voice.renderRoot.querySelectorAll('button[part], textarea')].map(
      ({ part }) => part.value,
    );
    expect(parts).to.deep.equal(['start-button', 'mute-button', 'text-input', 'send-button']);
  });

  it('show nothing but the transcript when there are no controls', async () => {
    voice.setAttribute('controls', '');
    await voice.updateComplete;
    expect(voice.renderRoot.querySelectorAll('button, textarea, [part="controls"]')).to.have.length(0);
  });

  it('change the words in the middle of a call, of what was said before too', async () => {
    const events = [
      { type: 'conversation.item.added', item: { id: 'a', type: 'message', role: 'user', content: [] } },
      { type: 'conversation.item.input_audio_transcription.failed', item_id: 'a', content_index: 0 },
    ];
    voice.replay = URL.createObjectURL(new Blob([events.map((event) => JSON.stringify(event)).join('\n')]));
    await voice.start();
    voice.player?.pause();
    voice.player?.step();
    voice.player?.step();
    const text = (): string =>
      ['speaker', 'text']
        .map((part) => voice.renderRoot.querySelector(`[part="${part}"]`)?.textContent)
        .join(': ');
    await until(() => text() === 'You: Could not be transcribed');
    voice.lang = 'ja';
    await until(() => text() === 'あなた: 文字にできませんでした');
    voice.strings = { inaudible: '?' };
    await until(() => text() === 'あなた: ?');
    expect(voice.status).to.equal('connected');
    voice.stop();
  });
});

describe('a bad value of an attribute', () => {
  for (const [tag, Element] of [
    ['realtime-voice', RealtimeVoiceElement],
    ['realtime-event-panel', RealtimeEventPanelElement],
  ] as const) {
    it(`is told with the name of the element: <${tag}>`, async () => {
      Element.define();
      const told = await warnings(() => document.createElement(tag).setAttribute('placement', 'nowhere'));
      expect(told[0]).to.contain(`<${tag}> placement="nowhere" is not understood`);
    });
  }
});
