import { expect } from '@open-wc/testing';
import type { RealtimeVoiceElement } from '../../src/index.js';
import { nextEvent } from '../support/next-event.js';
import { apiUrl, tokenEndpoint } from '../support/service-url.js';

/** Two documents of one site: what one of them knows of the other is what two tabs know of each other. */
describe('<realtime-voice> in two tabs', function () {
  this.timeout(30_000);
  const frames: HTMLIFrameElement[] = [];
  afterEach(() => frames.splice(0).forEach((frame) => frame.remove()));

  const open = async (): Promise<RealtimeVoiceElement> => {
    const frame = document.createElement('iframe');
    frame.allow = 'microphone; autoplay';
    frame.src = '/test/package/paste-in.html';
    document.body.append(frame);
    frames.push(frame);
    await nextEvent(frame, 'load', () => true);
    const {
      customElements: registry,
      document: page,
      MediaStream: Stream,
    } = frame.contentWindow as typeof globalThis.window & typeof globalThis;
    await registry.whenDefined('realtime-voice');
    const voice = page.querySelector('realtime-voice')!;
    voice.mediaStream = new Stream();
    voice.setAttribute('token-endpoint', tokenEndpoint());
    voice.setAttribute('api-url', apiUrl);
    return voice;
  };
  const ended = (voice: RealtimeVoiceElement): Promise<CustomEvent> =>
    nextEvent(voice, 'realtime-status-change', () => voice.status === 'idle');

  it('speaks in one of them: the call that begins ends the other', async () => {
    const [one, two] = [await open(), await open()];
    await one.start();
    const superseded = ended(one);
    await two.start();
    expect((await superseded).detail).to.include({ reason: 'superseded' });
    const back = ended(two);
    await one.start();
    expect((await back).detail).to.include({ reason: 'superseded' });
    expect([one.status, two.status]).to.deep.equal(['connected', 'idle']);
    one.stop();
  });

  it('goes on while the other only asks for consent', async () => {
    const [one, two] = [await open(), await open()];
    two.consent = true;
    await one.start();
    const asked = nextEvent(
      two,
      'realtime-status-change',
      ({ detail }: GlobalEventHandlersEventMap['realtime-status-change']) => detail.phase === 'consent',
    );
    const started = two.start();
    await asked;
    await two.updateComplete;
    expect(one.status).to.equal('connected');
    const superseded = ended(one);
    two.renderRoot.querySelector<HTMLElement>('[part="accept-button"]')!.click();
    await started;
    expect((await superseded).detail).to.include({ reason: 'superseded' });
    two.stop();
  });
});
