import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { render } from 'lit';
import { StagedVoice } from '../../demo/gallery/staged-voice.js';
import { settingsTemplate } from '../../src/elements/controls.template.js';
import type { VoiceFace } from '../../src/elements/voice-face.js';
import type { RealtimeEventPanelElement } from '../../src/elements/realtime-event-panel.js';
import type { ServerEvent } from '../../src/protocol/server-event.js';
import { RealtimeError } from '../../src/session/realtime-error.js';
import en from '../../src/locales/en.js';
import { Script } from '../event-log/envelopes.js';
import { openPanel, part, parts } from '../panel/panel-fixture.js';
import { hostileStrings } from '../support/hostile-strings.js';
import { until } from '../support/until.js';

StagedVoice.define('staged-voice');

/** The same number of texts that nobody could mind. */
const harmless = hostileStrings.map((_, index) => `text ${index}`);

let taken = 0;
Object.assign(globalThis, { taken: () => (taken += 1) });

/** What a tree is made of, texts left out: the names of all elements and of their attributes. */
function skeleton(root: ParentNode): string[] {
  // Long names of types may be broken after each dot.
  return [...root.querySelectorAll(':not(wbr)')].map((element) =>
    [element.localName, ...element.getAttributeNames().sort()].join(' '),
  );
}

/** Attributes that hold what somebody said. Only names that are read aloud may. */
function loaded(root: ParentNode): string[] {
  return [...root.querySelectorAll('*')].flatMap((element) =>
    element
      .getAttributeNames()
      .filter((name) => !['aria-label', 'title', 'alt'].includes(name))
      .filter((name) => element.getAttribute(name)?.includes('taken')),
  );
}

/** Shows the hostile texts and the harmless ones in the same way: whatever differs but the text was made of a text. */
async function expectOnlyText(show: (texts: readonly string[]) => Promise<ParentNode>): Promise<void> {
  const usual = skeleton(await show(harmless));
  const root = await show(hostileStrings);
  expect(skeleton(root)).to.deep.equal(usual);
  expect(loaded(root)).to.deep.equal([]);
  await nextFrame();
  expect(taken).to.equal(0);
  expect(performance.getEntriesByType('resource').filter(({ name }) => /[/.]taken/.test(name))).to.deep.equal(
    [],
  );
}

describe('what somebody says, calls a thing or sends', function () {
  this.timeout(60_000);

  it('is tried in more than 500 ways', () => {
    expect(new Set(hostileStrings).size).to.be.greaterThan(500);
  });

  const message = (role: string, type: string) => (text: string, index: number) => ({
    type: 'conversation.item.added',
    item: {
      id: `${index}`,
      type: 'message',
      role,
      status: 'completed',
      content: [{ type, text, transcript: text }],
    },
  });
  const sinks: Readonly<Record<string, (text: string, index: number) => ServerEvent>> = {
    'the visitor’s words': message('user', 'input_text'),
    'the assistant’s words': message('assistant', 'output_audio'),
    'the system’s words': message('system', 'input_text'),
    'words that grow': (delta: string, index: number) => ({
      type: 'response.output_audio_transcript.delta',
      item_id: `${index}`,
      content_index: 0,
      delta,
    }),
    'names and arguments of tools': (name: string, index: number) => ({
      type: 'conversation.item.added',
      item: { id: `${index}`, type: 'function_call', name, call_id: `${index}`, arguments: name },
    }),
    'tools elsewhere that ask for permission': (name: string, index: number) => ({
      type: 'conversation.item.added',
      item: { id: name + index, type: 'mcp_approval_request', name, server_label: name, arguments: name },
    }),
    errors: (text: string) => ({
      type: 'error',
      error: { type: text, code: text, message: text, param: text },
    }),
  };

  for (const [what, event] of Object.entries(sinks))
    it(`stays text in the widget: ${what}`, () =>
      expectOnlyText(async (texts) => {
        const voice = await fixture<StagedVoice>(html`<staged-voice></staged-voice>`);
        voice.stage.show('connected', { connectedAt: Date.now() });
        voice.stage.receive(texts.map(event));
        await voice.updateComplete;
        if (what !== 'errors') expect(voice.turns.length).to.equal(texts.length);
        return voice.renderRoot;
      }));

  it('stays text in the widget: its title, its own words, a failure', () =>
    expectOnlyText(async (texts) => {
      const all = texts.join(' ');
      const voice = await fixture<StagedVoice>(html`<staged-voice heading=${all}></staged-voice>`);
      voice.strings = { start: all, empty: all, errors: { unavailable: all } };
      voice.stage.show('failed', { error: new RealtimeError('token.server_error', { detail: all }) });
      await voice.updateComplete;
      expect(voice.text('heading')).to.equal(all.trim());
      return voice.renderRoot;
    }));

  it('stays text in the widget: names of devices', () =>
    expectOnlyText(async (texts) => {
      const list = texts.map((label) => ({ label, deviceId: label }));
      const face = {
        settingsOpen: true,
        controls: new Set(['devices']),
        strings: en,
        actions: {},
        devices: { inputs: list, outputs: list },
        element: {},
      } as unknown as VoiceFace;
      const box = await fixture<HTMLElement>(html`<div></div>`);
      render(settingsTemplate(face), box);
      for (const option of box.querySelectorAll('option')) option.removeAttribute('value');
      return box;
    }));

  for (const [view, minimum] of [
    ['counts', 100],
    ['log', 10],
    ['timeline', 10],
  ] as const)
    it(`stays text in the panel, in a log that is opened too: ${view}`, () =>
      expectOnlyText(async (texts) => {
        const panel = await openPanel(html`<realtime-event-panel></realtime-event-panel>`);
        const script = new Script();
        texts.forEach((text) => (view === 'timeline' ? turn : odd)(script, text));
        await panel.import(script.envelopes.map((envelope) => JSON.stringify(envelope)).join('\n'));
        panel.view = view;
        const row = { counts: 'count-row', log: 'row', timeline: 'lane' }[view];
        await until(() => parts(panel, row).length >= minimum, view);
        if (view === 'log') await openRow(panel);
        return panel.renderRoot;
      }));
});

describe('characters that turn the reading direction round', () => {
  const OVERRIDE = 'abc \u202edef';

  it('turn round nothing but the words they stand in', async () => {
    const voice = await fixture<StagedVoice>(html`<staged-voice></staged-voice>`);
    voice.stage.show('connected', { connectedAt: Date.now() });
    voice.stage.receive([
      {
        type: 'conversation.item.added',
        item: {
          id: 'a',
          type: 'message',
          role: 'assistant',
          content: [{ type: 'output_audio', transcript: OVERRIDE }],
        },
      },
      { type: 'conversation.item.truncated', item_id: 'a', content_index: 0, audio_end_ms: 60_000 },
    ]);
    await voice.updateComplete;
    const words = voice.renderRoot.querySelector('[part="text"]')?.firstChild as Text;
    const note = voice.renderRoot.querySelector('.turn-note')?.firstChild as Text;
    // What is out of sight need not have a place yet.
    await until(() => letter(note, 0).width > 0, 'a drawn note');
    expect([reading(words, 4), reading(note, 0)]).to.deep.equal(['leftwards', 'rightwards']);
  });

  it('are written out in the content of an event', async () => {
    const panel = await openPanel(html`<realtime-event-panel view="log"></realtime-event-panel>`);
    await panel.import(JSON.stringify({ type: 'response.done', [OVERRIDE]: OVERRIDE }));
    await until(() => part(panel, 'row'), 'a row');
    part(panel, 'row')?.click();
    await until(() => part(panel, 'payload')?.textContent?.includes('abc'), 'the content');
    expect(part(panel, 'payload')?.textContent?.match(/abc \\u202edef/g)).to.have.length(2);
  });
});

/** Which way two neighbouring letters go on the screen. */
function reading(text: Text, start: number): string {
  return letter(text, start + 1).left < letter(text, start + 2).left ? 'rightwards' : 'leftwards';
}

/** Where a letter is on the screen. */
function letter(text: Text, at: number): DOMRect {
  const range = document.createRange();
  range.setStart(text, at);
  range.setEnd(text, at + 1);
  return range.getBoundingClientRect();
}

/** One text in every place of an event that the panel shows. */
function odd(script: Script, text: string): void {
  const type = `response.${text}`;
  script.server({ type, [text]: text, item: { name: text, [text]: [text] }, error: { message: text } });
}

/** A turn in which everybody says it. */
function turn(script: Script, text: string): void {
  const id = `u${script.envelopes.length}`;
  const response = { id: `r${id}`, status: 'completed' };
  script.server({ type: 'input_audio_buffer.speech_started', item_id: id });
  script.server({ type: 'input_audio_buffer.speech_stopped', item_id: id }, 2_000);
  script.server({
    type: 'conversation.item.input_audio_transcription.completed',
    item_id: id,
    transcript: text,
  });
  script.server({ type: 'response.created', response });
  script.server({
    type: 'response.output_item.done',
    item: { type: 'function_call', name: text, call_id: text },
  });
  script.server({ type: 'response.output_audio_transcript.done', item_id: `a${id}`, transcript: text });
  script.server({ type: 'response.done', response });
}

/** Opens a row of a list that has come to rest, and waits until it has again. */
async function openRow(panel: RealtimeEventPanelElement): Promise<void> {
  await rest(panel);
  parts(panel, 'row')[3]?.click();
  await until(() => part(panel, 'payload'), 'the content');
  await rest(panel);
}

/** Until a whole frame has changed no row: the list draws those in sight once it knows its size and was scrolled. */
async function rest(panel: RealtimeEventPanelElement): Promise<void> {
  const drawn = (): string =>
    parts(panel, 'row')
      .map((row) => row.ariaPosInSet)
      .join();
  for (let before = ''; before !== drawn();) {
    before = drawn();
    await nextFrame();
    // Sizes are told at the end of a frame.
    await nextFrame();
  }
}
