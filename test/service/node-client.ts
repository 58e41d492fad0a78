import { createRequire } from 'node:module';
import { Audio, PeerConnection, type DataChannel, type Track } from 'node-datachannel';
import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime';
import { startMediaClock } from '../../demo/server/media/media-clock.js';
import { framesOf } from '../../demo/server/media/output-audio.js';
import { RtpStream, rtpPayload } from '../../demo/server/media/rtp.js';
import { SAMPLE_RATE } from '../../demo/server/speech/speech.js';
import { synthesize, type Manner } from '../../demo/server/speech/synthesizer.js';
import { FRAME_SAMPLES, loudness } from '../../demo/server/speech/voice-activity.js';

const { Encoder, Decoder } = createRequire(import.meta.url)('@evan/opus') as typeof import('@evan/opus');

type ServerEvent<Type extends string> = Extract<RealtimeServerEvent, { type: Type }>;

/** What a call is opened with. */
export interface Opening {
  readonly scenario?: string;
  /** Defaults that the token carries. */
  readonly session?: object;
  /** Sends the offer in a form beside this session, as servers do. */
  readonly form?: object;
}

const OPUS = 111;
const SSRC = 4_711;
/** Root mean square of a quiet voice. */
const AUDIBLE = 500;
const SILENCE = new Int16Array(FRAME_SAMPLES);

/** A client without a browser: real WebRTC, a microphone that says what it is told, and ears that only measure. */
export class NodeClient {
  /** All that came, oldest first; what is no JSON comes as its text or its bytes. */
  readonly messages: unknown[] = [];
  /** Root mean square of the loudest 20 ms that came, 0 to 32,768. */
  loudest = 0;
  readonly #peer = new PeerConnection('client', { iceServers: [], disableAutoNegotiation: true });
  readonly #channel: DataChannel;
  readonly #track: Track;
  readonly #encoder = new Encoder({ channels: 1, sample_rate: SAMPLE_RATE, application: 'voip' });
  readonly #decoder = new Decoder({ channels: 1, sample_rate: SAMPLE_RATE });
  readonly #rtp = new RtpStream(SSRC, OPUS);
  readonly #stopClock: () => void;
  /** Resolves when the server has ended the call. */
  readonly closed: Promise<void>;
  #speech: Int16Array[] = [];
  #silent = (): void => {};
  #read = 0;
  #arrived = (): void => {};
  #heard = (): void => {};
  id = '';

  private constructor() {
    const audio = new Audio('0', 'SendRecv');
    audio.addOpusCodec(OPUS);
    audio.addSSRC(SSRC, 'client', 'client', 'microphone');
    this.#track = this.#peer.addTrack(audio);
    this.#track.onMessage((packet) => this.#hear(packet));
    this.#channel = this.#peer.createDataChannel('oai-events');
    this.#channel.onMessage((data) => this.#take(data));
    this.closed = new Promise((resolve) => this.#channel.onClosed(resolve));
    this.#stopClock = startMediaClock(() => this.#tick());
  }

  /** Opens a call; resolves when its channel is open. */
  static async open(
    service: string,
    { scenario = 'normal', session, form }: Opening = {},
  ): Promise<NodeClient> {
    const client = new NodeClient();
    const token = await fetch(`${service}/token?scenario=${scenario}`, {
      method: 'POST',
      ...(session && { body: JSON.stringify({ session }) }),
    });
    const { value } = (await token.json()) as { value: string };
    const opened = new Promise<void>((resolve) => client.#channel.onOpen(resolve));
    const answer = await fetch(`${service}/v1/realtime/calls`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${value}`, ...(!form && { 'Content-Type': 'application/sdp' }) },
      body: form ? formOf(client.#offer(), form) : client.#offer(),
    });
    if (!answer.ok) throw new Error(await answer.text());
    client.id = answer.headers.get('Location')?.split('/').at(-1) ?? '';
    client.#peer.setRemoteDescription(await answer.text(), 'answer');
    await opened;
    return client;
  }

  /** Types of the events so far. */
  get types(): string[] {
    return this.messages.map((message) => String((message as { type?: unknown } | null)?.type));
  }

  /** Sends an event, or any other text or bytes. */
  send(message: object | string | Uint8Array): void {
    if (message instanceof Uint8Array) this.#channel.sendMessageBinary(message);
    else this.#channel.sendMessage(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** Sends a typed turn. @param response whether to ask for an answer */
  type(text: string, response = true): void {
    const content = [{ type: 'input_text', text }];
    this.send({ type: 'conversation.item.create', item: { type: 'message', role: 'user', content } });
    if (response) this.send({ type: 'response.create' });
  }

  /** The next event of that type that was not yet looked at; those before it are skipped. */
  async next<Type extends RealtimeServerEvent['type']>(type: Type): Promise<ServerEvent<Type>> {
    for (;;) {
      while (this.#read < this.messages.length) {
        const message = this.messages[this.#read] as ServerEvent<Type>;
        this.#read += 1;
        if (message?.type === type) return message;
      }
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
      });
    }
  }

  /** Says a text; resolves when the last of it has been sent. */
  say(text: string, manner?: Manner): Promise<void> {
    return this.#speak(framesOf(synthesize(text, manner)));
  }

  /** Resolves when there is something to hear. */
  async sound(): Promise<void> {
    while (this.loudest < AUDIBLE) {
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
      });
    }
  }

  /** Lets the microphone be silent for that long. */
  silence(ms: number): Promise<void> {
    return this.#speak(framesOf(new Int16Array((ms / 1_000) * SAMPLE_RATE)));
  }

  close(): void {
    this.#stopClock();
    this.#peer.close();
  }

  #speak(frames: readonly Int16Array[]): Promise<void> {
    this.#speech.push(...frames);
    return new Promise((resolve) => {
      this.#silent = resolve;
    });
  }

  /** Without candidates, as browsers post it: the service learns where the client is when it calls. */
  #offer(): string {
    this.#peer.setLocalDescription('offer');
    return (this.#peer.localDescription()?.sdp ?? '').replace(/^a=candidate:.*\r\n/gm, '');
  }

  #tick(): void {
    const frame = this.#speech.shift();
    this.#send(this.#rtp.packet(this.#encoder.encode(frame ?? SILENCE)));
    if (frame && this.#speech.length === 0) this.#silent();
  }

  #send(packet: Buffer): void {
    if (!this.#track.isOpen()) return;
    try {
      this.#track.sendMessageBinary(packet);
    } catch (error) {
      // The track is closed by a thread of its own, which may come between the question and the packet.
      if (this.#track.isOpen()) throw error;
    }
  }

  #take(data: string | Buffer | ArrayBuffer): void {
    this.messages.push(typeof data === 'string' ? parsed(data) : data);
    this.#arrived();
  }

  #hear(packet: Buffer): void {
    const payload = rtpPayload(packet);
    if (!payload) return;
    const bytes = this.#decoder.decode(payload);
    const pcm = new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    this.loudest = Math.max(this.loudest, loudness(pcm));
    this.#heard();
  }
}

function formOf(sdp: string, session: object): FormData {
  const form = new FormData();
  form.set('sdp', new Blob([sdp], { type: 'application/sdp' }));
  form.set('session', new Blob([JSON.stringify(session)], { type: 'application/json' }));
  return form;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
