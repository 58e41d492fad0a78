import { abortable } from './clock.js';
import { openMicrophone, type MediaSource } from './microphone.js';
import { RealtimeError } from './realtime-error.js';
import type { SessionConfig } from './session-config.js';

/** What the feed tells the call it belongs to. */
export interface FeedHost {
  readonly media: MediaSource | undefined;
  config(): Readonly<SessionConfig>;
  /** Another track is to be sent from now on. */
  replaced(track: MediaStreamTrack): Promise<void>;
  stream(stream: MediaStream | null): void;
  /** The system muted the microphone (a phone call came in, say), or gave it back. */
  systemMute(muted: boolean): void;
  failed(error: RealtimeError): void;
}

/**
 * The microphone of one call, kept across reconnections so that nobody is asked twice. It opens once, plays silence
 * while it must not be heard, replaces a device that is unplugged, and gives back what it took: tracks of its own are
 * stopped, a stream of the page's is left as it was.
 */
export class MicrophoneFeed {
  readonly #host: FeedHost;
  readonly #signal: AbortSignal;
  #opening: Promise<MediaStreamTrack | null> | null = null;
  #track: MediaStreamTrack | null = null;
  /** Hears what the microphone hears even while nothing is sent, to tell somebody that they are muted. */
  #ear: MediaStreamTrack | null = null;
  #audible = false;
  #wishes = 0;
  /** How the page had set its own track before us. */
  #foreign: { readonly track: MediaStreamTrack; readonly enabled: boolean } | null = null;

  constructor(host: FeedHost, signal: AbortSignal) {
    this.#host = host;
    this.#signal = signal;
  }

  /** The track to send, opened at the first call; `null` for a call without a microphone. */
  async open(signal: AbortSignal): Promise<MediaStreamTrack | null> {
    // The request itself belongs to the call: an attempt that is given up must not ask the visitor a second time.
    this.#opening ??= this.#open();
    return abortable(this.#opening, signal);
  }

  /** What is to be sent now; `null` for nothing. */
  get track(): MediaStreamTrack | null {
    return this.#track;
  }

  /** Whether the visitor can be heard. Off, silence is sent: the server still hears that nobody speaks. */
  set audible(audible: boolean) {
    this.#audible = audible;
    if (this.#track) this.#track.enabled = audible;
  }

  /** Sends another device from now on, without renegotiation. Before the call it does nothing. */
  async switchDevice(): Promise<void> {
    if (!this.#track || this.#foreign) return;
    const wish = (this.#wishes += 1);
    try {
      const track = await this.#request();
      const before: MediaStreamTrack | null = this.#track;
      // Whoever goes through a list wants the last one, whichever opens first.
      if (wish !== this.#wishes) track.stop();
      else await this.#use(track).finally(() => before?.stop());
    } catch (error) {
      if (!this.#signal.aborted)
        this.#host.failed(new RealtimeError('device.constraint_failed', { cause: error }));
    }
  }

  /** Gives the microphone back. */
  release(): void {
    const { track, enabled } = this.#foreign ?? {};
    if (track && enabled !== undefined) track.enabled = enabled;
    else this.#track?.stop();
    this.#forget();
    this.#host.stream(null);
  }

  async #open(): Promise<MediaStreamTrack | null> {
    const { mediaStream, microphone } = this.#host.config();
    const [given] = mediaStream?.getAudioTracks() ?? [];
    if (given) this.#foreign = { track: given, enabled: given.enabled };
    else if (microphone === false || mediaStream) return null;
    const track = given ?? (await this.#request());
    this.#adopt(track);
    return track;
  }

  #request(): Promise<MediaStreamTrack> {
    return openMicrophone(this.#host.media, this.#host.config().inputDevice, this.#signal);
  }

  async #use(track: MediaStreamTrack): Promise<void> {
    this.#forget();
    this.#adopt(track);
    // The next connection of the call is to send this one.
    this.#opening = Promise.resolve(track);
    await this.#host.replaced(track);
  }

  #adopt(track: MediaStreamTrack): void {
    this.#track = track;
    track.enabled = this.#audible;
    track.addEventListener('ended', this.#onEnded);
    track.addEventListener('mute', this.#onMute);
    track.addEventListener('unmute', this.#onMute);
    this.#ear = track.clone();
    this.#ear.enabled = true;
    this.#host.stream(new MediaStream([this.#ear]));
  }

  #forget(): void {
    this.#track?.removeEventListener('ended', this.#onEnded);
    this.#track?.removeEventListener('mute', this.#onMute);
    this.#track?.removeEventListener('unmute', this.#onMute);
    this.#track = null;
    this.#ear?.stop();
    this.#ear = null;
  }

  readonly #onMute = (): void => this.#host.systemMute(this.#track?.muted ?? false);

  /** Unplugged, or the permission was taken back. The default device may still be there. */
  readonly #onEnded = async (): Promise<void> => {
    try {
      if (this.#foreign) throw new RealtimeError('device.lost');
      await this.#use(await this.#request());
    } catch (error) {
      if (!this.#signal.aborted) this.#host.failed(new RealtimeError('device.lost', { cause: error }));
    }
  };
}
