import type { Connection, ConnectionRequest, ConnectionSink, OpenConnection } from './connection.js';
import { abortable, sleep, withDeadline } from './clock.js';
import { fetchToken } from './credentials.js';
import { exchangeSdp } from './exchange-sdp.js';
import { RealtimeError } from './realtime-error.js';
import { ReleaseList } from './release-list.js';

/** What a browser may send where the answer names no limit. */
const DEFAULT_MESSAGE_SIZE = 65_536;
const ICE_DEADLINE_MS = 15_000;
const HANG_UP_LEAD_S = 5;
const CHANNEL_DEADLINE_MS = 10_000;
/** With servers of the page's own, an offer that names the relays connects faster; gathering gets this long. */
const GATHERING_MS = 1_000;

/**
 * Opens a call over WebRTC: the microphone up, the sound down, events on the data channel `oai-events`. The offer, the
 * token and the microphone are prepared side by side, unless a person has to be asked first: a token must not grow old
 * behind a prompt.
 */
export const openWebRtcConnection: OpenConnection = async (request, sink, outer) => {
  const resources = new ReleaseList();
  // When one of the parallel steps fails, the others have to end too.
  const attempt = new AbortController();
  const { signal } = attempt;
  resources.listen(outer, 'abort', () => {
    attempt.abort(outer.reason);
    resources.release();
  });
  try {
    outer.throwIfAborted();
    checkSetup(request);
    // A person, a server and the browser each take their time, so all are asked before the first has answered: building a
    // peer connection keeps the page busy for longer than the two requests take to go out.
    const steps = [getMicrophone(request, sink, signal), getToken(request, signal)] as const;
    for (const step of steps) step.catch(() => {});
    await abortable(request.granted, signal);
    const peer = openPeer(request, resources);
    const channel = createChannel(peer, sink, resources);
    const { sender } = peer.addTransceiver('audio', { direction: 'sendrecv' });
    watchTrack(peer, sink, resources);
    const [track, token] = await Promise.all([...steps, offer(peer, signal)]);
    // What a closed connection was asked for never comes to an end: every wait for it ends with the signal.
    if (track) await abortable(sender.replaceTrack(track), signal);
    if (request.config.iceServers?.length) await gathered(peer, request, signal);
    signal.throwIfAborted();

    sink.phase('negotiating');
    const { config, fetch, clock } = request;
    const sdp = peer.localDescription?.sdp ?? '';
    const answer = await exchangeSdp({ config, token, offer: sdp, fetch, clock, signal });
    resources.push(() => answer.hangUp?.());
    // Its clock runs already, and a call that it ends would be taken for one that is lost.
    if (answer.maxDuration) request.cap(Math.max(answer.maxDuration - HANG_UP_LEAD_S, 1));
    await applyAnswer(peer, answer.sdp, signal);
    await opened(peer, channel, request, signal);
    const check = watchEnd(peer, channel, sink, resources);
    return { ...connection(peer, channel, sender, answer.callId, resources), check };
  } catch (error) {
    resources.release();
    attempt.abort(error);
    outer.throwIfAborted();
    throw RealtimeError.from(error);
  }
};

/** Nobody is asked for anything where a call is impossible. */
function checkSetup({ config }: ConnectionRequest): void {
  if (typeof RTCPeerConnection === 'undefined') throw new RealtimeError('env.unsupported');
  if (!config.sessionEndpoint && !config.tokenEndpoint && !config.tokenProvider)
    throw new RealtimeError('config.missing_endpoint');
}

function openPeer({ config, createPeer }: ConnectionRequest, resources: ReleaseList): RTCPeerConnection {
  const configuration: RTCConfiguration = {};
  if (config.iceServers) configuration.iceServers = [...config.iceServers];
  if (config.iceTransportPolicy) configuration.iceTransportPolicy = config.iceTransportPolicy;
  try {
    const peer = createPeer(configuration);
    resources.push(() => peer.close());
    return peer;
  } catch (error) {
    throw refusedPeer(error);
  }
}

function refusedPeer(error: unknown): RealtimeError {
  // Chromium's "Cannot create so many PeerConnections"; closed ones count until they are collected.
  const exhausted = (error as DOMException).name === 'UnknownError';
  if (exhausted) return new RealtimeError('env.peer_limit', { cause: error });
  return new RealtimeError('config.invalid_value', {
    cause: error,
    detail: 'The browser refused ice-servers.',
    fatal: true,
  });
}

/** Listens from the start: the first messages may come before the connection calls itself connected. */
function createChannel(
  peer: RTCPeerConnection,
  sink: ConnectionSink,
  resources: ReleaseList,
): RTCDataChannel {
  const channel = peer.createDataChannel('oai-events');
  channel.binaryType = 'arraybuffer';
  resources.listen(channel, 'message', (event) => sink.message((event as MessageEvent).data));
  return channel;
}

async function offer(peer: RTCPeerConnection, signal: AbortSignal): Promise<void> {
  const described = peer.createOffer().then((description) => peer.setLocalDescription(description));
  await abortable(described, signal);
}

async function getToken(request: ConnectionRequest, signal: AbortSignal): Promise<string | null> {
  const { config, reason, fetch, clock, cap } = request;
  if (config.sessionEndpoint && !config.tokenProvider) return null;
  if (!(await request.granted)) await request.microphone(signal);
  signal.throwIfAborted();
  const asked = clock.now();
  request.record({ type: 'local.token', state: 'requested', reason });
  const token = await fetchToken({ config, reason, fetch, clock, cap, signal });
  request.record({ type: 'local.token', state: 'received', ms: clock.now() - asked });
  return token;
}

async function getMicrophone(
  request: ConnectionRequest,
  sink: ConnectionSink,
  signal: AbortSignal,
): Promise<MediaStreamTrack | null> {
  sink.phase('microphone');
  const track = await request.microphone(signal);
  signal.throwIfAborted();
  sink.phase('token');
  return track;
}

async function gathered(
  peer: RTCPeerConnection,
  { clock }: ConnectionRequest,
  signal: AbortSignal,
): Promise<void> {
  const complete = until(peer, 'icegatheringstatechange', () => peer.iceGatheringState === 'complete');
  await Promise.race([abortable(complete, signal), sleep(clock, GATHERING_MS, signal)]);
}

async function applyAnswer(peer: RTCPeerConnection, sdp: string, signal: AbortSignal): Promise<void> {
  try {
    await abortable(peer.setRemoteDescription({ type: 'answer', sdp }), signal);
  } catch (error) {
    signal.throwIfAborted();
    // The browser's message quotes the answer, so only its name is kept.
    throw new RealtimeError('signaling.bad_answer', { cause: error });
  }
}

function watchTrack(peer: RTCPeerConnection, sink: ConnectionSink, resources: ReleaseList): void {
  resources.listen(peer, 'track', (event) => {
    const { streams, track } = event as RTCTrackEvent;
    // A server may add its track without a stream.
    sink.remoteStream(streams[0] ?? new MediaStream([track]));
  });
}

/** Resolves when both the path and the channel are there. An answer without candidates would stay `new` for ever. */
async function opened(
  peer: RTCPeerConnection,
  channel: RTCDataChannel,
  { clock }: ConnectionRequest,
  signal: AbortSignal,
): Promise<void> {
  const connected = until(peer, 'connectionstatechange', () => {
    if (peer.connectionState === 'failed') throw new RealtimeError('ice.failed', { retry: 'user' });
    return peer.connectionState === 'connected';
  });
  const open = until(channel, 'open', () => channel.readyState === 'open');
  const closed = until(channel, 'close', () => {
    if (channel.readyState === 'closed') throw new RealtimeError('channel.closed');
    return false;
  });
  const within = <T>(
    ms: number,
    code: 'ice.timeout' | 'channel.open_timeout',
    work: Promise<T>,
  ): Promise<T> =>
    withDeadline(
      clock,
      ms,
      () => new RealtimeError(code),
      signal,
      (limited) => abortable(work, limited),
    );
  await Promise.race([within(ICE_DEADLINE_MS, 'ice.timeout', connected), closed]);
  await Promise.race([within(CHANNEL_DEADLINE_MS, 'channel.open_timeout', open), closed]);
}

function until(target: EventTarget, type: string, done: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const check = (): void => {
      try {
        if (!done()) return;
        resolve();
      } catch (error) {
        reject(error);
      }
      target.removeEventListener(type, check);
    };
    target.addEventListener(type, check);
    check();
  });
}

/**
 * A closed channel is the fastest sign that the server is gone; the connection's own state follows seconds later, or
 * never. `iceConnectionState` is not asked: it stays `disconnected` when all is lost.
 */
function watchEnd(
  peer: RTCPeerConnection,
  channel: RTCDataChannel,
  sink: ConnectionSink,
  resources: ReleaseList,
): () => void {
  let over = false;
  const end = (error: RealtimeError): void => {
    if (over) return;
    over = true;
    resources.release();
    sink.closed(error);
  };
  resources.push(() => {
    over = true;
  });
  const check = (): void => {
    const { connectionState } = peer;
    if (connectionState === 'failed') end(new RealtimeError('ice.failed'));
    else if (channel.readyState !== 'open' || connectionState === 'closed')
      end(new RealtimeError('channel.closed'));
    // It may heal by itself, also after the page stood still.
    else if (connectionState === 'disconnected') sink.wobble();
  };
  // Where the server goes right after it closed the channel, `close` may never follow.
  resources.listen(channel, 'closing', check);
  resources.listen(channel, 'close', check);
  resources.listen(peer, 'connectionstatechange', () => {
    check();
    if (peer.connectionState === 'connected') sink.steady();
  });
  return check;
}

function connection(
  peer: RTCPeerConnection,
  channel: RTCDataChannel,
  sender: RTCRtpSender,
  callId: string | null,
  resources: ReleaseList,
): Connection {
  const maxMessageSize = peer.sctp?.maxMessageSize ?? DEFAULT_MESSAGE_SIZE;
  const encoder = new TextEncoder();
  let level: number | undefined;
  resources.push(() => channel.close());
  return {
    callId,
    maxMessageSize,
    live: true,
    send(message) {
      if (channel.readyState !== 'open') throw new RealtimeError('session.not_connected');
      // Browsers disagree on whether characters or bytes count; bytes is what every one of them lets through.
      if (encoder.encode(message).byteLength > maxMessageSize) throw new RealtimeError('channel.too_large');
      try {
        channel.send(message);
      } catch (cause) {
        throw new RealtimeError('channel.too_large', { cause, detail: 'More waits to be sent than fits.' });
      }
    },
    replaceTrack: (track) => sender.replaceTrack(track),
    outputLevel() {
      void readLevel(peer).then((read) => (level = read));
      return level;
    },
    close: () => resources.release(),
  };
}

/** How loud the other side is, from the browser's statistics: they need no audio context, and no server's help. */
async function readLevel(peer: RTCPeerConnection): Promise<number | undefined> {
  const reports = (await peer.getReceivers()[0]?.getStats())?.values() ?? [];
  for (const report of reports) {
    const { type, audioLevel } = report as { readonly type: string; readonly audioLevel?: number };
    if (type === 'inbound-rtp') return audioLevel;
  }
  return undefined;
}
