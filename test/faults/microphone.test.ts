import { expect } from '@open-wc/testing';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import type { ErrorCode } from '../../src/session/error-codes.js';
import { countedVoice } from '../support/counted-voice.js';
import { hangUp, labCall, labCounts } from '../support/lab.js';
import { nextEvent } from '../support/next-event.js';
import { latestPeer, liveTracks, openPeers } from '../support/opened.js';
import { apiUrl, tokenEndpoint } from '../support/service-url.js';
import { settlesAtOnce } from '../support/settles-at-once.js';
import { silence } from '../support/speech.js';
import { until } from '../support/until.js';

type GetUserMedia = MediaDevices['getUserMedia'];

let voice: RealtimeVoiceElement;

/** A widget whose microphone is what a test says. */
function make(
  getUserMedia?: GetUserMedia,
  properties: Partial<RealtimeVoiceElement> = {},
  createPlayer?: () => HTMLAudioElement,
): void {
  const media = getUserMedia && {
    getUserMedia,
    enumerateDevices: () => navigator.mediaDevices.enumerateDevices(),
    addEventListener: () => {},
  };
  const own = { tokenEndpoint: tokenEndpoint(), apiUrl, ...properties };
  voice = countedVoice(own, media && { media }, createPlayer && { createPlayer });
}
const real: GetUserMedia = (constraints) => navigator.mediaDevices.getUserMedia(constraints);
const refuse = (name: string, message = ''): GetUserMedia => {
  return () => Promise.reject(new DOMException(message, name));
};
const outcome = (): Promise<string> =>
  voice.start().then(
    () => 'connected',
    (error: { code: string }) => error.code,
  );

describe('a microphone that cannot be had', () => {
  const refusals: readonly (readonly [string, string, ErrorCode, RegExp])[] = [
    ['NotAllowedError', 'Permission denied', 'permission.denied', /address bar/],
    ['NotAllowedError', 'Permission dismissed', 'permission.dismissed', /microphone/],
    ['NotAllowedError', 'Permission denied by system', 'permission.blocked_by_system', /system/],
    ['NotFoundError', 'Requested device not found', 'device.not_found', /No microphone/],
    ['NotReadableError', 'Could not start audio source', 'device.in_use', /other|another/i],
    ['SecurityError', 'Invalid security origin', 'env.opaque_origin', /frame|page/],
    ['OverconstrainedError', '', 'device.constraint_failed', /microphone/],
    ['AbortError', '', 'device.failed', /microphone/],
    ['StrangeError', 'v=0 canary', 'device.failed', /microphone/],
  ];
  for (const [name, message, code, sentence] of refusals) {
    it(`is told apart from others, asked for once and leaves nothing behind: ${name} ${message}`, async () => {
      let asked = 0;
      make(async (constraints) => {
        asked += 1;
        return refuse(name, message)(constraints);
      });
      const errors: string[] = [];
      voice.addEventListener('realtime-error', ({ detail }) => errors.push(detail.error.code));
      expect(await outcome()).to.equal(code);
      await voice.updateComplete;
      expect(voice.renderRoot.querySelector('.notice.error')?.textContent).to.match(sentence);
      expect([errors, asked, openPeers(), liveTracks()]).to.deep.equal([[code], 1, 0, 0]);
    });
  }

  it('may be gone where it was chosen: then the default one is asked for, once', async () => {
    const asked: unknown[] = [];
    make(
      (constraints) => {
        const { deviceId } = (constraints?.audio ?? {}) as MediaTrackConstraints;
        asked.push(deviceId);
        return deviceId ? refuse('OverconstrainedError')(constraints) : real(constraints);
      },
      { inputDevice: 'unplugged' },
    );
    expect(await outcome()).to.equal('connected');
    expect(asked).to.deep.equal([{ ideal: 'unplugged' }, undefined]);
  });

  it('may be one that the browser does not know: then it takes its own', async () => {
    make(undefined, { inputDevice: 'unplugged' });
    expect(await outcome()).to.equal('connected');
  });

  it('may be waited for for ever: a stop ends that at once, with no call made', async () => {
    make(() => new Promise(() => {}));
    const phase = nextEvent(
      voice,
      'realtime-status-change',
      ({ detail }: CustomEvent) => detail.phase === 'microphone',
    );
    const before = await labCounts();
    const started = outcome();
    await phase;
    voice.stop();
    expect([voice.status, openPeers()]).to.deep.equal(['idle', 0]);
    expect([await settlesAtOnce(started), await started]).to.deep.equal([true, 'lifecycle.aborted']);
    expect(await labCounts()).to.deep.equal(before);
  });

  it('is given back in the same moment when it comes after the stop', async () => {
    let grant: (stream: MediaStream) => void = () => {};
    const asked = new Promise<void>((resolve) => {
      make(() => {
        resolve();
        return new Promise((given) => (grant = given));
      });
    });
    const started = outcome();
    await asked;
    voice.stop();
    await started;
    const stream = await real({ audio: true });
    grant(stream);
    await Promise.resolve();
    await Promise.resolve();
    expect(stream.getTracks().map(({ readyState }) => readyState)).to.deep.equal(['ended']);
  });

  it('is not needed by those who type', async () => {
    make(refuse('NotFoundError'));
    await outcome();
    await voice.updateComplete;
    const typing = nextEvent(voice, 'realtime-status-change', () => voice.status === 'connected');
    voice.renderRoot.querySelector<HTMLButtonElement>('.notice.error button')?.click();
    await typing;
    expect(liveTracks()).to.equal(0);
  });
});

describe('a microphone in a call', function () {
  this.timeout(60_000);

  it('of the page’s own is never stopped', async () => {
    const mediaStream = silence();
    make(undefined, { mediaStream });
    await voice.start();
    voice.stop();
    const [track] = mediaStream.getAudioTracks();
    expect([track?.readyState, track?.enabled]).to.deep.equal(['live', true]);
    track?.stop();
  });

  it('that is muted sends nothing but silence, before and after a reconnection', async () => {
    // The browser’s own pretended microphone beeps all the time.
    make();
    await voice.start();
    const loudest = async (): Promise<number> => (await labCall(voice.callId)).loudest;
    while ((await loudest()) < 100) await new Promise(requestAnimationFrame);
    voice.muted = true;
    const packets = await packetsSent();
    while ((await packetsSent()) < packets + 25) await new Promise(requestAnimationFrame);
    // What was sent before is heard a little later.
    while ((await loudest()) > 0) await new Promise(requestAnimationFrame);
    const muted = await packetsSent();
    // A second of it: the pretended microphone beeps twice in that time.
    while ((await packetsSent()) < muted + 50) await new Promise(requestAnimationFrame);
    expect(await loudest()).to.equal(0);
    const back = nextEvent(voice, 'realtime-status-change', () => voice.status === 'connected');
    await hangUp(voice.callId, 'channel');
    await back;
    while ((await packetsSent()) < 50) await new Promise(requestAnimationFrame);
    expect([await loudest(), voice.muted]).to.deep.equal([0, true]);
    // And something could be heard there.
    voice.muted = false;
    while ((await loudest()) < 100) await new Promise(requestAnimationFrame);
  });
});

async function packetsSent(): Promise<number> {
  const reports = (await latestPeer().getStats()) as ReadonlyMap<string, RTCStats & { packetsSent?: number }>;
  return [...reports.values()].find(({ type }) => type === 'outbound-rtp')?.packetsSent ?? 0;
}

describe('a speaker that cannot be used', () => {
  it('is replaced by the system’s, told once, and the call goes on', async () => {
    const player = new Audio();
    make(undefined, { mediaStream: silence() }, () => player);
    await voice.start();
    // Not every browser lists its speakers.
    const chosen = (await voice.getDevices()).outputs.at(-1)?.deviceId ?? '';
    voice.outputDevice = chosen;
    await until(() => player.sinkId === chosen);
    const errors: string[] = [];
    voice.addEventListener('realtime-error', ({ detail }) => errors.push(detail.error.code));
    const told = nextEvent(voice, 'realtime-error');
    voice.outputDevice = 'unplugged';
    await told;
    expect([errors, player.sinkId, voice.status]).to.deep.equal([['device.output_failed'], '', 'connected']);
    await voice.updateComplete;
    expect(voice.renderRoot.querySelector('.notice.error')?.textContent).to.contain(
      'The default one is used',
    );
  });
});
