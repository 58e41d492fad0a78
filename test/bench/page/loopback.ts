/**
 * The realtime server of a benchmark page: a second, real peer connection in the same page. Contenders reach it as they
 * reach OpenAI, by asking for a token and posting an offer; only `fetch` and the microphone are answered here.
 */

/** Milliseconds that the steps of connecting take. */
export interface Delays {
  readonly token: number;
  readonly sdp: number;
  readonly microphone: number;
}

/** The far end of one call. */
export class Loopback {
  /** What the contender's own channel has received. */
  received = 0;
  readonly #delays: Delays;
  #channel: RTCDataChannel | undefined;
  #opened: (() => void) | undefined;
  /** Resolves when the contender's own channel is open. */
  readonly opened = new Promise<void>((resolve) => (this.#opened = resolve));
  #arrived: { readonly count: number; readonly resolve: () => void } | undefined;

  constructor(delays: Delays) {
    this.#delays = delays;
  }

  /** Answers what a contender asks of the world. */
  install(): void {
    const { fetch } = globalThis;
    globalThis.fetch = async (input, init) => {
      const { url, method, body } = await readRequest(input, init);
      if (method !== 'POST') return fetch(input, init);
      return url.includes('token') ? this.#token() : this.#answer(body);
    };
    const stream = silence();
    navigator.mediaDevices.getUserMedia = async () => {
      await pause(this.#delays.microphone);
      return stream.clone();
    };
    const { createDataChannel } = RTCPeerConnection.prototype;
    const watch = (channel: RTCDataChannel): void => this.#watch(channel);
    RTCPeerConnection.prototype.createDataChannel = function (...given) {
      const channel = createDataChannel.apply(this, given);
      if (!given[0].startsWith('far')) watch(channel);
      return channel;
    };
  }

  send(message: string): void {
    this.#channel?.send(message);
  }

  /** Resolves when the contender has received so many messages in all. */
  arrived(count: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.received >= count) resolve();
      else this.#arrived = { count, resolve };
    });
  }

  #watch(channel: RTCDataChannel): void {
    channel.addEventListener('open', () => this.#opened?.());
    channel.addEventListener('message', () => {
      this.received += 1;
      if (this.received === this.#arrived?.count) this.#arrived.resolve();
    });
  }

  async #token(): Promise<Response> {
    await pause(this.#delays.token);
    return Response.json({ value: 'ek_bench', expires_at: Math.floor(Date.now() / 1_000) + 600 });
  }

  async #answer(offer: string): Promise<Response> {
    await pause(this.#delays.sdp);
    const peer = new RTCPeerConnection();
    peer.addEventListener('datachannel', ({ channel }) => this.#greet(channel));
    await peer.setRemoteDescription({ type: 'offer', sdp: offer });
    await peer.setLocalDescription(await peer.createAnswer());
    await gathered(peer);
    const headers = { 'content-type': 'application/sdp', location: '/v1/realtime/calls/rtc_bench' };
    return new Response(peer.localDescription?.sdp ?? '', { status: 201, headers });
  }

  #greet(channel: RTCDataChannel): void {
    this.#channel = channel;
    const session = { id: 'sess_bench', type: 'realtime', object: 'realtime.session' };
    channel.addEventListener('message', ({ data }) => {
      const event = JSON.parse(String(data)) as { type: string; session?: object };
      if (event.type === 'session.update')
        this.#tell('session.updated', { session: { ...session, ...event.session } });
    });
    const greet = (): void => this.#tell('session.created', { session });
    if (channel.readyState === 'open') greet();
    else channel.addEventListener('open', greet);
  }

  #tell(type: string, fields: object): void {
    this.send(JSON.stringify({ type, event_id: `event_${type}`, ...fields }));
  }
}

async function readRequest(
  input: RequestInfo | URL,
  init: RequestInit | undefined,
): Promise<{ url: string; method: string; body: string }> {
  const request = input instanceof Request ? input : new Request(input, init);
  const { url, method } = request;
  return { url, method, body: method === 'POST' ? await request.text() : '' };
}

/** Made ahead: a real microphone is asked for, it does not start an audio engine. */
function silence(): MediaStream {
  const context = new AudioContext();
  return context.createMediaStreamDestination().stream;
}

async function gathered(peer: RTCPeerConnection): Promise<void> {
  if (peer.iceGatheringState === 'complete') return;
  await new Promise<void>((resolve) => {
    peer.addEventListener('icegatheringstatechange', () => {
      if (peer.iceGatheringState === 'complete') resolve();
    });
  });
}

/** Milliseconds, told by the browser. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
