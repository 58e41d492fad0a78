import type { SessionEventDetails, SessionEventName } from '../session/session-events.js';
import type { RealtimeSession } from '../session/session.js';
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

/**
 * Repeats what a session tells as DOM events of `target`; a default that the page prevents is prevented there too.
 * @param write puts a turn on screen, ahead of the event that tells of it
 */
export function repeatTo(
  target: EventTarget,
  write: (change: SessionEventDetails['transcript']) => void,
): NonNullable<RealtimeSession['relay']> {
  return (name, detail, cancelable) => {
    if (name === 'transcript') write(detail as SessionEventDetails['transcript']);
    const repeated = (REPEATED as Partial<Record<SessionEventName, RealtimeVoiceEventName>>)[name];
    return !repeated || tell(target, repeated, detail as never, cancelable);
  };
}
