import type { Activity, Turn } from '../conversation/turn.js';
import type { Usage } from '../conversation/usage.js';
import type { Envelope } from '../protocol/envelope.js';
import type { JsonRecord } from '../protocol/server-event.js';
import type { LimitKind } from './limits.js';
import type { RealtimeError } from './realtime-error.js';
import type { ConnectReason } from './session-config.js';
import type { EndReason, Phase, Status } from './status.js';

/** The `detail` of every event of a session. The element repeats each as `realtime-…`. */
export interface SessionEventDetails {
  statuschange: {
    readonly status: Status;
    readonly previous: Status;
    /** Set while `connecting`. A change of phase alone is a `statuschange` too. */
    readonly phase: Phase | null;
    /** Set on the way to `idle`. */
    readonly reason: EndReason | null;
    /** Set on the way to `failed`, to `reconnecting` when an error caused it, and to `idle` at a limit. */
    readonly error: RealtimeError | null;
    /**
     * While `reconnecting`, or `connecting` where the server has asked for a pause: when the next attempt starts,
     * milliseconds since the epoch; `null` while one runs.
     */
    readonly retryAt: number | null;
  };
  activitychange: { readonly activity: Activity; readonly previous: Activity };
  /** Nobody can change it, at any depth: others read the same one. */
  protocolevent: Envelope;
  /** One per turn and event that changed it. */
  transcript: { readonly change: 'added' | 'updated' | 'done' | 'removed'; readonly turn: Turn };
  toolcall: {
    readonly name: string;
    readonly arguments: JsonRecord;
    readonly callId: string;
    /**
     * Answers the call; only after `preventDefault()`, only once, and within the `timeoutMs` of the tool, two minutes
     * where it has none. After that the model is told that no answer came.
     */
    readonly respond: (output: unknown) => void;
  };
  approvalrequest: {
    readonly id: string;
    readonly kind: 'function' | 'mcp';
    readonly name: string;
    readonly arguments: string;
  };
  usage: { readonly response: Usage; readonly total: Usage; readonly cost: number | null };
  limitwarning: { readonly kind: LimitKind; readonly remaining: number };
  /** What is edited in `session`, at any depth, holds for this connection. */
  beforeconnect: { readonly reason: ConnectReason; readonly session: Record<string, unknown> };
  mutechange: { readonly muted: boolean; readonly by: 'page' | 'system' };
  /** The stream to play, or `null` when the call is over. */
  remotestream: { readonly stream: MediaStream | null };
  /** What the microphone hears, also while the visitor is muted, or `null`: it is not what is sent. */
  localstream: { readonly stream: MediaStream | null };
  error: { readonly error: RealtimeError };
}

/** Names of the events of a session. */
export type SessionEventName = keyof SessionEventDetails;

/** An event of a session. */
export class SessionEvent<Name extends SessionEventName> extends Event {
  readonly detail: SessionEventDetails[Name];

  constructor(name: Name, detail: SessionEventDetails[Name], init?: EventInit) {
    super(name, init);
    this.detail = detail;
  }
}
