import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { countedVoice } from '../support/counted-voice.js';
import { labCall } from '../support/lab.js';
import { nextEvent } from '../support/next-event.js';
import { apiUrl, tokenEndpoint } from '../support/service-url.js';
import { openSpeaker, type Speaker } from '../support/speech.js';

describe('the talk button', function () {
  this.timeout(30_000);
  let speaker: Speaker;
  let voice: RealtimeVoiceElement;

  beforeEach(async () => {
    speaker = await openSpeaker();
    const own = { tokenEndpoint: tokenEndpoint(), apiUrl, mediaStream: speaker.stream };
    voice = countedVoice({ ...own, pushToTalk: true });
    await voice.start();
    await voice.updateComplete;
  });
  afterEach(async () => {
    voice.remove();
    await speaker.close();
  });

  const button = (): HTMLButtonElement => voice.renderRoot.querySelector('[part="talk-button"]')!;
  const heard = (): Promise<{ detail: { turn: { text: string } } }> =>
    nextEvent(
      voice,
      'realtime-transcript',
      ({ detail }: GlobalEventHandlersEventMap['realtime-transcript']) =>
        detail.turn.role === 'user' && detail.turn.status === 'done',
    );
  const pointer = (type: string): void => {
    button().dispatchEvent(new PointerEvent(type, { pointerId: 1, bubbles: true, composed: true }));
  };

  it('takes what is said while Space is held', async () => {
    const words = heard();
    button().focus();
    await sendKeys({ down: ' ' });
    expect(voice.matches(':state(talking)') || button().ariaPressed === 'true').to.equal(true);
    await speaker.say('what time is it');
    await speaker.pause();
    await sendKeys({ up: ' ' });
    expect((await words).detail.turn.text).to.equal('What time is it?');
  });

  it('takes what is said while a finger is on it', async () => {
    const words = heard();
    pointer('pointerdown');
    await speaker.say('good morning');
    await speaker.pause();
    pointer('pointerup');
    expect((await words).detail.turn.text).to.equal('Good morning.');
  });

  it('stays pressed after a tap, until the next one', async () => {
    const words = heard();
    pointer('pointerdown');
    pointer('pointerup');
    await speaker.say('thank you very much');
    await speaker.pause();
    pointer('pointerdown');
    pointer('pointerup');
    expect((await words).detail.turn.text).to.equal('Thank you very much.');
  });

  it('lets go when the system takes the pointer away', async () => {
    const words = heard();
    pointer('pointerdown');
    await speaker.say('good morning');
    await speaker.pause();
    pointer('pointercancel');
    expect((await words).detail.turn.text).to.equal('Good morning.');
  });

  it('lets nobody be heard while it is not pressed', async () => {
    await labCall(voice.callId);
    await speaker.say('hello');
    expect((await labCall(voice.callId)).loudest).to.be.lessThan(50);
  });
});

describe('the microphone before the session is configured', function () {
  this.timeout(30_000);

  it('is silent, whatever is said', async () => {
    const speaker = await openSpeaker();
    const voice = countedVoice({
      tokenEndpoint: tokenEndpoint('unacknowledged'),
      apiUrl,
      mediaStream: speaker.stream,
    });
    const configuring = nextEvent(
      voice,
      'realtime-status-change',
      ({ detail }: GlobalEventHandlersEventMap['realtime-status-change']) => detail.phase === 'configuring',
    );
    const started = voice.start();
    await configuring;
    await speaker.say('hello');
    expect(voice.status).to.equal('connecting');
    await started;
    expect((await labCall(voice.callId)).loudest).to.be.lessThan(50);
    voice.remove();
    await speaker.close();
  });
});
