import type { PropertyValues, ReactiveController } from 'lit';
import { AudioOutput } from '../controllers/audio-output.js';
import { KeyboardRoom } from '../controllers/keyboard-room.js';
import { LevelMeter } from '../controllers/level-meter.js';
import type { Activity } from '../conversation/turn.js';
import { ElementWords } from '../localize/element-words.js';
import { declaredLanguage } from '../localize/language.js';
import type { Strings } from '../localize/strings.js';
import { realClock, type Clock } from '../session/clock.js';
import { errorCodes } from '../session/error-codes.js';
import { listDevices, type DeviceLists, type MediaSource } from '../session/microphone.js';
import { isPagesWish } from '../session/pages-wish.js';
import { RealtimeError } from '../session/realtime-error.js';
import type { SessionEventDetails } from '../session/session-events.js';
import type { RealtimeSession } from '../session/session.js';
import type { ConsentGate } from './consent-gate.js';
import type { Control } from './controls.js';
import { Announcer } from './announcer.js';
import { tell } from './events.js';
import type { FaceSeams } from './face-seams.js';
import { FocusKeeper } from './focus-keeper.js';
import type { RealtimeVoiceElement } from './realtime-voice.js';
import { reflectState } from './reflect-state.js';
import type { Seen } from './repeat-to.js';
import { show, showPopovers } from './show.js';
import { SoundWatch } from './sound-watch.js';
import { TranscriptView } from './transcript-view.js';
import { voiceActions, type VoiceActions } from './voice-actions.js';
import { limitText } from './voice-notices.js';
import { statusText, timerText } from './voice-status.js';

/** A state of the assistant that lasts shorter is not worth a word. */
const SETTLE_MS = 250;
const SECOND_MS = 1_000;
/** A headset that is plugged in is several changes in one go. */
const PLUGGING_MS = 300;

/** What can be seen and heard of a call: everything about the widget that no program ever needs to ask. */
export class VoiceFace implements ReactiveController, Seen {
  readonly element: RealtimeVoiceElement;
  readonly session: RealtimeSession;
  readonly consent: ConsentGate;
  readonly audio: AudioOutput;
  readonly sound: SoundWatch;
  /** The visitor types and does not talk in this call. */
  typesOnly = false;
  settingsOpen = false;
  copied = false;
  /** The visitor has scrolled back. */
  reading = false;
  passing: RealtimeError | null = null;
  devices: DeviceLists = { inputs: [], outputs: [] };
  readonly announcer: Announcer;
  readonly clock: Clock;
  readonly #media: MediaSource | undefined;
  readonly #states: CustomStateSet;
  readonly actions: VoiceActions;
  readonly #words: ElementWords;
  #transcript: TranscriptView | null = null;
  #shownActivity: Activity = 'idle';
  readonly #focus = new FocusKeeper();
  readonly #room: KeyboardRoom;
  #settling: ReturnType<typeof setTimeout> | undefined;
  #ticking: ReturnType<typeof setInterval> | undefined;
  #plugging: (() => void) | undefined;
  readonly #drawnByServer: boolean;

  constructor(
    element: RealtimeVoiceElement,
    session: RealtimeSession,
    consent: ConsentGate,
    states: CustomStateSet,
    {
      createPlayer = () => new Audio(),
      createMeter = (changed) => new LevelMeter(changed),
      page,
      media,
      clock = realClock,
    }: FaceSeams = {},
  ) {
    element.addController(this);
    this.element = element;
    this.session = session;
    this.consent = consent;
    this.clock = clock;
    this.#media = media;
    this.#states = states;
    this.#drawnByServer = element.shadowRoot !== null;
    const events = {
      blocked: (blocked: boolean) => this.#soundBlocked(blocked),
      sinkFailed: (cause: unknown) => this.trouble(new RealtimeError('device.output_failed', { cause })),
    };
    this.audio = new AudioOutput(element, events, createPlayer);
    this.sound = new SoundWatch(element, session, createMeter);
    this.#words = new ElementWords(element, () => this.#translate());
    this.announcer = new Announcer(
      () => element.shadowRoot,
      // The countdown in it is not read out, and a failure is an alert of its own, unless the page forbade the call.
      () => (session.status === 'failed' && !this.#isForbidden ? null : this.statusText(Infinity)),
    );
    this.#room = new KeyboardRoom(page ?? globalThis.visualViewport);
    this.actions = voiceActions(this);
    this.#listen();
  }

  get strings(): Strings {
    return this.#words.with(this.element.strings);
  }
  /** What the page wants to be shown. */
  get controls(): ReadonlySet<Control> {
    return new Set(this.element.controls.match(/\S+/g) as Control[] | null);
  }
  /** The language of the words. */
  get language(): string {
    return this.#words.language;
  }

  /** In the document: words follow its language, and the meter runs only in sight. */
  hostConnected(): void {
    navigator.mediaDevices?.addEventListener('devicechange', this.#onDeviceChange);
    if (this.#drawnByServer && !this.element.hasUpdated) void this.#takeOver();
    else this.#words.connect();
    // What lies above the page does not survive being moved in it.
    if (this.element.hasUpdated) this.element.requestUpdate();
  }

  hostDisconnected(): void {
    this.#words.disconnect();
    this.#room.keep(null);
    navigator.mediaDevices?.removeEventListener('devicechange', this.#onDeviceChange);
  }

  /** The page became visible, or invisible; or it stood still, and goes on. */
  pageSeen(resumed: boolean): void {
    this.session.hidden = document.hidden;
    if (resumed || !document.hidden) this.session.checkConnection();
    if (this.element.hasUpdated) this.element.requestUpdate();
  }

  /** How things stand, in words. */
  statusText(now = this.clock.now()): string {
    return statusText(this, this.#shownActivity, now);
  }

  /** How long the call has lasted, while there is one. */
  get timer(): string {
    return this.#ticking ? timerText(this.session.connectedAt, this.clock.now(), this.language) : '';
  }

  /** Nothing has been said yet. */
  get isEmpty(): boolean {
    return this.#transcript?.isEmpty ?? this.session.turns.length === 0;
  }

  /** Before the templates draw. */
  willUpdate(): void {
    if (this.element.hasUpdated) this.#focus.remember(this.element.renderRoot as ShadowRoot);
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
          this.reading = reading;
          this.element.requestUpdate();
        },
      });
      this.#transcript.show(this.session.turns);
    }
    if (changed.has('strings')) this.#transcript?.translate();
    if (changed.has('outputDevice')) void this.audio.useSink(this.element.outputDevice ?? '');
    this.#room.keep(showPopovers(this.element));
    this.#focus.restore(root, root.querySelector<HTMLElement>('.consent'));
    this.reflect();
  }

  /** Shows the state to style sheets. */
  reflect(): void {
    const { element, session, audio } = this;
    // Before that there may be no document.
    if (!element.hasUpdated) return;
    reflectState(element, this.#states, {
      talking: session.talking,
      'limit-near': session.nearLimit !== null,
      'audio-blocked': audio.blocked,
    });
  }

  /** Something went wrong, and the call goes on. */
  trouble(error: RealtimeError): void {
    this.passing = error;
    this.#report(error);
    this.element.requestUpdate();
  }

  /** Back to the end of the transcript. @param focuses takes the keyboard there, too */
  follow(focuses = false): void {
    this.#transcript?.follow();
    if (focuses) this.element.renderRoot.querySelector<HTMLElement>('.transcript')?.focus();
  }

  /** Lit takes the words of a server's drawing for its own, so they are what the server knew, and translated next. */
  async #takeOver(): Promise<void> {
    await this.element.updateComplete;
    if (this.element.isConnected) this.#words.connect();
  }

  async listDevices(): Promise<void> {
    this.devices = await listDevices(this.#media);
    this.element.requestUpdate();
  }

  /** Tells which devices there are, and which of them are chosen. */
  tellDevices(): void {
    const { inputDevice, outputDevice } = this.element;
    tell(this.element, 'realtime-device-change', { ...this.devices, inputDevice, outputDevice });
  }

  readonly #onDeviceChange = (): void => {
    this.#plugging?.();
    this.#plugging = this.clock.after(PLUGGING_MS, () => void this.#devicesChanged());
  };

  async #devicesChanged(): Promise<void> {
    const { localStream } = this.session;
    if (this.settingsOpen || localStream) await this.listDevices();
    if (localStream) this.tellDevices();
  }

  /** A turn appeared, changed or went: written at once, ahead of the event that tells of it. */
  write({ change, turn }: SessionEventDetails['transcript']): void {
    const wasEmpty = this.#transcript?.isEmpty ?? true;
    if (change === 'removed') this.#transcript?.remove(turn.id);
    else this.#transcript?.put(turn, () => this.session.turns);
    if (change === 'done' && turn.role === 'assistant') this.passing = null;
    this.copied = false;
    // What is heard anyway must not be read out on top of it, into an open microphone at that.
    if (change === 'done' && turn.text && !this.#isSounding)
      this.announcer.say(`${this.strings.speakers[turn.role]}: ${turn.text}`);
    if (wasEmpty !== (this.#transcript?.isEmpty ?? true)) this.element.requestUpdate();
  }

  #listen(): void {
    const { session, element } = this;
    session.on('activitychange', ({ detail }) => this.#settle(detail.activity));
    session.on('statuschange', ({ detail }) => this.#statusChanged(detail));
    session.on('remotestream', ({ detail }) => this.audio.attach(detail.stream));
    session.on('usage', () => this.settingsOpen && element.requestUpdate());
    session.on('limitwarning', ({ detail }) => {
      element.requestUpdate();
      // By then a page that has given the call more time has been heard.
      void element.updateComplete.then(
        () => session.nearLimit && this.announcer.say(limitText(this, detail)),
      );
    });
    session.on('approvalrequest', ({ detail: { name } }) => {
      this.announcer.say(`${name}: ${this.strings.tools.approval}`);
      this.#reveal();
    });
    session.on('error', ({ detail: { error } }) => {
      // A renewal that failed is tried again, and the call is as good as before: nothing that the visitor need know.
      if (!error.fatal && !errorCodes[error.code].fatal) this.passing = error;
      element.requestUpdate();
    });
  }

  get #isSounding(): boolean {
    const { audio, element, session } = this;
    return audio.isHeard && element.output === 'audio' && !session.conversation.session.writes;
  }

  get #isForbidden(): boolean {
    const { error } = this.session;
    return error !== null && isPagesWish(error);
  }

  #statusChanged({ status, previous, phase, reason, retryAt }: SessionEventDetails['statuschange']): void {
    const { element } = this;
    this.announcer.sayStatus();
    if (status === 'connecting' && previous !== status) {
      this.passing = null;
      this.announcer.say(this.strings.aiNotice);
    }
    if (status === 'idle' || status === 'failed') this.typesOnly = false;
    const isCutOff = status === 'failed' ? !this.#isForbidden : status === 'idle' && reason === 'limit';
    if (isCutOff || phase === 'consent') this.#reveal();
    const ticks = status === 'connected' || status === 'reconnecting' || retryAt !== null;
    clearInterval(this.#ticking);
    this.#ticking = ticks
      ? setInterval(() => this.sound.isShown && element.requestUpdate(), SECOND_MS)
      : undefined;
    element.requestUpdate();
  }

  /** What went wrong, and a question, are in the panel. Only who is on the launcher, which goes, comes along. */
  #reveal(): void {
    const { element, session } = this;
    if (element.layout !== 'floating' || element.open) return;
    if (!element.shadowRoot?.activeElement) element.open = true;
    // Into the conversation of a call, not onto the button that ends it.
    else void show(element, true).then(() => session.status === 'connected' && this.follow(true));
  }

  /** What somebody says or hears is shown at once; what only lasts a moment is not. */
  #settle(activity: Activity): void {
    clearTimeout(this.#settling);
    const show = (): void => {
      this.#shownActivity = activity;
      this.element.requestUpdate();
    };
    if (activity === 'listening' || activity === 'thinking') this.#settling = setTimeout(show, SETTLE_MS);
    else show();
  }

  #soundBlocked(blocked: boolean): void {
    if (blocked) {
      this.#report(new RealtimeError('playback.blocked'));
      this.#reveal();
    }
    // The click that lets it play lets the meter listen, too.
    else this.sound.listen();
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
    // The language of the page is the one in which the visitor is expected to speak.
    this.session.configure({ language: declaredLanguage(this.element) });
    if (this.element.hasUpdated) this.element.requestUpdate();
  }
}
