import { expect } from '@open-wc/testing';
import { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import type { FaceSeams } from '../../src/elements/face-seams.js';
import { RealtimeSession, type SessionSeams } from '../../src/session/session.js';

/** What the world hands to the next element that is made. */
let seams: SessionSeams = {};
let face: FaceSeams = {};
const peers = new Set<RTCPeerConnection>();
/** Those with a call; the others may be collected. */
const running = new Set<RealtimeVoiceElement>();
const iceErrors = new WeakMap<RTCPeerConnection, number[]>();
const tracks = new Set<MediaStreamTrack>();
const players = new WeakMap<RealtimeVoiceElement, HTMLAudioElement>();

/** The element with its peer connections and microphone tracks counted. */
class CountedVoice extends RealtimeVoiceElement {
  protected override createSession(): RealtimeSession {
    const media = {
      getUserMedia: async (constraints?: MediaStreamConstraints): Promise<MediaStream> => {
        const stream = await navigator.mediaDevices.getUserMedia(constraints);
        for (const track of tracks) if (track.readyState === 'ended') tracks.delete(track);
        for (const track of stream.getTracks()) tracks.add(track);
        return stream;
      },
      enumerateDevices: () => navigator.mediaDevices.enumerateDevices(),
      addEventListener: (...given: Parameters<MediaDevices['addEventListener']>) =>
        navigator.mediaDevices.addEventListener(...given),
    };
    const createPeer = (configuration: RTCConfiguration): RTCPeerConnection => {
      const peer = new RTCPeerConnection(configuration);
      // Browsers allow so many at a time, and one that is held cannot be collected.
      for (const other of peers) if (other.connectionState === 'closed') peers.delete(other);
      peers.add(peer);
      const errors: number[] = [];
      iceErrors.set(peer, errors);
      peer.addEventListener('icecandidateerror', ({ errorCode }) => errors.push(errorCode));
      return peer;
    };
    const session = new RealtimeSession({ media, createPeer, ...seams });
    session.on('localstream', ({ detail }) => {
      for (const track of detail.stream?.getTracks() ?? []) tracks.add(track);
    });
    session.on('statuschange', () => (session.running ? running.add(this) : running.delete(this)));
    return session;
  }

  protected override faceSeams(): FaceSeams {
    const make = face.createPlayer ?? ((): HTMLAudioElement => new Audio());
    const createPlayer = (): HTMLAudioElement => {
      const player = make();
      players.set(this, player);
      return player;
    };
    return { ...face, createPlayer };
  }
}
CountedVoice.define('counted-voice');

/** Whatever a test was about: a widget that is gone has given everything back. */
afterEach(() => {
  // It ends by itself a moment after it was taken out of the page, once it is clear that it is not only moved.
  for (const voice of running) if (!voice.isConnected) voice.stop();
  if (running.size > 0) return;
  expect([openPeers(), liveTracks()], 'peers and tracks after the test').to.deep.equal([0, 0]);
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

/** The peer connection made last. */
export function latestPeer(): RTCPeerConnection {
  const peer = [...peers].at(-1);
  if (!peer) throw new Error('There has been no call yet.');
  return peer;
}

/** Why the ICE servers of the peer connection made last gave it no candidate: 701 for one out of reach, or what STUN says. */
export function latestIceErrors(): readonly number[] {
  return iceErrors.get(latestPeer()) ?? [];
}

/** Whether its own player plays what the other side says now. */
export function isPlaying(voice: RealtimeVoiceElement): boolean {
  const player = players.get(voice);
  return player !== undefined && !player.paused && player.srcObject === voice.remoteStream;
}

/** Peer connections that are not closed. */
export function openPeers(): number {
  return [...peers].filter((peer) => peer.connectionState !== 'closed').length;
}

/** Tracks of the microphone, and of our own making, that still run. */
export function liveTracks(): number {
  return [...tracks].filter((track) => track.readyState === 'live').length;
}
