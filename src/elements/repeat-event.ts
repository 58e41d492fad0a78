import type { SessionEventName } from '../session/session-events.js';
import { tell, type RealtimeVoiceEventName } from './events.js';

/** What of the session's news is a DOM event as it is, and whether a page may prevent its default. */
const REPEATED = {
  activitychange: 'realtime-activity-change',
  protocolevent: 'realtime-event',
  transcript: 'realtime-transcript',
  approvalrequest: 'realtime-approval-request',
  usage: 'realtime-usage',
  limitwarning: 'realtime-limit-warning',
  mutechange: 'realtime-mute-change',
  error: 'realtime-error',
  toolcall: 'realtime-tool-call',
  beforeconnect: 'realtime-before-connect',
} as const satisfies Partial<Record<SessionEventName, RealtimeVoiceEventName>>;

/** Repeats what a session tells as a DOM event; false when the page has prevented its default. */
export function repeatEvent(
  target: EventTarget,
  name: SessionEventName,
  detail: unknown,
  cancelable: boolean,
): boolean {
  const repeated = (REPEATED as Partial<Record<SessionEventName, RealtimeVoiceEventName>>)[name];
  return !repeated || tell(target, repeated, detail as never, cancelable);
}
