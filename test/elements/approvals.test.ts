import { expect, nextFrame } from '@open-wc/testing';
import { StagedVoice } from '../../demo/gallery/staged-voice.js';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { countedVoice } from '../support/counted-voice.js';
import { HandClock } from '../support/hand-clock.js';
import { PretendLine } from '../support/pretend-line.js';
import { until } from '../support/until.js';

StagedVoice.define('staged-voice');

const response = (...names: readonly string[]): object => ({
  type: 'response.done',
  response: {
    id: 'r',
    status: 'completed',
    output: names.map((name) => ({
      id: `item of ${name}`,
      type: 'function_call',
      status: 'completed',
      call_id: name,
      name,
      arguments: '{}',
    })),
  },
});

describe('a tool of <realtime-voice> that waits for permission', () => {
  let voice: RealtimeVoiceElement;
  let line: PretendLine;
  let runs: string[];

  beforeEach(async () => {
    [line, runs] = [new PretendLine(), []];
    const tools = ['delete', 'order'].map((name) => ({
      name,
      needsApproval: true,
      execute: () => runs.push(name),
    }));
    voice = countedVoice({ tools, idleTimeout: 0 }, { open: line.dial, clock: new HandClock() });
    await voice.start();
  });
  afterEach(() => voice.remove());

  const buttons = (part: string): HTMLButtonElement[] => [
    ...voice.renderRoot.querySelectorAll<HTMLButtonElement>(`[part="${part}"]`),
  ];
  const outputs = (): readonly unknown[] =>
    line.latest.received.flatMap(({ item }) => (item as { output?: unknown } | undefined)?.output ?? []);
  const ask = async (...names: readonly string[]): Promise<void> => {
    line.latest.say(response(...names));
    await until(() => buttons('approve-button').length === names.length);
  };

  it('runs when the visitor allows it in the widget, and only then', async () => {
    await ask('order');
    expect(runs).to.deep.equal([]);
    buttons('approve-button')[0]!.click();
    await until(() => outputs().length > 0);
    expect([runs, outputs()]).to.deep.equal([['order'], ['1']]);
  });

  it('does not run when the visitor refuses it in the widget, and the model is told', async () => {
    await ask('order');
    buttons('reject-button')[0]!.click();
    await until(() => outputs().length > 0);
    expect([runs, outputs()]).to.deep.equal([[], ['{"error":"A person refused this call."}']]);
  });

  it('is named by its buttons: two that wait are told apart', async () => {
    await ask('order', 'delete');
    const { approve, reject } = { approve: buttons('approve-button'), reject: buttons('reject-button') };
    expect([...approve, ...reject].map(({ ariaLabel }) => ariaLabel?.split(': ')[1])).to.deep.equal([
      'order',
      'delete',
      'order',
      'delete',
    ]);
    for (const { ariaLabel, textContent } of [...approve, ...reject])
      expect(ariaLabel).to.contain(textContent);
  });

  it('is told to those who listen to the page', async () => {
    await ask('order');
    expect(voice.renderRoot.querySelector('.announcer')?.textContent).to.equal(
      'order: needs your permission',
    );
  });

  it('opens a floating panel that is closed, and leaves the focus where it is', async () => {
    voice.layout = 'floating';
    const elsewhere = document.body.appendChild(document.createElement('input'));
    elsewhere.focus();
    await ask('order');
    await voice.updateComplete;
    expect(voice.open).to.equal(true);
    expect(buttons('approve-button')[0]!.checkVisibility()).to.equal(true);
    expect(document.activeElement).to.equal(elsewhere);
    elsewhere.remove();
  });

  it('takes who is on the launcher into the conversation, and not onto the button that ends the call', async () => {
    voice.layout = 'floating';
    await voice.updateComplete;
    voice.renderRoot.querySelector<HTMLElement>('[part="launcher"]')!.focus();
    await ask('order');
    await voice.updateComplete;
    await nextFrame();
    expect(voice.shadowRoot!.activeElement?.getAttribute('part')).to.equal('transcript');
  });
});

describe('sound that <realtime-voice> may not play', () => {
  it('opens a floating panel that is closed: the button that lets it play is in there', async () => {
    const voice = document.body.appendChild(document.createElement('staged-voice') as StagedVoice);
    voice.layout = 'floating';
    voice.wantsClick = true;
    await voice.updateComplete;
    voice.stage.show('connected', { connectedAt: Date.now() });
    voice.stage.tell('remotestream', { stream: new MediaStream() });
    await until(() => voice.renderRoot.querySelector('.notice button')?.checkVisibility());
    expect(voice.open).to.equal(true);
    voice.remove();
  });
});
