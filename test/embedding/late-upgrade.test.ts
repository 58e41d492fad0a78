import { expect } from '@open-wc/testing';
import { RealtimeEventPanelElement } from '../../src/elements/realtime-event-panel.js';
import { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { nextEvent } from '../support/next-event.js';

const define = {
  voice: (tag: string) => RealtimeVoiceElement.define(tag),
  panel: (tag: string) => RealtimeEventPanelElement.define(tag),
};

/** Values for properties that not everything fits into: others read as the default. */
const values: Readonly<Record<string, unknown>> = {
  mediaStream: new MediaStream(),
  strings: { start: 'Go' },
  tools: [{ name: 't', description: 'd', parameters: {}, execute: () => 1 }],
  layout: 'floating',
  credentials: 'omit',
  output: 'text',
  placement: 'top-end',
  controls: 'text',
  turnDetection: 'server',
  maxCost: 3,
  direction: 'server',
  view: 'log',
  when: 'localhost',
  redact: () => null,
};

/** Every settable property with a value that is not its default. */
function otherThan(element: HTMLElement): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  let prototype = Object.getPrototypeOf(element);
  for (; prototype.constructor.name !== 'LitElement'; prototype = Object.getPrototypeOf(prototype))
    for (const [name, { set }] of Object.entries(Object.getOwnPropertyDescriptors(prototype)))
      if (set) found[name] = values[name] ?? changed(element[name as 'id']);
  return found;
}

function changed(value: unknown): unknown {
  if (typeof value === 'boolean') return !value;
  return typeof value === 'number' ? value + 1 : 'other';
}

describe('an element that is upgraded late', () => {
  for (const name of ['voice', 'panel'] as const)
    it(`honours every property that was set before: ${name}`, async () => {
      define[name](`usual-${name}`);
      const wanted = otherThan(document.createElement(`usual-${name}`));
      const element = document.createElement(`early-${name}`) as RealtimeVoiceElement;
      Object.assign(element, wanted);
      document.body.append(element);
      define[name](`early-${name}`);
      await element.updateComplete;
      const kept = Object.fromEntries(Object.keys(wanted).map((key) => [key, element[key as 'id']]));
      expect(kept).to.deep.equal(wanted);
      expect(Object.keys(wanted).length).to.be.greaterThan(10);
      element.remove();
    });

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
