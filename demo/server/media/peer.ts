/**
 * Sound and messages on their way: WebRTC, RTP, Opus, and the clock of 20 ms. Nothing here knows what a message says or
 * what is in a sound.
 */
import { createRequire } from 'node:module';
import { networkInterfaces } from 'node:os';
import { Audio, PeerConnection, cleanup, type DataChannel, type Track } from 'node-datachannel';
import { FRAME_SAMPLES } from '../speech/voice-activity.js';
import { SAMPLE_RATE } from '../speech/speech.js';
import { RtpStream, rtpPayload, rtpPayloadType } from './rtp.js';

// @evan/opus ships CommonJS with native builds inside; `import` would pick its WebAssembly fallback.
const { Encoder, Decoder } = createRequire(import.meta.url)('@evan/opus') as typeof import('@evan/opus');

/** What the other side does. */
export interface PeerEvents {
  opened(): void;
  message(data: string | Uint8Array): void;
  /** 20 ms of sound at 16 kHz. Silence comes in when the sender pauses. */
  audio(frame: Int16Array): void;
  /** Called once, whoever ended it. */
  closed(): void;
}

/** An offer that cannot be answered. */
export class BadOffer extends Error {}

/** A sender that is late on a busy machine is not silent: a gap in a word would make it another one. */
const SILENCE_AFTER_MS = 300;
/** A path that is lost for a moment may come back. */
const DISCONNECTED_MS = 30_000;
/** For the end of the channel to be heard. */
const LAST_WORD_MS = 1_000;
/** Connections that have ended and still say so. */
const leaving = new Set<PeerConnection>();
const SSRC = 0x72746376;

/** One WebRTC connection to a client: Opus both ways and the data channel of its making. */
export class Peer {
  readonly #peer: PeerConnection;
  readonly #events: PeerEvents;
  readonly #decoder = new Decoder({ channels: 1, sample_rate: SAMPLE_RATE });
  readonly #encoder = new Encoder({ channels: 1, sample_rate: SAMPLE_RATE, application: 'voip' });
  #channel: DataChannel | null = null;
  #track: Track | null = null;
  #rtp: RtpStream | null = null;
  #receivedAt = 0;
  #closed = false;
  #isHungUp = false;
  #patience: NodeJS.Timeout | undefined;

  constructor(events: PeerEvents) {
    this.#events = events;
    const local = Object.values(networkInterfaces())
      .flat()
      .every((address) => address?.internal);
    this.#peer = new PeerConnection('realtime', {
      iceServers: [],
      disableAutoNegotiation: true,
      ...(local && { bindAddress: '127.0.0.1' }),
    });
    this.#peer.onStateChange((state) => this.#changed(state));
    this.#peer.onDataChannel((channel) => this.#adopt(channel));
  }

  /** Answers an offer once all candidates are in. @throws BadOffer */
  async answer(offer: string): Promise<string> {
    this.#addTrack(offer);
    const gathered = new Promise<void>((resolve) => {
      this.#peer.onGatheringStateChange((state) => {
        if (state === 'complete') resolve();
      });
    });
    try {
      this.#peer.setRemoteDescription(offer, 'offer');
      this.#peer.setLocalDescription('answer');
    } catch (error) {
      throw new BadOffer(error instanceof Error ? error.message : 'The offer could not be read.');
    }
    await gathered;
    const description = this.#peer.localDescription();
    if (!description) throw new BadOffer('There is nothing to answer in this offer.');
    return description.sdp;
  }

  send(data: string | Uint8Array): void {
    const channel = this.#channel;
    if (this.#closed || !channel?.isOpen()) return;
    this.#attempt(() =>
      typeof data === 'string' ? channel.sendMessage(data) : channel.sendMessageBinary(data),
    );
  }

  /** Sends 20 ms of sound. */
  play(frame: Int16Array): void {
    const [rtp, track] = [this.#rtp, this.#track];
    if (this.#closed || !rtp || !track?.isOpen()) return;
    this.#attempt(() => track.sendMessageBinary(rtp.packet(this.#encoder.encode(frame))));
  }

  /** To be called every 20 ms: a sender that pauses must still be heard to be silent. */
  tick(): void {
    if (this.#track && performance.now() - this.#receivedAt > SILENCE_AFTER_MS) {
      this.#events.audio(new Int16Array(FRAME_SAMPLES));
    }
  }

  /** Ends the connection, or only its channel. */
  close(how: 'peer' | 'channel' = 'peer'): void {
    if (how === 'peer') return this.#ended();
    this.#isHungUp = true;
    this.#channel?.close();
  }

  /** The other side may be gone between a look and a step: that ends this call and harms no other. */
  #attempt(step: () => unknown): void {
    try {
      step();
    } catch {
      this.#ended();
    }
  }

  /** A mistake in what is done with an event ends this call and no other. */
  #guarded(work: () => void): void {
    if (this.#closed) return;
    try {
      work();
    } catch (error) {
      console.error(error);
      this.#ended();
    }
  }

  #changed(state: string): void {
    clearTimeout(this.#patience);
    if (this.#closed) this.#close();
    else if (state === 'closed' || state === 'failed') this.#ended();
    else if (state === 'disconnected')
      this.#patience = setTimeout(() => this.#ended(), DISCONNECTED_MS).unref();
  }

  #ended(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#patience);
    this.#events.closed();
    if (!this.#channel) return this.#close();
    // A closed peer says so once, and that may be lost; that its channel is closed is said until it is heard.
    if (this.#channel.isOpen()) this.#channel.close();
    leaving.add(this.#peer);
    setTimeout(() => this.#close(), LAST_WORD_MS).unref();
  }

  #close(): void {
    leaving.delete(this.#peer);
    // Only the peer is closed: closing the track as well brings node-datachannel down at its cleanup.
    this.#peer.close();
  }

  #adopt(channel: DataChannel): void {
    // The first channel is the call's; what a client opens beside it has no meaning here.
    if (this.#channel) return;
    this.#channel = channel;
    channel.onMessage((data) =>
      this.#guarded(() => this.#events.message(typeof data === 'string' ? data : new Uint8Array(data))),
    );
    channel.onClosed(() => this.#ended());
    const opened = (): void => this.#guarded(() => this.#events.opened());
    if (channel.isOpen()) opened();
    else channel.onOpen(opened);
    // The client may know of its channel, and ask the lab for its end, before this thread does.
    if (this.#isHungUp) channel.close();
  }

  #addTrack(offer: string): void {
    const media = audioOf(offer);
    if (!media) return;
    const audio = new Audio(media.mid, ANSWERS[media.direction] ?? 'SendRecv');
    audio.addOpusCodec(media.payloadType);
    // With a stream id, since clients play `event.streams[0]`.
    audio.addSSRC(SSRC, 'realtime', 'realtime', 'audio');
    this.#track = this.#peer.addTrack(audio);
    this.#rtp = new RtpStream(SSRC, media.payloadType);
    this.#receivedAt = performance.now();
    this.#track.onMessage((packet) => this.#guarded(() => this.#receive(packet, media.payloadType)));
  }

  #receive(packet: Buffer, payloadType: number): void {
    const payload = rtpPayloadType(packet) === payloadType ? rtpPayload(packet) : null;
    if (!payload || this.#closed) return;
    this.#receivedAt = performance.now();
    const pcm = this.#decode(payload);
    if (!pcm) return;
    for (let start = 0; start + FRAME_SAMPLES <= pcm.length; start += FRAME_SAMPLES) {
      this.#events.audio(pcm.slice(start, start + FRAME_SAMPLES));
    }
  }

  #decode(payload: Buffer): Int16Array | null {
    try {
      const bytes = this.#decoder.decode(payload);
      return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    } catch {
      // A damaged packet is 20 ms of nothing, no reason to end a call.
      return null;
    }
  }
}

/** Chromium refuses an answer whose direction does not mirror its offer. */
const ANSWERS: Readonly<Record<string, 'SendRecv' | 'SendOnly' | 'RecvOnly' | 'Inactive'>> = {
  sendrecv: 'SendRecv',
  recvonly: 'SendOnly',
  sendonly: 'RecvOnly',
  inactive: 'Inactive',
};

function audioOf(offer: string): { mid: string; payloadType: number; direction: string } | null {
  const section = offer.split(/\r?\n(?=m=)/).find((part) => part.startsWith('m=audio'));
  const mid = /^a=mid:(\S+)/m.exec(section ?? '')?.[1];
  const payloadType = /^a=rtpmap:(\d+) opus\//im.exec(section ?? '')?.[1];
  const direction = /^a=(sendrecv|recvonly|sendonly|inactive)/m.exec(section ?? '')?.[1] ?? 'sendrecv';
  return section && mid && payloadType ? { mid, payloadType: Number(payloadType), direction } : null;
}

/** Frees what node-datachannel holds; without it the process does not end after a call. */
export function releaseWebRtc(): void {
  for (const peer of leaving) peer.close();
  cleanup();
}
