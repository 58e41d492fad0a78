/** What calls have opened in this page: connections, tracks of microphones and audio contexts. */
const peers = new Set<RTCPeerConnection>();
const tracks = new Set<MediaStreamTrack>();
const contexts = new Set<AudioContext>();
const iceErrors = new WeakMap<RTCPeerConnection, number[]>();

/** Counts a connection from now on. */
export function countPeer(peer: RTCPeerConnection): RTCPeerConnection {
  // Browsers allow so many at a time, and one that is held cannot be collected.
  for (const other of peers) if (other.connectionState === 'closed') peers.delete(other);
  peers.add(peer);
  const errors: number[] = [];
  iceErrors.set(peer, errors);
  peer.addEventListener('icecandidateerror', ({ errorCode }) => errors.push(errorCode));
  return peer;
}

/** Counts the tracks of a stream from now on. */
export function countTracks(stream: MediaStream | null): void {
  for (const track of tracks) if (track.readyState === 'ended') tracks.delete(track);
  for (const track of stream?.getTracks() ?? []) tracks.add(track);
}

/** Is counted until somebody closes it; the browser takes its time over that. */
export class CountedContext extends AudioContext {
  constructor() {
    super();
    contexts.add(this);
  }
  override close(): Promise<void> {
    contexts.delete(this);
    return super.close();
  }
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

/** Peer connections that are not closed. */
export function openPeers(): number {
  return [...peers].filter((peer) => peer.connectionState !== 'closed').length;
}

/** Tracks of the microphone, and of our own making, that still run. */
export function liveTracks(): number {
  return [...tracks].filter((track) => track.readyState === 'live').length;
}

/** Audio contexts that nobody has closed. */
export function openContexts(): number {
  return contexts.size;
}
