import type { Envelope, LocalEvent } from '../protocol/envelope.js';
import type { Clock } from './clock.js';
import type { RealtimeError } from './realtime-error.js';
import type { ConnectReason, SessionConfig } from './session-config.js';
import type { Phase } from './status.js';

/** What a connection tells, in the order in which it happens. After `closed` it tells nothing more. */
export interface ConnectionSink {
  /** How far the attempt is. */
  phase(phase: Phase): void;
  /** A message came, exactly as it was sent: text, or something binary that the session will count as unreadable. */
  message(data: unknown): void;
  /** A recorded message or step is played again. */
  replay(recorded: Pick<Envelope, 'origin' | 'event'>): void;
  /** The sound of the other side. */
  remoteStream(stream: MediaStream): void;
  /** The path is gone for the moment and may heal by itself. */
  wobble(): void;
  /** It did. */
  steady(): void;
  /** The connection is over, by no doing of ours. `null` when it came to its natural end. */
  closed(error: RealtimeError | null): void;
}

/** What one attempt needs. */
export interface ConnectionRequest {
  readonly config: Readonly<SessionConfig>;
  readonly reason: ConnectReason;
  /**
   * Gives the microphone, or `null` for a call without one. Asked twice where a person has to allow it; the track stays the
   * session's.
   */
  microphone(signal: AbortSignal): Promise<MediaStreamTrack | null>;
  /** Whether the microphone can be had without asking a person. */
  readonly granted: Promise<boolean>;
  /** Takes note of how many seconds the token's endpoint lets a call last. */
  cap(seconds: number): void;
  /** Notes a step of the attempt in the log. */
  record(step: LocalEvent): void;
  readonly fetch: typeof fetch;
  readonly createPeer: (configuration: RTCConfiguration) => RTCPeerConnection;
  readonly clock: Clock;
}

/** One open connection. */
export interface Connection {
  /** The protocol's call id, where the server tells it. */
  readonly callId: string | null;
  /** The longest message in bytes. */
  readonly maxMessageSize: number;
  /** False where there is nobody to send to, as in a replay. */
  readonly live: boolean;
  /**
   * Sends a message.
   * @throws RealtimeError `channel.too_large` or `session.not_connected`
   */
  send(message: string): void;
  /** Sends another microphone from now on, without renegotiation. */
  replaceTrack(track: MediaStreamTrack | null): Promise<void>;
  /** How loud the other side is right now, 0 to 1; `undefined` where that is not known. */
  outputLevel(): number | undefined;
  /** Looks whether it is still there, and tells at once when it is not, or not at the moment. */
  check?(): void;
  /** Ends it and gives everything back. Calling it again does nothing. */
  close(): void;
}

/**
 * Opens a connection. A connection attempt is a value: it has its own sink, and one signal that ends it wherever it is,
 * also when it is open.
 * Rejects with a RealtimeError and leaves nothing open.
 */
export type OpenConnection = (
  request: ConnectionRequest,
  sink: ConnectionSink,
  signal: AbortSignal,
) => Promise<Connection>;
