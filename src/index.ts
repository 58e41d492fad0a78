/** The package's surface: classes, events and types. Importing it registers nothing. */
export * from './core.js';
export {
  RealtimeVoiceEvent,
  type RealtimeActivityChangeEvent,
  type RealtimeApprovalRequestEvent,
  type RealtimeBeforeConnectEvent,
  type RealtimeConsentEvent,
  type RealtimeDeviceChangeEvent,
  type RealtimeErrorEvent,
  type RealtimeEventEvent,
  type RealtimeLimitWarningEvent,
  type RealtimeMuteChangeEvent,
  type RealtimeStatusChangeEvent,
  type RealtimeToolCallEvent,
  type RealtimeTranscriptEvent,
  type RealtimeUsageEvent,
  type RealtimeVoiceEventDetails,
  type RealtimeVoiceEventName,
} from './elements/events.js';
export { RealtimeVoiceElement } from './elements/realtime-voice.js';
export { RealtimeEventPanelElement } from './elements/realtime-event-panel.js';
export { registerStrings } from './localize/localize.js';
export type { StringOverrides, Strings } from './localize/strings.js';
export type { Diagnostics } from './elements/diagnostics.js';
export type { LogFormat } from './event-log/write-log.js';
export type { TypeRate } from './panel/panel-engine.js';
