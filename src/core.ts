/** The package without a user interface: nothing here or below imports Lit or touches a document when it is loaded. */
export type { Envelope, LocalEvent, Origin } from './protocol/envelope.js';
export type { JsonRecord, MalformedEvent, ServerEvent } from './protocol/server-event.js';
export type { ClientEvent } from './protocol/client-event.js';
export { parseServerEvent } from './protocol/parse-server-event.js';
export { LogError, readLog, type RecordedEvent } from './protocol/read-log.js';
export { emptyConversation, type Conversation } from './conversation/conversation.js';
export { reduce } from './conversation/reduce.js';
export { transcript } from './conversation/transcript.js';
export { activity } from './conversation/activity.js';
export {
  exportTranscript,
  type SpeakerNames,
  type TranscriptFormat,
} from './conversation/export-transcript.js';
export { cost, noUsage, type Pricing, type TokenCount, type Usage } from './conversation/usage.js';
export type * from './conversation/turn.js';
export { RealtimeSession, type SessionSeams } from './session/session.js';
export { SessionEvent, type SessionEventDetails, type SessionEventName } from './session/session-events.js';
export { RealtimeError } from './session/realtime-error.js';
export {
  errorCodes,
  type ErrorCode,
  type ErrorKind,
  type ErrorSentence,
  type Retry,
} from './session/error-codes.js';
export type * from './session/session-config.js';
export type { EndReason, Phase, Status } from './session/status.js';
export type { Player } from './session/replay-connection.js';
export type { Clock } from './session/clock.js';
export type { Connection, ConnectionRequest, ConnectionSink, OpenConnection } from './session/connection.js';
export type { LimitKind } from './session/limits.js';
export type { DeviceLists, MediaSource } from './session/microphone.js';
