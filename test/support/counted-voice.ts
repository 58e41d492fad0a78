import { LevelMeter } from '../../src/controllers/level-meter.js';
import { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import type { FaceSeams } from '../../src/elements/face-seams.js';
import { realClock } from '../../src/session/clock.js';
import type { RealtimeSession, SessionSeams } from '../../src/session/session.js';
import { Invariants } from './invariants.js';
import { CountedContext, countPeer, countTracks, openPeers } from './opened.js';
import { WatchedSession } from './watched-session.js';

/** What the world hands to the next element that is made. */
let seams: SessionSeams = {};
let face: FaceSeams = {};
/** Of the widgets that had a call in this test. */
const called = new Set<Invariants>();
const players = new WeakMap<RealtimeVoiceElement, HTMLAudioElement>();

/** The element with all that it opens counted, and looked at after each test. */
class CountedVoice extends RealtimeVoiceElement {
  protected override createSession(): RealtimeSession {
    const { media = navigator.mediaDevices, createPeer = realPeer, clock = realClock } = seams;
    const session: WatchedSession = new WatchedSession({
      ...seams,
      media: {
        getUserMedia: (constraints) => {
          const asked = media.getUserMedia(constraints);
          asked.then(countTracks, () => {});
          return asked;
        },
        enumerateDevices: () => media.enumerateDevices(),
        addEventListener: (...given: Parameters<MediaDevices['addEventListener']>) =>
          media.addEventListener(...given),
      },
      createPeer: (configuration) => {
        session.dials(openPeers(), clock.now());
        return countPeer(createPeer(configuration));
      },
    });
    const invariants = new Invariants(this, session);
    session.on('localstream', ({ detail }) => countTracks(detail.stream));
    // Whatever was never called may be collected.
    session.on('statuschange', () => called.add(invariants));
    return session;
  }

  protected override faceSeams(): FaceSeams {
    const make = face.createPlayer ?? ((): HTMLAudioElement => new Audio());
    const createPlayer = (): HTMLAudioElement => {
      const player = make();
      players.set(this, player);
      return player;
    };
    return {
      createMeter: (changed) => new LevelMeter(changed, () => new CountedContext()),
      ...face,
      createPlayer,
    };
  }
}
CountedVoice.define('counted-voice');

/** Whatever a test was about. */
afterEach(async () => {
  for (const invariants of called) await invariants.end();
  for (const invariants of called) invariants.check();
  called.clear();
});

/** Puts one into the page. */
export function countedVoice(
  properties: Partial<RealtimeVoiceElement>,
  given: SessionSeams = {},
  seen: FaceSeams = {},
): RealtimeVoiceElement {
  [seams, face] = [given, seen];
  const voice = document.createElement('counted-voice') as CountedVoice;
  Object.assign(voice, properties);
  document.body.append(voice);
  return voice;
}

/** Whether its own player plays what the other side says now. */
export function isPlaying(voice: RealtimeVoiceElement): boolean {
  const player = players.get(voice);
  return player !== undefined && !player.paused && player.srcObject === voice.remoteStream;
}

function realPeer(configuration: RTCConfiguration): RTCPeerConnection {
  return new RTCPeerConnection(configuration);
}
