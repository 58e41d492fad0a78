import type { Conversation } from '../conversation/conversation.js';
import type { Activity, Turn } from '../conversation/turn.js';
import { cost, type Usage } from '../conversation/usage.js';
import type { Envelope, LocalEvent } from '../protocol/envelope.js';
import type { RealtimeError } from './realtime-error.js';
import type { SessionConfig } from './session-config.js';
import { SessionEvent, type SessionEventDetails, type SessionEventName } from './session-events.js';
import type { SessionRecord } from './session-record.js';
import { next, type EndReason, type Phase, type Signal, type Status } from './status.js';

/** The facts about a session beside what was said. */
export interface SessionState {
  readonly status: Status;
  readonly phase: Phase | null;
  readonly reason: EndReason | null;
  readonly retryAt: number | null;
  readonly error: RealtimeError | null;
  readonly connectedAt: number | null;
  readonly expiresAt: number | null;
  readonly activity: Activity;
  readonly muted: boolean;
  readonly remoteStream: MediaStream | null;
  readonly localStream: MediaStream | null;
}

const initialState: SessionState = Object.freeze({
  status: 'idle',
  phase: null,
  reason: null,
  retryAt: null,
  error: null,
  connectedAt: null,
  expiresAt: null,
  activity: 'idle',
  muted: false,
  remoteStream: null,
  localStream: null,
});

const DEFAULTS: SessionConfig = Object.freeze({
  maxDuration: 600,
  idleTimeout: 90,
  hiddenTimeout: 300,
});

/** What can be read of a session, and heard from it. What can be done with it is in {@link RealtimeSession}. */
export abstract class SessionView extends EventTarget {
  protected state = initialState;
  protected settings: Readonly<SessionConfig> = DEFAULTS;
  protected abstract readonly record: SessionRecord;
  /** The call, if it is one, comes from a log: its steps are in there, and taking them again would count them twice. */
  protected replaying = false;
  /** Who repeats this session's news elsewhere: told first, and `false` prevents the default of what is cancelable. */
  relay: ((name: SessionEventName, detail: unknown, cancelable: boolean) => boolean) | null = null;
  /** Names that somebody has listened to. */
  readonly #heard = new Set<string>();

  get config(): Readonly<SessionConfig> {
    return this.settings;
  }
  get status(): Status {
    return this.state.status;
  }
  /** There is a call, or one is being made. */
  get running(): boolean {
    return this.status !== 'idle' && this.status !== 'failed';
  }
  /** The step while `connecting`, otherwise `null`. */
  get phase(): Phase | null {
    return this.state.phase;
  }
  /** Why the last call ended, once it has. */
  get reason(): EndReason | null {
    return this.state.reason;
  }
  /** While `reconnecting`, or waiting to connect: when the next attempt starts, milliseconds since the epoch. */
  get retryAt(): number | null {
    return this.state.retryAt;
  }
  /** The error that ended the last call, or that made it reconnect; `null` where somebody ended it. */
  get error(): RealtimeError | null {
    return this.state.error;
  }
  /** When the call was first connected, milliseconds since the epoch. Reconnections do not change it. */
  get connectedAt(): number | null {
    return this.state.connectedAt;
  }
  /** When the server will end the session, milliseconds since the epoch, where it says so. */
  get expiresAt(): number | null {
    return this.state.expiresAt;
  }
  get remoteStream(): MediaStream | null {
    return this.state.remoteStream;
  }
  get localStream(): MediaStream | null {
    return this.state.localStream;
  }
  /** `idle` unless connected. */
  get activity(): Activity {
    return this.state.activity;
  }
  get conversation(): Conversation {
    return this.record.conversation;
  }
  /** What was said; the same array as long as nothing changed. */
  get turns(): readonly Turn[] {
    return this.record.turns;
  }
  /** The latest 1,000 messages and steps. */
  get log(): readonly Envelope[] {
    return this.record.log;
  }
  get usage(): Usage {
    return this.conversation.usage;
  }
  /** In US dollars; `null` without `pricing`. */
  get cost(): number | null {
    return this.settings.pricing ? cost(this.usage, this.settings.pricing) : null;
  }
  get sessionId(): string | null {
    return this.conversation.session.id ?? null;
  }

  override addEventListener(...given: Parameters<EventTarget['addEventListener']>): void {
    this.#heard.add(given[0]);
    super.addEventListener(...given);
  }

  /** Listens, with the type of the event's `detail` known. */
  on<Name extends SessionEventName>(
    name: Name,
    listener: (event: SessionEvent<Name>) => void,
    options?: AddEventListenerOptions,
  ): void {
    this.addEventListener(name, listener as (event: Event) => void, options);
  }

  /** False when a listener has prevented the default of a cancelable event. */
  protected emit<Name extends SessionEventName>(
    name: Name,
    detail: SessionEventDetails[Name],
    init?: EventInit,
  ): boolean {
    const allowed = this.relay?.(name, detail, init?.cancelable ?? false) ?? true;
    // Words come by the hundred: no event is made for nobody.
    return (!this.#heard.has(name) || this.dispatchEvent(new SessionEvent(name, detail, init))) && allowed;
  }

  /**
   * Moves the status machine and takes over what comes with it; tells of it when anything of the status is new. Everything
   * can be read as it is by the time the event is heard.
   */
  protected change(signal: Signal | null, news: Partial<SessionState> = {}): void {
    if (signal === 'start') this.replaying = Boolean(this.config.replay);
    const before = this.state;
    const status = signal ? next(before.status, signal) : before.status;
    const phase = status === 'connecting' ? (news.phase ?? before.phase) : null;
    const isWaiting = status === 'reconnecting' || status === 'connecting';
    const retryAt = isWaiting ? (news.retryAt ?? null) : null;
    this.state = { ...before, ...news, status, phase, retryAt };
    if (status === before.status && phase === before.phase && retryAt === before.retryAt) return;
    const { reason, error } = this.state;
    this.step({
      type: 'local.status',
      status,
      ...(phase && { phase }),
      ...(reason && { reason }),
      ...(error && { error: error.code }),
    });
    this.emit('statuschange', { status, previous: before.status, phase, reason, error, retryAt });
  }

  /** Records a step of the widget itself. */
  protected step(event: LocalEvent): void {
    if (!this.replaying) this.record.step(event);
  }

  protected changeActivity(activity: Activity): void {
    const previous = this.state.activity;
    if (activity === previous) return;
    this.state = { ...this.state, activity };
    this.emit('activitychange', { activity, previous });
  }

  /** Plays the other side, or keeps it silent. */
  protected hear(enabled: boolean): void {
    for (const track of this.remoteStream?.getAudioTracks() ?? []) track.enabled = enabled;
  }

  protected changeRemote(remoteStream: MediaStream | null): void {
    if (remoteStream === this.remoteStream) return;
    this.state = { ...this.state, remoteStream };
    this.emit('remotestream', { stream: remoteStream });
  }

  protected configureDefaults(change: SessionConfig): void {
    const given = Object.entries({ ...this.settings, ...change }).filter(([, value]) => value !== undefined);
    this.settings = { ...DEFAULTS, ...Object.fromEntries(given) };
  }
}
