import type { DeviceLists } from '../session/microphone.js';
import type { SessionEventDetails } from '../session/session-events.js';
import type { EndReason, Phase, Status } from '../session/status.js';
import type { RealtimeError } from '../session/realtime-error.js';

/** The `detail` of every event of `<realtime-voice>`. */
export interface RealtimeVoiceEventDetails {
  'realtime-status-change': {
    readonly status: Status;
    readonly previous: Status;
    readonly phase: Phase | null;
    readonly reason: EndReason | null;
    readonly error: RealtimeError | null;
  };
  'realtime-activity-change': SessionEventDetails['activitychange'];
  'realtime-event': SessionEventDetails['protocolevent'];
  'realtime-transcript': SessionEventDetails['transcript'];
  'realtime-tool-call': SessionEventDetails['toolcall'];
  'realtime-approval-request': SessionEventDetails['approvalrequest'];
  'realtime-usage': SessionEventDetails['usage'];
  'realtime-limit-warning': SessionEventDetails['limitwarning'];
  'realtime-consent': { readonly accepted: boolean };
  'realtime-mute-change': SessionEventDetails['mutechange'];
  'realtime-device-change': DeviceLists & {
    readonly inputDevice: string | undefined;
    readonly outputDevice: string | undefined;
  };
  'realtime-before-connect': SessionEventDetails['beforeconnect'];
  'realtime-error': SessionEventDetails['error'];
}

/** Names of the events of `<realtime-voice>`. */
export type RealtimeVoiceEventName = keyof RealtimeVoiceEventDetails;

const BUBBLING: CustomEventInit = { bubbles: true, composed: true };
const CANCELABLE: CustomEventInit = { ...BUBBLING, cancelable: true };

/** An event of `<realtime-voice>`: it bubbles and crosses shadow roots. */
export class RealtimeVoiceEvent<Name extends RealtimeVoiceEventName> extends CustomEvent<
  RealtimeVoiceEventDetails[Name]
> {
  /** Kept here: the browser takes longer to keep it than for all the rest of an event. */
  override readonly detail: RealtimeVoiceEventDetails[Name];

  constructor(name: Name, detail: RealtimeVoiceEventDetails[Name], cancelable = false) {
    super(name, cancelable ? CANCELABLE : BUBBLING);
    this.detail = detail;
  }
}

/** Dispatches an event of the widget; false when it was cancelable and a listener prevented its default. */
export function tell<Name extends RealtimeVoiceEventName>(
  voice: EventTarget,
  name: Name,
  detail: RealtimeVoiceEventDetails[Name],
  cancelable = false,
): boolean {
  return voice.dispatchEvent(new RealtimeVoiceEvent(name, detail, cancelable));
}

/** Dispatched when the status, or the phase of connecting, changes. */
export type RealtimeStatusChangeEvent = RealtimeVoiceEvent<'realtime-status-change'>;
/** Dispatched when another side begins or stops to speak or think. */
export type RealtimeActivityChangeEvent = RealtimeVoiceEvent<'realtime-activity-change'>;
/** Dispatched for each message that crosses the wire, and for steps of the widget itself. */
export type RealtimeEventEvent = RealtimeVoiceEvent<'realtime-event'>;
/** Dispatched when a turn of the transcript appears, grows, is final or goes. */
export type RealtimeTranscriptEvent = RealtimeVoiceEvent<'realtime-transcript'>;
/** Dispatched when the model calls a function; prevent its default to answer it yourself with `detail.respond()`. */
export type RealtimeToolCallEvent = RealtimeVoiceEvent<'realtime-tool-call'>;
/** Dispatched when a tool waits for a person's permission. */
export type RealtimeApprovalRequestEvent = RealtimeVoiceEvent<'realtime-approval-request'>;
/** Dispatched when the bill has grown. */
export type RealtimeUsageEvent = RealtimeVoiceEvent<'realtime-usage'>;
/** Dispatched before a limit ends the call. */
export type RealtimeLimitWarningEvent = RealtimeVoiceEvent<'realtime-limit-warning'>;
/** Dispatched when the visitor accepts or declines. */
export type RealtimeConsentEvent = RealtimeVoiceEvent<'realtime-consent'>;
/** Dispatched when the microphone is muted or unmuted, by the page or by the system. */
export type RealtimeMuteChangeEvent = RealtimeVoiceEvent<'realtime-mute-change'>;
/** Dispatched in a call when microphones or speakers come or go, and whenever the visitor chooses one. */
export type RealtimeDeviceChangeEvent = RealtimeVoiceEvent<'realtime-device-change'>;
/** Dispatched before every connection; its `session` may be edited, and preventing its default forbids the call. */
export type RealtimeBeforeConnectEvent = RealtimeVoiceEvent<'realtime-before-connect'>;
/**
 * Dispatched once when a call fails, or something in it does; not when a limit ends it, nor when another method than
 * `start()` and `toggle()` rejects.
 */
export type RealtimeErrorEvent = RealtimeVoiceEvent<'realtime-error'>;

declare global {
  interface GlobalEventHandlersEventMap {
    'realtime-status-change': RealtimeStatusChangeEvent;
    'realtime-activity-change': RealtimeActivityChangeEvent;
    'realtime-event': RealtimeEventEvent;
    'realtime-transcript': RealtimeTranscriptEvent;
    'realtime-tool-call': RealtimeToolCallEvent;
    'realtime-approval-request': RealtimeApprovalRequestEvent;
    'realtime-usage': RealtimeUsageEvent;
    'realtime-limit-warning': RealtimeLimitWarningEvent;
    'realtime-consent': RealtimeConsentEvent;
    'realtime-mute-change': RealtimeMuteChangeEvent;
    'realtime-device-change': RealtimeDeviceChangeEvent;
    'realtime-before-connect': RealtimeBeforeConnectEvent;
    'realtime-error': RealtimeErrorEvent;
  }
}
