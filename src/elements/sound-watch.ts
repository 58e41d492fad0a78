import type { Levels, LevelsChanged, Meter } from '../controllers/level-meter.js';
import { ShownController } from '../controllers/shown-controller.js';
import type { RealtimeSession } from '../session/session.js';
import { HintWatch, type Hint } from './hint-watch.js';
import type { RealtimeVoiceElement } from './realtime-voice.js';

/**
 * Listens to both sides of a call while somebody can see the widget: writes their levels where CSS finds them, and notices
 * what the visitor should know about the microphone. Unseen, or without a call, it costs nothing.
 */
export class SoundWatch {
  readonly #element: RealtimeVoiceElement;
  readonly #session: RealtimeSession;
  readonly #shown: ShownController;
  readonly #hints = new HintWatch();
  readonly #meter: Meter;
  readonly #levels = { input: '', output: '' };
  #hint: Hint | 'systemMuted' | null = null;

  constructor(
    element: RealtimeVoiceElement,
    session: RealtimeSession,
    createMeter: (changed: LevelsChanged) => Meter,
  ) {
    this.#element = element;
    this.#session = session;
    this.#meter = createMeter((levels, now) => this.#measured(levels, now));
    this.#shown = new ShownController(element, () => this.#seen());
    session.on('remotestream', () => this.listen());
    session.on('localstream', () => this.listen());
    session.on('mutechange', ({ detail: { by, muted } }) => {
      if (by === 'system' || !muted) this.#show(by === 'system' && muted ? 'systemMuted' : null);
    });
    session.on('statuschange', ({ detail: { status, previous } }) => {
      if (status === 'connected' && previous === 'connecting') this.listen();
      if (status === 'idle' || status === 'failed') this.#show(null);
    });
  }

  /** What the visitor should know about the microphone. */
  get hint(): Hint | 'systemMuted' | null {
    return this.#hint;
  }

  /** Whether anybody can see the widget. A floating one has no place in the page that could be scrolled away. */
  get isShown(): boolean {
    const floats = this.#element.layout === 'floating' && this.#element.isConnected;
    return this.#shown.shown || (floats && document.visibilityState === 'visible');
  }

  /** Starts over, with the streams that there are now. */
  listen(): void {
    const { localStream, remoteStream, status } = this.#session;
    this.#hints.reset(Date.now());
    // Not while connecting: to make an audio context takes longer than anything else that the page does then.
    const live = status === 'connected' || status === 'reconnecting';
    if (live && this.isShown && (localStream || remoteStream)) this.#meter.start(localStream, remoteStream);
    else this.#meter.stop();
  }

  #seen(): void {
    if (this.isShown !== this.#meter.running) this.listen();
  }

  #show(hint: Hint | 'systemMuted' | null): void {
    if (hint === this.#hint) return;
    this.#hint = hint;
    this.#element.requestUpdate();
  }

  #measured(levels: Levels, now: number): void {
    for (const side of ['input', 'output'] as const) {
      const level = this.#meter.running ? levels[side].toFixed(2) : '';
      // Silence styles nothing anew.
      if (level === this.#levels[side]) continue;
      this.#levels[side] = level;
      this.#element.style.setProperty(`--realtime-${side}-level`, level);
    }
    if (this.#session.status !== 'connected' || this.#hint === 'systemMuted') return;
    // Who cannot listen cannot say that there is nothing to hear.
    if (this.#meter.hears) this.#show(this.#hints.judge(levels, this.#session.muted, now));
  }
}
