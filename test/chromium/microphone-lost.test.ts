import { expect } from '@open-wc/testing';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { countedVoice } from '../support/counted-voice.js';
import { hangUp } from '../support/lab.js';
import { nextEvent } from '../support/next-event.js';
import { latestPeer } from '../support/opened.js';
import { apiUrl, tokenEndpoint } from '../support/service-url.js';
import { until } from '../support/until.js';

type GetUserMedia = MediaDevices['getUserMedia'];

const real: GetUserMedia = (constraints) => navigator.mediaDevices.getUserMedia(constraints);

/** Firefox lets nobody but itself tell the listeners of a track anything. */
describe('a microphone that goes away in a call', function () {
  this.timeout(60_000);
  let voice: RealtimeVoiceElement;

  function make(getUserMedia: GetUserMedia = real): void {
    const media = {
      getUserMedia,
      enumerateDevices: () => navigator.mediaDevices.enumerateDevices(),
      addEventListener: () => {},
    };
    voice = countedVoice({ tokenEndpoint: tokenEndpoint(), apiUrl }, { media });
  }
  const refuse: GetUserMedia = () => Promise.reject(new DOMException('', 'NotFoundError'));
  const sender = (): RTCRtpSender => latestPeer().getSenders()[0] as RTCRtpSender;
  /** Starts a call, and gives the microphones that are taken for it, now and later. */
  const start = async (): Promise<readonly MediaStreamTrack[]> => {
    const tracks: MediaStreamTrack[] = [];
    make(async (constraints) => {
      const stream = await real(constraints);
      tracks.push(...stream.getTracks());
      return stream;
    });
    await voice.start();
    return tracks;
  };
  const status = (wanted: string): Promise<unknown> =>
    nextEvent(voice, 'realtime-status-change', () => voice.status === wanted);
  const unplug = async (track?: MediaStreamTrack): Promise<void> => {
    track?.stop();
    track?.dispatchEvent(new Event('ended'));
    await until(() => sender().track !== track, 'another microphone is sent');
  };

  it('is replaced without a new offer when it is unplugged', async () => {
    const tracks = await start();
    const { callId } = voice;
    let negotiations = 0;
    latestPeer().addEventListener('signalingstatechange', () => (negotiations += 1));
    await unplug(tracks[0]);
    expect(sender().track?.readyState).to.equal('live');
    expect([voice.callId, negotiations, tracks.length]).to.deep.equal([callId, 0, 2]);
  });

  it('is muted and given back like any other where it replaced one that was unplugged', async () => {
    const tracks = await start();
    await unplug(tracks[0]);
    expect(sender().track?.enabled).to.equal(true);
    voice.muted = true;
    expect(sender().track?.enabled).to.equal(false);
    voice.stop();
    expect(tracks.map(({ readyState }) => readyState)).to.deep.equal(['ended', 'ended']);
  });

  it('that replaced an unplugged one is what the next connection sends, silent until it is ready', async () => {
    const tracks = await start();
    await unplug(tracks[0]);
    // While the path may yet heal by itself it is heard; once another connection is made, no more.
    const heard = nextEvent(
      voice,
      'realtime-event',
      ({ detail }: GlobalEventHandlersEventMap['realtime-event']) => detail.type === 'local.token',
    ).then(() => tracks[1]?.enabled);
    const back = status('connected');
    await hangUp(voice.callId, 'peer');
    expect(await heard).to.equal(false);
    await back;
    await until(() => sender().track === tracks[1], 'the microphone is sent');
    expect([tracks[1]?.readyState, tracks[1]?.enabled]).to.deep.equal(['live', true]);
  });

  it('that is changed while the call is being restored is sent then, and the old one is given back', async () => {
    const errors: string[] = [];
    const tracks = await start();
    voice.addEventListener('realtime-error', ({ detail }) => errors.push(detail.error.code));
    const changed = status('reconnecting').then(() => (voice.inputDevice = 'default'));
    const back = status('connected');
    await hangUp(voice.callId, 'peer');
    await Promise.all([changed, back]);
    await until(() => tracks.length === 2 && sender().track === tracks[1], 'the other one is sent');
    expect(tracks[0]?.readyState).to.equal('ended');
    voice.stop();
    expect([tracks[1]?.readyState, errors]).to.deep.equal(['ended', []]);
  });

  it('that is unplugged with no other there is told, and the call goes on', async () => {
    let asked = 0;
    make((constraints) => (asked++ === 0 ? real(constraints) : refuse(constraints)));
    await voice.start();
    const told = nextEvent(voice, 'realtime-error');
    sender().track?.dispatchEvent(new Event('ended'));
    expect((await told).detail).to.have.nested.property('error.code', 'device.lost');
    await voice.updateComplete;
    expect(voice.renderRoot.querySelector('.notice.error')?.textContent).to.match(/microphone/);
    expect([voice.status, asked]).to.deep.equal(['connected', 2]);
  });

  it('that the system mutes is a notice and no error', async () => {
    make();
    await voice.start();
    const { track } = sender();
    const told = nextEvent(voice, 'realtime-mute-change');
    Object.defineProperty(track, 'muted', { value: true, configurable: true });
    track?.dispatchEvent(new Event('mute'));
    expect((await told).detail).to.deep.equal({ muted: true, by: 'system' });
    await voice.updateComplete;
    expect(voice.renderRoot.querySelector('[part="notice"], .notice')?.textContent).to.match(
      /microphone|system/i,
    );
    expect(voice.error).to.equal(null);
  });
});
