import type { Turn } from '../conversation/turn.js';
import type { ClientEvent } from '../protocol/client-event.js';
import type { LocalEvent } from '../protocol/envelope.js';
import type { RecordedEvent } from '../protocol/read-log.js';
import type { JsonRecord } from '../protocol/server-event.js';
import type { Clock } from './clock.js';
import type { Connection, ConnectionRequest, OpenConnection } from './connection.js';
import type { MediaSource } from './microphone.js';
import type { RealtimeError } from './realtime-error.js';
import type { ConnectReason, SessionConfig } from './session-config.js';
import type { EndReason, Phase } from './status.js';

/** What a call tells the session, and asks of it. */
export interface CallHost {
  readonly clock: Clock;
  readonly fetch: typeof fetch;
  readonly createPeer: ConnectionRequest['createPeer'];
  readonly media: MediaSource | undefined;
  readonly open: OpenConnection;
  config(): Readonly<SessionConfig>;
  turns(): readonly Turn[];
  /** Times at which connections were lost, over all calls of the session. */
  readonly losses: number[];
  /** The session settings to send; the page may have edited them. @throws RealtimeError when it forbids the call */
  settings(reason: ConnectReason): JsonRecord;
  phase(phase: Phase): void;
  /** The server lets no call last longer; in seconds. */
  cap(seconds: number): void;
  message(data: unknown): void;
  replay(recorded: Pick<RecordedEvent, 'origin' | 'event'>): void;
  record(step: LocalEvent): void;
  send(connection: Connection, event: ClientEvent): void;
  remoteStream(stream: MediaStream | null): void;
  localStream(stream: MediaStream | null): void;
  systemMute(muted: boolean): void;
  /** Whether the visitor may be heard at this moment. */
  audible(): boolean;
  /** There is no connection, or none that works; the next attempt begins at `retryAt`, also one that is the first. */
  reconnecting(error: RealtimeError | null, retryAt: number | null): void;
  /** A connection is lost, or has given way to a fresh one: what had begun on it will never end. */
  replaced(): void;
  steady(renewed: boolean): void;
  /** A connection is set up and carries the call from now on. */
  adopted(): void;
  /** Nobody speaks, and nothing is being done: a connection may give way to another. */
  isPause(): boolean;
  report(error: RealtimeError): void;
  failed(error: RealtimeError): void;
  ended(reason: EndReason): void;
}
