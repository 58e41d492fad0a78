import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** What playing reports. */
export interface AudioOutputEvents {
  /** The browser wants a click before it plays, or plays again. */
  blocked(blocked: boolean): void;
  /** The chosen speaker cannot be used; the default one is. */
  sinkFailed(cause: unknown): void;
}

/**
 * Plays the other side through one `<audio>` element. It never enters the document, so that moving the widget cannot
 * pause it; and the sound takes no way that the echo canceller cannot see.
 */
export class AudioOutput implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #events: AudioOutputEvents;
  readonly #createPlayer: () => HTMLAudioElement;
  #audio: HTMLAudioElement | null = null;
  #blocked = false;
  #volume = 1;
  #canSetVolume = true;
  #wishes = 0;

  constructor(host: ReactiveControllerHost, events: AudioOutputEvents, createPlayer: () => HTMLAudioElement) {
    host.addController(this);
    this.#host = host;
    this.#events = events;
    this.#createPlayer = createPlayer;
  }

  hostConnected(): void {
    // Some browsers pause it when the page comes back from the cache.
    if (this.#audio?.srcObject && this.#audio.paused) void this.play();
  }

  get blocked(): boolean {
    return this.#blocked;
  }

  /** Whether somebody can hear what is said. */
  get isHeard(): boolean {
    return Boolean(this.#audio?.srcObject && !this.#blocked && this.#audio.volume);
  }

  /** iPhones and iPads leave it to their buttons. */
  get canSetVolume(): boolean {
    this.#audio ??= this.#create();
    return this.#canSetVolume;
  }

  /** 0 to 1. */
  get volume(): number {
    return this.#volume;
  }
  set volume(volume: number) {
    this.#volume = Math.min(1, Math.max(0, volume));
    if (this.#audio) this.#audio.volume = this.#volume;
  }

  /** Plays a stream; `null` stops and lets go of it. */
  attach(stream: MediaStream | null): void {
    if (!stream && !this.#audio) return;
    const audio = (this.#audio ??= this.#create());
    audio.srcObject = stream;
    if (stream) void this.play();
    else this.#setBlocked(false);
  }

  /** Plays, if the browser lets it. */
  async play(): Promise<void> {
    try {
      await this.#audio?.play();
      this.#setBlocked(false);
    } catch (error) {
      // An AbortError only says that another stream came in between.
      if ((error as DOMException).name === 'NotAllowedError') this.#setBlocked(true);
    }
  }

  /** Plays through this speaker from now on; empty for the system's. */
  async useSink(deviceId: string): Promise<void> {
    const audio = (this.#audio ??= this.#create());
    if (!('setSinkId' in audio)) return;
    const wish = (this.#wishes += 1);
    try {
      await audio.setSinkId(deviceId);
    } catch (error) {
      // Whoever goes through a list wants the last one.
      if (wish !== this.#wishes) return;
      // The browser would stay with the one before. Where there is no speaker at all, one error says it.
      await audio.setSinkId('').catch(() => {});
      this.#events.sinkFailed(error);
    }
  }

  #create(): HTMLAudioElement {
    const audio = this.#createPlayer();
    audio.autoplay = true;
    // Where the volume cannot be set, it may look so for a moment. Nobody hears the difference.
    audio.volume = 0.99;
    setTimeout(() => {
      this.#canSetVolume = audio.volume < 1;
      audio.volume = this.#volume;
      this.#host.requestUpdate();
    });
    audio.setAttribute('playsinline', '');
    return audio;
  }

  #setBlocked(blocked: boolean): void {
    if (blocked === this.#blocked) return;
    this.#blocked = blocked;
    this.#events.blocked(blocked);
  }
}
