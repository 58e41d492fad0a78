import { expect } from '@open-wc/testing';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { countedVoice } from '../support/counted-voice.js';
import { nextEvent } from '../support/next-event.js';
import { apiUrl, tokenEndpoint } from '../support/service-url.js';

describe('devices that come and go', function () {
  this.timeout(20_000);
  let voice: RealtimeVoiceElement;
  const plugIn = (): boolean => navigator.mediaDevices.dispatchEvent(new Event('devicechange'));

  beforeEach(() => {
    voice = countedVoice({ tokenEndpoint: tokenEndpoint(), apiUrl });
  });
  afterEach(() => voice.remove());

  it('are told to the page during a call', async () => {
    await voice.start();
    const told = nextEvent(voice, 'realtime-device-change');
    plugIn();
    const { inputs } = (await told).detail as { inputs: readonly MediaDeviceInfo[] };
    expect(inputs.length).to.be.greaterThan(0);
  });

  it('are nobody’s business when there is no call', async () => {
    let told = 0;
    voice.addEventListener('realtime-device-change', () => (told += 1));
    // It hears of the same devices, later: when it tells, the one without a call would have told.
    const calling = countedVoice({ tokenEndpoint: tokenEndpoint(), apiUrl });
    await calling.start();
    const heard = nextEvent(calling, 'realtime-device-change');
    plugIn();
    await heard;
    calling.remove();
    expect(told).to.equal(0);
  });
});
