import type { PropertyValues } from 'lit';
import { AudioOutput } from '../controllers/audio-output.js';
import { LevelMeter, type Levels } from '../controllers/level-meter.js';
import type { Activity } from '../conversation/turn.js';
import { ElementWords } from '../localize/element-words.js';
import { declaredLanguage } from '../localize/language.js';
import type { Strings } from '../localize/strings.js';
import { listDevices, type DeviceLists } from '../session/microphone.js';
import { RealtimeError } from '../session/realtime-error.js';
import type { SessionEventDetails } from '../session/session-events.js';
import type { RealtimeSession } from '../session/session.js';
import type { ConsentGate } from './consent-gate.js';
import { tell } from './events.js';
import { HintWatch, type Hint } from './hint-watch.js';
import type { RealtimeVoiceElement } from './realtime-voice.js';
import { TranscriptView } from './transcript-view.js';
import { CONTROLS, type Control, type VoiceActions, type VoiceView } from './view-model.js';
import { voiceActions } from './voice-actions.js';
import { notices } from './voice-notices.js';
import { statusText, timerText } from './voice-status.js';

/** A state of the assistant that lasts shorter is not worth a word. */
const SETTLE_MS = 250;
const SECOND_MS = 1_000;
/** A headset that is plugged in is several changes in one go. */
const PLUGGING_MS = 300;

/** What can be seen and heard of a call: everything about the widget that no program ever needs to ask. */
export class VoiceFace {
  readonly element: RealtimeVoiceElement;
  readonly session: RealtimeSession;
  readonly consent: ConsentGate;
  readonly audio: AudioOutput;
  /** The visitor types and does not talk in this call. */
  typesOnly = false;
  settingsOpen = false;
  copied = false;
  hint: Hint | 'systemMuted' | null = null;
  limit: SessionEventDetails['limitwarning'] | null = null;
  passing: RealtimeError | null = null;
  devices: DeviceLists = { inputs: [], outputs: [] };
  readonly #actions: VoiceActions;
  readonly #words: ElementWords;
  readonly #hints = new HintWatch();
  readonly #meter = new LevelMeter((levels) => this.#measured(levels));
  readonly #levels = { input: '', output: '' };
  #transcript: TranscriptView | null = null;
  #shownActivity: Activity = 'idle';
  #settling: ReturnType<typeof setTimeout> | undefined;
  #ticking: ReturnType<typeof setInterval> | undefined;
  #plugging: ReturnType<typeof setTimeout> | undefined;
  #reading = false;
  #visible: IntersectionObserver | null = null;
  #isVisible = true;
  readonly #drawnByServer: boolean;

  constructor(element: RealtimeVoiceElement, session: RealtimeSession, consent: ConsentGate) {
    this.element = element;
    this.session = session;
    this.consent = consent;
    this.#drawnByServer = element.shadowRoot !== null;
    this.audio = new AudioOutput(element, {
      blocked: (blocked) => this.#soundBlocked(blocked),
      sinkFailed: (cause) => this.#report(new RealtimeError('device.output_failed', { cause })),
    });
    this.#words = new ElementWords(element, () => this.#translate());
    this.#actions = voiceActions(this);
    this.#listen();
  }

  get audioBlocked(): boolean {
    return this.audio.blocked;
  }
  get limitNear(): boolean {
    return this.limit !== null;
  }
  get strings(): Strings {
    return this.#words.with(this.element.strings);
  }
  /** The language of the words. */
  get language(): string {
    return this.#words.language;
  }

  /** In the document: words follow its language, and the meter runs only in sight. */
  connected(): void {
    this.#visible ??= new IntersectionObserver(([entry]) => this.#seen(entry?.isIntersecting ?? true));
    this.#visible.observe(this.element);
    navigator.mediaDevices?.addEventListener('devicechange', this.#onDeviceChange);
    if (this.#drawnByServer && !this.element.hasUpdated) void this.#takeOver();
    else this.#words.connect();
  }

  disconnected(): void {
    this.#words.disconnect();
    this.#visible?.disconnect();
    navigator.mediaDevices?.removeEventListener('devicechange', this.#onDeviceChange);
  }

  /** The page became visible, or invisible. */
  pageSeen(): void {
    this.session.hidden = document.hidden;
    if (this.limit?.kind !== 'hidden') return;
    this.limit = null;
    this.element.requestUpdate();
  }

  /** Everything that the templates need. */
  view(): VoiceView {
    const { element, session } = this;
    const now = Date.now();
    return {
      session,
      strings: this.strings,
      language: this.language,
      layout: element.layout,
      placement: element.placement,
      open: element.open,
      heading: element.heading ?? this.strings.heading,
      pushToTalk: element.pushToTalk,
      statusText: statusText(session, this.#shownActivity, this, now),
      timer: session.status === 'idle' ? '' : timerText(session.connectedAt, now, this.language),
      controls: new Set(
        element.controls.split(' ').filter((name): name is Control => CONTROLS.includes(name as Control)),
      ),
      consentAsked: this.consent.asked,
      notices: notices(this),
      isEmpty: session.turns.length === 0,
      reading: this.#reading,
      settingsOpen: this.settingsOpen,
      devices: this.devices,
      inputDevice: element.inputDevice ?? '',
      outputDevice: element.outputDevice ?? '',
      volume: this.audio.volume,
      copied: this.copied,
      do: this.#actions,
    };
  }

  /** After the templates have drawn. */
  updated(changed: PropertyValues): void {
    const root = this.element.renderRoot as ShadowRoot;
    const scroller = root.querySelector<HTMLElement>('.transcript');
    if (!this.#transcript && scroller) {
      this.#transcript = new TranscriptView(scroller, {
        strings: () => this.strings,
        language: () => this.language,
        spokenLanguage: () => declaredLanguage(this.element) ?? '',
        decide: (id, approved) => this.#decide(id, approved),
        reading: (reading) => {
          this.#reading = reading;
          this.element.requestUpdate();
        },
      });
      this.#transcript.show(this.session.turns);
    }
    if (changed.has('strings')) this.#transcript?.translate();
    if (changed.has('outputDevice')) void this.audio.useSink(this.element.outputDevice ?? '');
    const panel = root.querySelector<HTMLElement>('.panel[popover]');
    // An update may come when the element is gone again.
    if (panel?.isConnected && panel.matches(':popover-open') !== this.element.open)
      panel.togglePopover(this.element.open);
  }

  /** Reads a sentence to those who listen to the page. */
  announce(sentence: string): void {
    const region = (this.element.renderRoot as ShadowRoot | undefined)?.querySelector('.announcer');
    if (region) region.textContent = sentence;
  }

  /** Back to the end of the transcript. */
  follow(): void {
    this.#transcript?.follow();
  }

  /** Lit takes the words of a server's drawing for its own, so they are what the server knew, and translated next. */
  async #takeOver(): Promise<void> {
    await this.element.updateComplete;
    if (this.element.isConnected) this.#words.connect();
  }

  async listDevices(): Promise<void> {
    this.devices = await listDevices();
    this.element.requestUpdate();
  }

  readonly #onDeviceChange = (): void => {
    clearTimeout(this.#plugging);
    this.#plugging = setTimeout(() => void this.#devicesChanged(), PLUGGING_MS);
  };

  async #devicesChanged(): Promise<void> {
    if (this.settingsOpen || this.session.localStream) await this.listDevices();
    if (this.session.localStream) tell(this.element, 'realtime-device-change', this.devices);
  }

  #listen(): void {
    const { session, element } = this;
    session.on('transcript', ({ detail: { change, turn } }) => {
      const wasEmpty = this.#transcript?.isEmpty ?? true;
      if (change === 'removed') this.#transcript?.remove(turn.id);
      else this.#transcript?.put(turn, change === 'added' ? session.turns : []);
      if (change === 'done' && turn.text) this.announce(`${this.strings.speakers[turn.role]}: ${turn.text}`);
      if (wasEmpty !== (this.#transcript?.isEmpty ?? true)) element.requestUpdate();
    });
    session.on('activitychange', ({ detail }) => this.#settle(detail.activity));
    session.on('statuschange', ({ detail }) => this.#statusChanged(detail.status));
    session.on('remotestream', ({ detail }) => {
      this.audio.attach(detail.stream);
      this.#listenIn();
    });
    session.on('localstream', () => this.#listenIn());
    session.on('usage', () => this.settingsOpen && element.requestUpdate());
    session.on('limitwarning', ({ detail }) => {
      this.limit = detail;
      element.requestUpdate();
    });
    session.on('mutechange', ({ detail }) => {
      if (detail.by === 'system') this.hint = detail.muted ? 'systemMuted' : null;
      else if (!detail.muted) this.hint = null;
      element.requestUpdate();
    });
    session.on('error', ({ detail: { error } }) => {
      if (!error.fatal) this.passing = error;
      element.requestUpdate();
    });
  }

  #statusChanged(status: string): void {
    if (status === 'connecting') {
      this.passing = null;
      this.limit = null;
      this.announce(this.strings.aiNotice);
    }
    if (status === 'idle' || status === 'failed') {
      this.hint = null;
      this.limit = null;
      this.typesOnly &&= status === 'failed';
    }
    const ticks = status === 'connected' || status === 'reconnecting';
    clearInterval(this.#ticking);
    this.#ticking = ticks
      ? setInterval(() => this.#isVisible && this.element.requestUpdate(), SECOND_MS)
      : undefined;
    this.element.requestUpdate();
  }

  /** What somebody says or hears is shown at once; what only lasts a moment is not. */
  #settle(activity: Activity): void {
    clearTimeout(this.#settling);
    const show = (): void => {
      this.#shownActivity = activity;
      if (activity === 'listening' && this.limit?.kind === 'idle') this.limit = null;
      this.element.requestUpdate();
    };
    if (activity === 'listening' || activity === 'thinking') this.#settling = setTimeout(show, SETTLE_MS);
    else show();
  }

  #soundBlocked(blocked: boolean): void {
    if (blocked) this.#report(new RealtimeError('playback.blocked'));
    this.element.requestUpdate();
  }

  #report(error: RealtimeError): void {
    tell(this.element, 'realtime-error', { error });
  }

  #decide(id: string, approved: boolean): void {
    const decision = approved ? this.session.approve(id) : this.session.reject(id);
    // A request that is gone by now needs no answer any more.
    decision.catch(() => {});
  }

  #translate(): void {
    this.#transcript?.translate();
    if (this.element.hasUpdated) this.element.requestUpdate();
  }

  #seen(visible: boolean): void {
    this.#isVisible = visible;
    if (visible !== this.#meter.running) this.#listenIn();
  }

  #listenIn(): void {
    const { localStream, remoteStream } = this.session;
    this.#hints.reset(Date.now());
    if (this.#isVisible && (localStream || remoteStream)) this.#meter.start(localStream, remoteStream);
    else this.#meter.stop();
  }

  #measured(levels: Levels): void {
    for (const side of ['input', 'output'] as const) {
      const level = levels[side].toFixed(2);
      // Silence styles nothing anew.
      if (level === this.#levels[side]) continue;
      this.#levels[side] = level;
      this.element.style.setProperty(`--realtime-${side}-level`, level);
    }
    if (this.session.status !== 'connected') return;
    const hint = this.#hints.judge(levels, this.session.muted, Date.now());
    if (hint === this.hint || this.hint === 'systemMuted') return;
    this.hint = hint;
    this.element.requestUpdate();
  }
}
