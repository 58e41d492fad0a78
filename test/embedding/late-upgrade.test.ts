import { expect } from '@open-wc/testing';
import { RealtimeEventPanelElement } from '../../src/elements/realtime-event-panel.js';
import { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { nextEvent } from '../support/next-event.js';

/** A value that is not the default, for each settable property. */
const voiceValues: Partial<RealtimeVoiceElement> = {
  tokenEndpoint: '/token',
  sessionEndpoint: '/session',
  credentials: 'include',
  apiUrl: '/calls',
  iceServers: [{ urls: 'stun:stun.example.com' }],
  model: 'm',
  voice: 'v',
  instructions: 'i',
  greeting: 'g',
  output: 'text',
  turnDetection: 'server',
  transcriptionModel: 'off',
  pushToTalk: true,
  muted: true,
  inputDevice: 'in',
  outputDevice: '',
  layout: 'floating',
  placement: 'top-start',
  open: true,
  controls: 'start',
  heading: 'h',
  consent: true,
  maxDuration: 1,
  idleTimeout: 2,
  maxCost: 3,
  withoutReconnect: true,
  replay: 'data:,',
  tokenProvider: () => 'ek_',
  tokenHeaders: { Authorization: 'a' },
  session: { type: 'realtime' },
  tools: [{ name: 't', description: 'd', parameters: {}, execute: () => 1 }],
  pricing: { text: { input: 1, output: 1 } },
  mediaStream: new MediaStream(),
  strings: { start: 's' },
  replaySpeed: 9,
  iceTransportPolicy: 'relay',
};
const panelValues: Partial<RealtimeEventPanelElement> = {
  for: 'somebody',
  view: 'log',
  direction: 'server',
  filter: 'f',
  maxEvents: 7,
  paused: true,
  redactText: true,
  placement: 'top-end',
  collapsed: true,
  when: 'localhost',
  redact: () => null,
};

/** Writes into an element that nobody knows yet, then defines it. */
function upgrade(tag: string, values: object, define: (tag: string) => void): Element {
  const element = document.createElement(tag);
  Object.assign(element, values);
  document.body.append(element);
  define(tag);
  return element;
}

describe('an element that is upgraded late', () => {
  for (const [name, values, define] of [
    ['voice', voiceValues, (tag: string) => RealtimeVoiceElement.define(tag)],
    ['panel', panelValues, (tag: string) => RealtimeEventPanelElement.define(tag)],
  ] as const) {
    it(`honours every property that was set before: ${name}`, async () => {
      const element = upgrade(`early-${name}`, values, define) as RealtimeVoiceElement;
      await element.updateComplete;
      const kept = Object.fromEntries(Object.keys(values).map((key) => [key, element[key as 'log']]));
      expect(kept).to.deep.equal(values);
      element.remove();
    });

    it(`has no other settable property: ${name}`, () => {
      const element = document.createElement(`early-${name}`);
      const settable = new Set<string>();
      for (
        let prototype = Object.getPrototypeOf(element);
        prototype.constructor.name !== 'LitElement';
        prototype = Object.getPrototypeOf(prototype)
      )
        for (const [key, { set }] of Object.entries(Object.getOwnPropertyDescriptors(prototype)))
          if (set) settable.add(key);
      expect([...settable].sort()).to.deep.equal(Object.keys(values).sort());
    });
  }

  it('tells listeners that were there before, and starts at once with what was set', async () => {
    const tape = JSON.stringify({ type: 'session.created', session: { id: 's' } });
    const voice = document.createElement('eager-voice') as RealtimeVoiceElement;
    document.body.append(voice);
    Object.assign(voice, { replay: `data:,${encodeURIComponent(tape)}`, replaySpeed: Infinity });
    const connected = nextEvent(
      voice,
      'realtime-status-change',
      ({ detail }: CustomEvent) => detail.status === 'connected',
    );
    RealtimeVoiceElement.define('eager-voice');
    await voice.start();
    await connected;
    voice.remove();
  });
});

describe('the names of the elements', () => {
  it('may be others, beside the usual ones and defined twice', () => {
    const warnings: unknown[] = [];
    const { warn } = console;
    console.warn = (...said: unknown[]) => warnings.push(...said);
    for (const tag of ['realtime-voice', 'my-voice', 'my-voice', 'realtime-voice'])
      RealtimeVoiceElement.define(tag);
    console.warn = warn;
    for (const tag of ['realtime-voice', 'my-voice'])
      expect(document.createElement(tag) instanceof RealtimeVoiceElement, tag).to.equal(true);
    expect(warnings).to.deep.equal([]);
  });
});
