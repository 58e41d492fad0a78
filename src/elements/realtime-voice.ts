import type { PropertyDeclarations, PropertyValues, TemplateResult } from 'lit';
import { exportTranscript, type TranscriptFormat } from '../conversation/export-transcript.js';
import type { Activity, Turn } from '../conversation/turn.js';
import type { Usage } from '../conversation/usage.js';
import type { ClientEvent } from '../protocol/client-event.js';
import type { Envelope } from '../protocol/envelope.js';
import { listDevices, type DeviceLists } from '../session/microphone.js';
import type { RealtimeError } from '../session/realtime-error.js';
import type { Player } from '../session/replay-connection.js';
import { RealtimeSession } from '../session/session.js';
import type { EndReason, Status } from '../session/status.js';
import { flag } from './attributes.js';
import { controlsStyles } from './controls.styles.js';
import { ConsentGate } from './consent-gate.js';
import { defineElement, VERSION } from './define-element.js';
import { checkEnvironment, diagnostics, type Diagnostics } from './diagnostics.js';
import { tell } from './events.js';
import type { FaceSeams } from './face-seams.js';
import { PageLifecycle } from './page-lifecycle.js';
import { runCommand } from './invoker-commands.js';
import { repeatTo } from './repeat-to.js';
import { turnStyles } from './turn.styles.js';
import { VoiceAttributes } from './voice-attributes.js';
import { VoiceFace } from './voice-face.js';
import { voiceStyles } from './voice.styles.js';
import { voiceTemplate } from './voice.template.js';

/**
 * A spoken conversation with the OpenAI Realtime API, to be pasted into any page.
 *
 * It shows who said what, word by word, and offers the buttons of a call. It does not hold an API key, keeps nothing
 * in storage, and before it is started requests nothing but its own files.
 *
 * @summary Holds a spoken conversation with the OpenAI Realtime API over WebRTC.
 * @tag realtime-voice
 *
 * @slot heading - The title, instead of `heading`.
 * @slot empty - Shown before the first turn.
 * @slot consent - What the visitor agrees to, when `consent` is set.
 * @slot footer - Below everything.
 * @slot start - Content of the start button.
 * @slot stop - Content of the stop button.
 * @slot launcher - Content of the button that opens the floating panel; its text is the button’s name.
 *
 * @fires {RealtimeStatusChangeEvent} realtime-status-change - Dispatched when the status, or the phase of connecting, changes. `detail`: `{status, previous, phase, reason, error}`
 * @fires {RealtimeActivityChangeEvent} realtime-activity-change - Dispatched when somebody begins or stops to speak or think. `detail`: `{activity, previous}`
 * @fires {RealtimeEventEvent} realtime-event - Dispatched for each message that crosses the wire, and for steps of the widget itself. `detail`: `{sequence, origin, type, event, time}`
 * @fires {RealtimeTranscriptEvent} realtime-transcript - Dispatched when a turn appears, grows, is final or goes. `detail`: `{change, turn}`
 * @fires {RealtimeToolCallEvent} realtime-tool-call - Dispatched when the model calls a function. Cancel it to answer yourself, within the `timeoutMs` of the tool or two minutes. `detail`: `{name, arguments, callId, respond(output)}`
 * @fires {RealtimeApprovalRequestEvent} realtime-approval-request - Dispatched when a tool waits for permission. `detail`: `{id, kind, name, arguments}`
 * @fires {RealtimeUsageEvent} realtime-usage - Dispatched when the bill has grown. `detail`: `{response, total, cost}`
 * @fires {RealtimeLimitWarningEvent} realtime-limit-warning - Dispatched before a limit ends the call. `detail`: `{kind, remaining}`
 * @fires {RealtimeConsentEvent} realtime-consent - Dispatched when the visitor accepts or declines. `detail`: `{accepted}`
 * @fires {RealtimeMuteChangeEvent} realtime-mute-change - Dispatched when the microphone is muted or unmuted. `detail`: `{muted, by}`
 * @fires {RealtimeDeviceChangeEvent} realtime-device-change - Dispatched in a call when microphones or speakers come or go, and whenever the visitor chooses one. `detail`: `{inputs, outputs, inputDevice, outputDevice}`
 * @fires {RealtimeBeforeConnectEvent} realtime-before-connect - Dispatched before every connection. Its `session` may be edited; cancel it to forbid the call. `detail`: `{reason, session}`
 * @fires {RealtimeErrorEvent} realtime-error - Dispatched once when a call fails, or something in it does; not when a limit ends it, nor when another method than `start()` and `toggle()` rejects. `detail`: `{error}`
 *
 * @csspart base - Everything.
 * @csspart launcher - The button that opens the floating panel.
 * @csspart panel - The visible box.
 * @csspart header - Title, status and meter.
 * @csspart heading - The title.
 * @csspart status - The state in words.
 * @csspart timer - How long the call has lasted.
 * @csspart visualizer - The bars.
 * @csspart transcript - The scrolling list of turns.
 * @csspart turn - A turn; with `turn-user` `turn-assistant` `turn-system` `turn-tool` and `turn-streaming` `turn-done` `turn-interrupted` `turn-failed`.
 * @csspart speaker - Who speaks in a turn.
 * @csspart text - The words of a turn.
 * @csspart text-unheard - Words that the visitor cut off.
 * @csspart turn-note - What became of a turn that is not whole.
 * @csspart time - When the turn began; hidden by default.
 * @csspart controls - The row of buttons.
 * @csspart start-button - Starts the call.
 * @csspart stop-button - Ends the call.
 * @csspart mute-button - Mutes the microphone.
 * @csspart talk-button - Held while talking, with `push-to-talk`.
 * @csspart interrupt-button - Silences the answer.
 * @csspart text-form - The line for typing.
 * @csspart text-input - The text box.
 * @csspart send-button - Sends what was typed.
 * @csspart devices - The choice of microphone and speaker.
 * @csspart volume - The volume.
 * @csspart usage - Tokens and cost.
 * @csspart jump-button - Back to the latest turn.
 * @csspart approve-button - Lets a tool run.
 * @csspart reject-button - Refuses it.
 * @csspart consent - The question for consent.
 * @csspart accept-button - Accepts.
 * @csspart decline-button - Declines.
 * @csspart notice - A sentence to the visitor.
 *
 * @cssprop [--realtime-accent=light-dark(#2f5bea, #8ea8ff)] - Colour of buttons.
 * @cssprop [--realtime-surface=light-dark(#ffffff, #17181c)] - Background.
 * @cssprop [--realtime-text=light-dark(#1a1c22, #f1f2f5)] - Text.
 * @cssprop --realtime-muted - Less important text; made from text and surface unless it is set.
 * @cssprop --realtime-border - Lines; made from text and surface unless it is set.
 * @cssprop [--realtime-danger=light-dark(#c02b37, #ff8b92)] - Ending and errors.
 * @cssprop [--realtime-radius=16px] - Corners.
 * @cssprop --realtime-font - Font family.
 * @cssprop [--realtime-gap=12px] - Space between things.
 * @cssprop --realtime-input-level - Written during a call while the widget is in sight: the loudness of the visitor, 0 to 1.
 * @cssprop --realtime-output-level - The same of the assistant.
 * @cssprop --realtime-z-index - z-index of the floating widget, in browsers without popovers.
 *
 * @cssState idle - No call.
 * @cssState connecting - A call is being made.
 * @cssState connected - A call is going on.
 * @cssState reconnecting - The connection is being restored.
 * @cssState failed - The call could not be made or was lost.
 * @cssState listening - The assistant listens.
 * @cssState hearing - The visitor speaks.
 * @cssState thinking - The assistant thinks.
 * @cssState speaking - The assistant speaks.
 * @cssState muted - The microphone is muted.
 * @cssState talking - The talk button is held.
 * @cssState open - The floating panel is open.
 * @cssState limit-near - A limit will soon end the call.
 * @cssState audio-blocked - The browser wants a click before it plays sound.
 */
export class RealtimeVoiceElement extends VoiceAttributes {
  /** The version of the package. */
  static readonly version = VERSION;
  static override styles = [controlsStyles, turnStyles, voiceStyles];
  static override properties: PropertyDeclarations = {
    muted: { attribute: 'muted', reflect: true, converter: flag },
  };

  readonly #session = this.createSession();
  readonly #consent = new ConsentGate({
    changed: () => this.requestUpdate(),
    answered: (accepted) => tell(this, 'realtime-consent', { accepted }),
    passed: () => this.#claim(),
  });
  readonly #face = new VoiceFace(
    this,
    this.#session,
    this.#consent,
    this.attachInternals().states,
    this.faceSeams?.(),
  );
  readonly #lifecycle = new PageLifecycle(this, {
    removed: () => this.#end('removed'),
    hidden: () => this.#end('pagehide'),
    seen: (resumed) => this.#face.pageSeen(resumed),
    superseded: () => !this.replay && !this.player && this.#end('superseded'),
  });

  constructor() {
    super();
    this.#listen();
    this.addEventListener('command', (event) => runCommand(this, event));
  }

  /** Registers the element; safe to call twice, and where there is no registry. */
  static define(tag = 'realtime-voice', registry?: CustomElementRegistry): void {
    defineElement(tag, this, registry);
  }

  /** Makes the session behind the element; a test may make one of its own. */
  protected createSession(): RealtimeSession {
    return new RealtimeSession();
  }
  /** Makes what the element plays and listens with; as above. */
  protected faceSeams?(): FaceSeams;

  /** Muted, the call lives on and silence is sent. */
  get muted(): boolean {
    return this.#session.muted;
  }
  set muted(muted: boolean) {
    this.#session.muted = muted;
  }

  /** Where the call stands. */
  get status(): Status {
    return this.#session.status;
  }
  /** Who speaks or thinks. */
  get activity(): Activity {
    return this.#session.activity;
  }
  /** What was said, in conversation order. */
  get turns(): readonly Turn[] {
    return this.#session.turns;
  }
  /** Tokens used so far. */
  get usage(): Usage {
    return this.#session.usage;
  }
  /** Estimated with `pricing`, in US dollars; `null` without. */
  get cost(): number | null {
    return this.#session.cost;
  }
  /** The error that ended the last call, or that this call is recovering from. */
  get error(): RealtimeError | null {
    return this.#session.error;
  }
  /** The id of the call, where the server tells it; with a session endpoint its handle, which can end the call. */
  get callId(): string | null {
    return this.#session.callId;
  }
  /** The id of the session. */
  get sessionId(): string | null {
    return this.#session.sessionId;
  }
  /** When the session ends, in milliseconds since the epoch. */
  get expiresAt(): number | null {
    return this.#session.expiresAt;
  }
  /** The latest messages, for a panel that comes late. */
  get log(): readonly Envelope[] {
    return this.#session.log;
  }
  /** The assistant's sound, for a visualizer of the page's own. */
  get remoteStream(): MediaStream | null {
    return this.#session.remoteStream;
  }
  /** Pause, step and speed of a replay; `null` otherwise. */
  get player(): Player | null {
    return this.#session.player;
  }

  /** Starts a call. @throws RealtimeError whatever prevented it */
  async start(): Promise<void> {
    this.catchUp();
    this.warnOfGaps();
    this.#configure();
    if (!this.consent) this.#claim();
    await this.#session.start();
  }

  /** Ends the call and releases everything. */
  stop(): void {
    this.#end('host');
  }

  /** Starts, or stops. */
  async toggle(): Promise<void> {
    await (this.#session.running ? this.stop() : this.start());
  }

  /** Silences the assistant. */
  interrupt(): Promise<void> {
    return this.#session.interrupt();
  }
  /** Push-to-talk pressed. */
  startTalking(): Promise<void> {
    return this.#session.startTalking();
  }
  /** Push-to-talk released. */
  stopTalking(): Promise<void> {
    return this.#session.stopTalking();
  }
  /** Says something by typing. Needs a call; only what a visitor types in the widget starts one by itself. */
  sendText(text: string): Promise<void> {
    return this.#session.sendText(text);
  }
  /** Shows an image, shrunk to what the channel carries. */
  sendImage(image: Blob | string): Promise<void> {
    return this.#session.sendImage(image);
  }
  /** Sends any client event of the protocol. */
  send(event: ClientEvent): Promise<void> {
    return this.#session.send(event);
  }
  /** Lets a tool run that asked for permission. */
  approve(id: string): Promise<void> {
    return this.#session.approve(id);
  }
  /** Refuses it. */
  reject(id: string, reason?: string): Promise<void> {
    return this.#session.reject(id, reason);
  }
  /** Forgets what was said, and the log; a panel keeps what it has heard. */
  clear(): void {
    this.#session.clear();
    this.#face.announcer.say('');
  }
  /** The transcript as `text`, `markdown`, `json` or `vtt`, speakers named in the language of the element. */
  exportTranscript(format: TranscriptFormat): string {
    return exportTranscript(this.turns, format, this.#face.strings.speakers);
  }
  /** Microphones and speakers; their names are empty before the first permission. */
  getDevices(): Promise<DeviceLists> {
    return listDevices();
  }
  /** What would stop a call here, without making one. */
  async checkEnvironment(): Promise<readonly RealtimeError[]> {
    this.catchUp();
    this.#configure();
    return checkEnvironment(this.#session);
  }
  /** Facts for a bug report, without words, tokens and addresses. */
  diagnostics(): Diagnostics {
    return diagnostics(this.#session, RealtimeVoiceElement.version, this.#face.clock.now());
  }

  /** @ignore A move within the document (`moveBefore`) is no reason for anything. */
  connectedMoveCallback(): void {}
  /** @ignore Another document is another page. */
  adoptedCallback(): void {
    this.#end('removed');
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.size > 0) this.#configure();
    this.#face.willUpdate();
  }

  protected override render(): TemplateResult {
    return voiceTemplate(this.#face);
  }

  protected override updated(changed: PropertyValues): void {
    this.#face.updated(changed);
  }

  #configure(): void {
    this.#session.configure({
      ...this.sessionConfig(),
      consent: this.consent ? (signal) => this.#consent.ask(signal) : undefined,
      microphone: this.#face.typesOnly ? false : undefined,
    });
  }

  /** A call ends those of other widgets. A replay is none, and is ended by none. */
  #claim(): void {
    if (!this.replay) this.#lifecycle.claim();
  }

  #end(reason: EndReason): void {
    if (this.#session.running || reason !== 'superseded') this.#session.stop(reason);
  }

  #listen(): void {
    const session = this.#session;
    session.relay = repeatTo(this, this.#face);
    session.on('statuschange', ({ detail }) => {
      if (!session.running) this.#lifecycle.release();
      const { status, previous, phase, reason, error } = detail;
      tell(this, 'realtime-status-change', { status, previous, phase, reason, error });
    });
    session.on('mutechange', () => this.requestUpdate('muted', !session.muted));
  }
}
