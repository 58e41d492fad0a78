import type { ServerEvent } from '../../src/protocol/server-event.js';

/**
 * The other side of calls as a second, real peer connection in this page, for tests that say every message themselves.
 * Give its `fetch` to a session, and any token.
 */
export class FarEnd {
  /** What came over the channel of the latest call. */
  received: ServerEvent[] = [];
  /** Offers answered. */
  calls = 0;
  /** Fields of the session that it tells, for example `expires_at`. */
  session: Readonly<Record<string, unknown>> = {};
  readonly #peers: RTCPeerConnection[] = [];
  #channel: RTCDataChannel | null = null;

  /** The connection of the latest call. */
  get peer(): RTCPeerConnection {
    const peer = this.#peers.at(-1);
    if (!peer) throw new Error('Nobody has called yet.');
    return peer;
  }

  /** Its end of the channel of the latest call. */
  get channel(): RTCDataChannel {
    if (!this.#channel) throw new Error('Nobody has called yet.');
    return this.#channel;
  }

  /** For the seam `fetch` of a session. */
  readonly fetch: typeof fetch = async (_, init) => {
    this.calls += 1;
    this.received = [];
    const peer = new RTCPeerConnection();
    this.#peers.push(peer);
    peer.addEventListener('datachannel', ({ channel }) => this.#greet(channel));
    await peer.setRemoteDescription({ type: 'offer', sdp: String(init?.body) });
    await peer.setLocalDescription(await peer.createAnswer());
    await gathered(peer);
    const headers = { Location: `/v1/realtime/calls/rtc_${this.calls}` };
    return new Response(peer.localDescription?.sdp, { status: 201, headers });
  };

  /** Sends messages, as they are or as JSON. Waits where the channel is full. */
  async say(...messages: readonly (object | string | ArrayBuffer | Blob)[]): Promise<void> {
    for (const message of messages) {
      const channel = this.#channel;
      if (channel && channel.bufferedAmount > 1_000_000) await drained(channel);
      if (typeof message === 'string') channel?.send(message);
      else if (message instanceof ArrayBuffer) channel?.send(message);
      else if (message instanceof Blob) channel?.send(message);
      else channel?.send(JSON.stringify(message));
    }
  }

  /** Hangs up without a word. */
  close(): void {
    for (const peer of this.#peers.splice(0)) peer.close();
    this.#channel = null;
  }

  #greet(channel: RTCDataChannel): void {
    this.#channel = channel;
    const session = { id: `sess_${this.calls}`, type: 'realtime', ...this.session };
    channel.addEventListener('message', ({ data }) => {
      const event = JSON.parse(String(data)) as ServerEvent;
      this.received.push(event);
      if (event.type === 'session.update')
        void this.say({ type: 'session.updated', session: { ...session, ...(event['session'] as object) } });
      else if (event.type === 'conversation.item.create')
        void this.say({
          type: 'conversation.item.added',
          item: { id: `item_${this.received.length}`, status: 'completed', ...(event['item'] as object) },
        });
    });
    const greet = (): void => void this.say({ type: 'session.created', session });
    if (channel.readyState === 'open') greet();
    else channel.addEventListener('open', greet, { once: true });
  }
}

async function gathered(peer: RTCPeerConnection): Promise<void> {
  while (peer.iceGatheringState !== 'complete') {
    await new Promise((resolve) => {
      peer.addEventListener('icegatheringstatechange', resolve, { once: true });
    });
  }
}

async function drained(channel: RTCDataChannel): Promise<void> {
  channel.bufferedAmountLowThreshold = 500_000;
  await new Promise((resolve) => {
    channel.addEventListener('bufferedamountlow', resolve, { once: true });
  });
}
