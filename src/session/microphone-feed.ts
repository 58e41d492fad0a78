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
 * The microphone of one call, kept across reconnections so that nobody is asked twice. It plays silence while it must not
 * be heard, is replaced when it is unplugged or another one is chosen, and is looked for again where there was none to
 * replace it. Tracks of its own are stopped; a stream of the page's is left as it was.
 */
export class MicrophoneFeed {
  readonly #host: FeedHost;
  readonly #signal: AbortSignal;
  #opening: Promise<void> | null = null;
  #track: MediaStreamTrack | null = null;
  /** Hears what the microphone hears even while nothing is sent, to tell somebody that they are muted. */
  #ear: MediaStreamTrack | null = null;
  #audible = false;
  #wishes = 0;
  /** The track has ended and nothing has taken its place; `told` once that has been said, `refused` by the visitor. */
  #lost: 'new' | 'told' | 'refused' | null = null;
  /** How often there was reason to look for another one since the search began; 0 while nobody searches. */
  #searches = 0;
  /** How the page had set its own track before us. */
  #foreign: { readonly track: MediaStreamTrack; readonly enabled: boolean } | null = null;

  constructor(host: FeedHost, signal: AbortSignal) {
    this.#host = host;
    this.#signal = signal;
  }

  /** The track to send, opened at the first call; `null` for a call without a microphone, or while it is lost. */
  async open(signal: AbortSignal): Promise<MediaStreamTrack | null> {
    // The request itself belongs to the call: an attempt that is given up must not ask the visitor a second time.
    this.#opening ??= this.#open();
    await abortable(this.#opening, signal);
    // Nobody waits for one that may never come: when it does, it is sent.
    void this.#search();
    return this.track;
  }

  /** What is to be sent now; `null` for nothing. */
  get track(): MediaStreamTrack | null {
    return this.#lost ? null : this.#track;
  }

  /** Whether the visitor can be heard. Off, silence is sent: the server still hears that nobody speaks. */
  set audible(audible: boolean) {
    this.#audible = audible;
    if (this.#track) this.#track.enabled = audible;
  }

  /** Sends another device from now on, without renegotiation. Before there is one it does nothing. */
  async switchDevice(): Promise<void> {
    if (this.#track && !this.#foreign) await this.#replace();
  }

  /** Gives the microphone back. */
  release(): void {
    const { track, enabled } = this.#foreign ?? {};
    if (track && enabled !== undefined) track.enabled = enabled;
    else this.#track?.stop();
    this.#forget();
    this.#host.stream(null);
  }

  async #open(): Promise<void> {
    const { mediaStream, microphone, inputDevice } = this.#host.config();
    const [given] = mediaStream?.getAudioTracks() ?? [];
    if (given) {
      this.#foreign = { track: given, enabled: given.enabled };
      this.#adopt(given);
    } else if (microphone !== false && !mediaStream) {
      await this.#use(() => true);
      // Chosen while the visitor was asked: to ask a second time meanwhile would have been no help.
      if (inputDevice !== this.#host.config().inputDevice) void this.switchDevice();
    }
  }

  /** Opens what the page wants now and sends it from then on, or gives it back at once where nobody wants it any more. */
  async #use(isWanted: () => boolean): Promise<void> {
    const track = await openMicrophone(this.#host.media, this.#host.config().inputDevice, this.#signal);
    if (this.#signal.aborted || !isWanted()) {
      track.stop();
      return;
    }
    const before = this.#track;
    this.#forget();
    this.#adopt(track);
    // The system's mute was that of the other one.
    if (before?.muted && !track.muted) this.#onMute();
    // Not awaited: a connection that is closed meanwhile never answers, and nothing must stay open till then.
    this.#host.replaced(track).catch((error: unknown) => this.#failed('device.constraint_failed', error));
    before?.stop();
  }

  /** The one way to another microphone. The latest wish wins, whichever opens first. */
  async #replace(): Promise<void> {
    const wish = (this.#wishes += 1);
    const isWanted = (): boolean => wish === this.#wishes;
    try {
      await this.#use(isWanted);
    } catch (error) {
      if (!isWanted()) return;
      if (this.#lost !== 'told') this.#failed(this.#lost ? 'device.lost' : 'device.constraint_failed', error);
      if (this.#lost) this.#lost = isRefusal(error) ? 'refused' : 'told';
    }
  }

  /** It is lost, and nobody has said no to another one. */
  get #isMissed(): boolean {
    return this.#lost !== null && this.#lost !== 'refused' && !this.#signal.aborted;
  }

  /** Looks for a microphone in the place of the lost one, once for each reason there is to. */
  readonly #search = async (): Promise<void> => {
    if (!this.#isMissed) return;
    this.#searches += 1;
    // A headset that is plugged in is several changes in one go.
    if (this.#searches > 1) return;
    for (let seen = 0; this.#isMissed && seen !== this.#searches;) {
      seen = this.#searches;
      await this.#replace();
    }
    this.#searches = 0;
  };

  #failed(code: 'device.lost' | 'device.constraint_failed', cause: unknown): void {
    if (!this.#signal.aborted) this.#host.failed(new RealtimeError(code, { cause }));
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
    this.#lost = null;
    this.#ear?.stop();
    this.#ear = null;
  }

  readonly #onMute = (): void => this.#host.systemMute(this.#track?.muted ?? false);

  /** Unplugged, or the permission was taken back. The default device may still be there, or another may come. */
  readonly #onEnded = (): void => {
    if (this.#foreign) {
      this.#failed('device.lost', null);
      return;
    }
    this.#lost ??= 'new';
    this.#host.media?.addEventListener('devicechange', this.#search, { signal: this.#signal });
    void this.#search();
  };
}

/** Whoever said no is not asked again for each device that comes. */
function isRefusal(error: unknown): boolean {
  return error instanceof RealtimeError && error.code.startsWith('permission.');
}
