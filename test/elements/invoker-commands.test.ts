import { expect, nextFrame } from '@open-wc/testing';
import type { Turn } from '../../src/conversation/turn.js';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { countedVoice } from '../support/counted-voice.js';
import { nextEvent } from '../support/next-event.js';
import { openPeers } from '../support/opened.js';
import { apiUrl, tokenEndpoint } from '../support/service-url.js';
import { silence } from '../support/speech.js';

describe('A button elsewhere on the page that names <realtime-voice>', function () {
  this.timeout(30_000);
  let voice: RealtimeVoiceElement;
  let invoker: HTMLButtonElement;

  beforeEach(async () => {
    voice = countedVoice({ tokenEndpoint: tokenEndpoint(), apiUrl, mediaStream: silence() });
    invoker = document.body.appendChild(document.createElement('button'));
    await voice.updateComplete;
  });
  afterEach(() => {
    voice.remove();
    invoker.remove();
  });

  const press = (command: string): void => {
    invoker.focus();
    if ('commandForElement' in invoker) {
      Object.assign(invoker, { commandForElement: voice, command });
      invoker.click();
      // What a page has to do in browsers that do not know such buttons.
    } else voice.dispatchEvent(Object.assign(new Event('command'), { command, source: invoker }));
  };
  const reached = (wanted: string): Promise<unknown> =>
    nextEvent(voice, 'realtime-status-change', () => voice.status === wanted);
  const turn = (fits: (turn: Turn) => boolean): Promise<unknown> =>
    nextEvent(
      voice,
      'realtime-transcript',
      ({ detail }: GlobalEventHandlersEventMap['realtime-transcript']) => fits(detail.turn),
    );
  const float = async (): Promise<void> => {
    voice.layout = 'floating';
    await voice.updateComplete;
  };
  const drawn = async (): Promise<void> => {
    await voice.updateComplete;
    await nextFrame();
  };
  const panelIsOpen = (): boolean =>
    voice.renderRoot.querySelector('[part="panel"]')!.matches(':popover-open');

  it('starts a call by --start, and only one however often it is pressed', async () => {
    const connected = reached('connected');
    press('--start');
    press('--start');
    await connected;
    expect(openPeers()).to.equal(1);
  });

  it('ends the call by --stop', async () => {
    await voice.start();
    press('--stop');
    expect([voice.status, openPeers()]).to.deep.equal(['idle', 0]);
  });

  it('starts and ends a call in turns by --toggle', async () => {
    const connected = reached('connected');
    press('--toggle');
    await connected;
    press('--toggle');
    expect([voice.status, openPeers()]).to.deep.equal(['idle', 0]);
  });

  it('mutes and unmutes the call by --toggle-mute', async () => {
    await voice.start();
    const told: boolean[] = [];
    voice.addEventListener('realtime-mute-change', ({ detail }) => told.push(detail.muted));
    press('--toggle-mute');
    await voice.updateComplete;
    const button = voice.renderRoot.querySelector('[part="mute-button"]')!;
    expect([voice.muted, button.ariaPressed]).to.deep.equal([true, 'true']);
    press('--toggle-mute');
    expect([voice.muted, told]).to.deep.equal([false, [true, false]]);
  });

  it('silences the answer by --interrupt, and the call goes on', async () => {
    await voice.start();
    const speaking = turn(({ role, text }) => role === 'assistant' && text.includes('lighthouse'));
    await voice.sendText('tell me a story');
    await speaking;
    const cut = turn(({ status }) => status === 'interrupted');
    press('--interrupt');
    await cut;
    expect(voice.status).to.equal('connected');
  });

  it('opens the floating panel by --show, with the focus in it, and starts nothing', async () => {
    await float();
    press('--show');
    await drawn();
    const focused = voice.shadowRoot!.activeElement?.getAttribute('part');
    expect([voice.open, panelIsOpen(), focused]).to.deep.equal([true, true, 'start-button']);
    expect(voice.status).to.equal('idle');
  });

  it('closes the floating panel by --hide, and the call in it goes on', async () => {
    await float();
    voice.open = true;
    await drawn();
    await voice.start();
    press('--hide');
    await drawn();
    expect([voice.open, panelIsOpen(), voice.status]).to.deep.equal([false, false, 'connected']);
  });

  it('does nothing by a command that it does not know', async () => {
    press('--dance');
    await drawn();
    expect([voice.status, voice.open, voice.muted]).to.deep.equal(['idle', false, false]);
  });
});
