import { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import type { FaceSeams } from '../../src/elements/voice-face.js';
import { RealtimeSession, type SessionSeams } from '../../src/session/session.js';

/** What the world hands to the next element that is made. */
let seams: SessionSeams = {};
let face: FaceSeams = {};
const peers = new Set<RTCPeerConnection>();
const tracks = new Set<MediaStreamTrack>();

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
      addEventListener: () => {},
    };
    const createPeer = (configuration: RTCConfiguration): RTCPeerConnection => {
      const peer = new RTCPeerConnection(configuration);
      // Browsers allow so many at a time, and one that is held cannot be collected.
      for (const other of peers) if (other.connectionState === 'closed') peers.delete(other);
      peers.add(peer);
      return peer;
    };
    const session = new RealtimeSession({ media, createPeer, ...seams });
    session.on('localstream', ({ detail }) => {
      for (const track of detail.stream?.getTracks() ?? []) tracks.add(track);
    });
    return session;
  }

  protected override faceSeams(): FaceSeams {
    return face;
  }
}
CountedVoice.define('counted-voice');

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

/** Peer connections that are not closed. */
export function openPeers(): number {
  return [...peers].filter((peer) => peer.connectionState !== 'closed').length;
}

/** Tracks of the microphone, and of our own making, that still run. */
export function liveTracks(): number {
  return [...tracks].filter((track) => track.readyState === 'live').length;
}
