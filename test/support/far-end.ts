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
  #peer: RTCPeerConnection | null = null;
  #channel: RTCDataChannel | null = null;

  /** The connection of the latest call. */
  get peer(): RTCPeerConnection {
    if (!this.#peer) throw new Error('Nobody has called yet.');
    return this.#peer;
  }

  /** For the seam `fetch` of a session. */
  readonly fetch: typeof fetch = async (_, init) => {
    this.calls += 1;
    this.received = [];
    this.#peer?.close();
    const peer = new RTCPeerConnection();
    this.#peer = peer;
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
    this.#peer?.close();
    this.#peer = null;
    this.#channel = null;
  }

  #greet(channel: RTCDataChannel): void {
    this.#channel = channel;
    const session = { id: `sess_${this.calls}`, type: 'realtime' };
    channel.addEventListener('message', ({ data }) => {
      const event = JSON.parse(String(data)) as ServerEvent;
      this.received.push(event);
      if (event.type === 'session.update')
        void this.say({ type: 'session.updated', session: { ...session, ...(event['session'] as object) } });
      else if (event.type === 'conversation.item.create')
        void this.say({ type: 'conversation.item.added', item: event['item'] });
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
