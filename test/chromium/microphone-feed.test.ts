import { expect } from '@open-wc/testing';
import { RealtimeSession, type OpenConnection } from '../../src/core.js';
import { MicrophoneFeed } from '../../src/session/microphone-feed.js';
import type { SessionConfig } from '../../src/session/session-config.js';
import { HandClock } from '../support/hand-clock.js';
import { PretendLine } from '../support/pretend-line.js';
import { silence } from '../support/speech.js';
import { until } from '../support/until.js';

/** A request for a microphone, which a test grants or refuses. */
interface Request {
  readonly device: string | undefined;
  grant(): MediaStreamTrack;
  refuse(name: string): void;
}

/** Microphones that come and go as a test says. */
class Microphones extends EventTarget {
  readonly requests: Request[] = [];
  readonly tracks: MediaStreamTrack[] = [];

  getUserMedia = (constraints?: MediaStreamConstraints): Promise<MediaStream> => {
    const { deviceId } = (constraints?.audio ?? {}) as { deviceId?: { ideal: string } };
    return new Promise((resolve, reject) => {
      this.requests.push({
        device: deviceId?.ideal,
        grant: () => {
          const stream = silence();
          this.tracks.push(...stream.getTracks());
          resolve(stream);
          return stream.getTracks()[0]!;
        },
        refuse: (name) => reject(new DOMException('', name)),
      });
    });
  };
  enumerateDevices = async (): Promise<MediaDeviceInfo[]> => [];

  /** Those that still run. */
  get live(): readonly MediaStreamTrack[] {
    return this.tracks.filter(({ readyState }) => readyState === 'live');
  }
  /** A device has come, or gone. */
  change(): void {
    this.dispatchEvent(new Event('devicechange'));
  }
}

let microphones: Microphones;
let config: SessionConfig;
let controller: AbortController;
let feed: MicrophoneFeed;
let sent: MediaStreamTrack[];
let errors: string[];
let muting: boolean[];
/** What a connection says to another track. */
let replaced: () => Promise<void>;

/** Firefox lets nobody but itself tell the listeners of a track anything. */
describe('the microphone of a call', () => {
  beforeEach(() => {
    microphones = new Microphones();
    [config, sent, errors, muting] = [{}, [], [], []];
    replaced = async () => {};
    controller = new AbortController();
    const host = {
      media: microphones,
      config: () => config,
      replaced: (track: MediaStreamTrack) => {
        sent.push(track);
        return replaced();
      },
      stream: () => {},
      systemMute: (muted: boolean) => void muting.push(muted),
      failed: ({ code }: { code: string }) => void errors.push(code),
    };
    feed = new MicrophoneFeed(host, controller.signal);
  });
  afterEach(() => {
    stop();
    expect(microphones.live).to.deep.equal([]);
  });

  function stop(): void {
    controller.abort();
    feed.release();
  }
  const open = (): Promise<MediaStreamTrack | null> => feed.open(controller.signal);
  const asked = (count: number): Promise<void> =>
    until(() => microphones.requests.length === count, `${count} requests`);
  const latest = (): Request => microphones.requests.at(-1)!;
  /** All that follows from what has happened so far. */
  const settled = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve));

  async function begin(): Promise<MediaStreamTrack> {
    const opened = open();
    const track = latest().grant();
    expect(await opened).to.equal(track);
    return track;
  }
  /** It is unplugged, and no other is there. */
  async function lose(track: MediaStreamTrack, why = 'NotFoundError'): Promise<void> {
    track.stop();
    track.dispatchEvent(new Event('ended'));
    latest().refuse(why);
    await until(() => errors.length === 1, 'it is told');
  }

  it('is the one that was chosen while the visitor was asked', async () => {
    config = { inputDevice: 'A' };
    const opened = open();
    config = { inputDevice: 'B' };
    await feed.switchDevice();
    expect(microphones.requests.length).to.equal(1);
    const first = latest().grant();
    await opened;
    await asked(2);
    const second = latest().grant();
    await until(() => feed.track === second, 'the chosen one is sent');
    expect([latest().device, first.readyState, sent.at(-1)]).to.deep.equal(['B', 'ended', second]);
  });

  for (const order of ['before', 'after'] as const)
    it(`is the one that was chosen when the last one was unplugged, where it opens ${order} the default one`, async () => {
      const lost = await begin();
      lost.stop();
      lost.dispatchEvent(new Event('ended'));
      config = { inputDevice: 'A' };
      void feed.switchDevice();
      const [, byDefault, chosen] = microphones.requests;
      const first = order === 'before' ? chosen?.grant() : byDefault?.grant();
      await settled();
      const second = order === 'before' ? byDefault?.grant() : chosen?.grant();
      await settled();
      const wanted = order === 'before' ? first : second;
      expect([feed.track, microphones.live, errors]).to.deep.equal([wanted, [wanted], []]);
    });

  it('comes back when it is plugged in again: asked for once for each device that comes or goes', async () => {
    await lose(await begin());
    expect([errors, feed.track]).to.deep.equal([['device.lost'], null]);
    microphones.change();
    expect(microphones.requests.length).to.equal(3);
    latest().refuse('NotFoundError');
    await settled();
    microphones.change();
    expect(microphones.requests.length).to.equal(4);
    const again = latest().grant();
    await until(() => sent.at(-1) === again, 'it is sent');
    expect([feed.track, errors]).to.deep.equal([again, ['device.lost']]);
    microphones.change();
    expect(microphones.requests.length).to.equal(4);
  });

  it('is asked for once where the visitor says no, though devices came and went meanwhile', async () => {
    const track = await begin();
    track.stop();
    track.dispatchEvent(new Event('ended'));
    microphones.change();
    latest().refuse('NotAllowedError');
    await settled();
    expect([microphones.requests.length, errors]).to.deep.equal([2, ['device.lost']]);
  });

  it('is asked for once more where devices came while it was asked for', async () => {
    await lose(await begin());
    microphones.change();
    microphones.change();
    microphones.change();
    expect(microphones.requests.length).to.equal(3);
    latest().refuse('NotFoundError');
    await asked(4);
    const again = latest().grant();
    await until(() => feed.track === again, 'it is sent');
  });

  it('comes back with the next connection, which does not wait for it', async () => {
    await lose(await begin());
    expect(await open()).to.equal(null);
    const again = latest().grant();
    await until(() => feed.track === again, 'it is there');
    expect([microphones.requests.length, sent.at(-1)]).to.deep.equal([3, again]);
  });

  it('is not asked for again where the visitor has taken the permission back', async () => {
    await lose(await begin(), 'NotAllowedError');
    microphones.change();
    expect([await open(), microphones.requests.length]).to.deep.equal([null, 2]);
  });

  it('is not paused any more when another takes the place of one that the system has paused', async () => {
    const track = await begin();
    Object.defineProperty(track, 'muted', { value: true });
    track.dispatchEvent(new Event('mute'));
    const switched = feed.switchDevice();
    latest().grant();
    await switched;
    expect(muting).to.deep.equal([true, false]);
  });

  it('is not looked for where it is the page’s own', async () => {
    const stream = silence();
    const [track] = stream.getAudioTracks();
    config = { mediaStream: stream };
    expect(await open()).to.equal(track);
    track?.dispatchEvent(new Event('ended'));
    microphones.change();
    expect([errors, microphones.requests]).to.deep.equal([['device.lost'], []]);
    stop();
    expect(track?.readyState).to.equal('live');
    track?.stop();
  });

  it('is given back even where a connection never says that it sends another one', async () => {
    await begin();
    replaced = () => new Promise(() => {});
    config = { inputDevice: 'A' };
    void feed.switchDevice();
    latest().grant();
    await until(() => sent.length === 2, 'it is to be sent');
    stop();
    expect(microphones.live).to.deep.equal([]);
  });

  it('that opens after the end is given back', async () => {
    await begin();
    config = { inputDevice: 'A' };
    void feed.switchDevice();
    stop();
    latest().grant();
    await settled();
    expect(microphones.live).to.deep.equal([]);
  });
});

describe('the microphone of a call that goes on', () => {
  it('over the old connection is heard after a renewal that gave way', async () => {
    const [line, clock, devices] = [new PretendLine(), new HandClock(), new Microphones()];
    const open: OpenConnection = async (request, sink, signal) => {
      await request.microphone(signal);
      return line.dial(request, sink, signal);
    };
    const session = new RealtimeSession({ clock, open, media: devices });
    session.configure({ maxDuration: 0, idleTimeout: 0 });
    line.session = { expires_at: clock.now() / 1_000 + 600 };
    const started = session.start();
    await until(() => devices.requests.length === 1, 'the microphone is asked for');
    devices.requests[0]?.grant();
    await started;
    line.isSilent = true;
    clock.advance(480_000);
    await until(() => line.links.length === 2, 'a renewal begins');
    const [old, fresh] = line.links;
    old?.say({ type: 'input_audio_buffer.speech_started', item_id: 'u' });
    fresh?.say({ type: 'session.created', session: {} }, { type: 'session.updated', session: {} });
    await until(() => fresh?.closed, 'it gives way');
    expect([old?.closed, session.activity, devices.live.map(({ enabled }) => enabled)]).to.deep.equal([
      false,
      'hearing',
      [true],
    ]);
    session.stop();
  });
});
