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

/** What is seen of a piece of news, ahead of the event that tells of it. */
export interface Seen {
  /** A turn appeared, changed or went. */
  write(change: SessionEventDetails['transcript']): void;
  /** The state of the call may be another one. */
  reflect(): void;
}

/** Repeats what a session tells as DOM events of `target`; a default that the page prevents is prevented there too. */
export function repeatTo(target: EventTarget, seen: Seen): NonNullable<RealtimeSession['relay']> {
  return (name, detail, cancelable) => {
    if (name === 'transcript') seen.write(detail as SessionEventDetails['transcript']);
    else if (name !== 'protocolevent') seen.reflect();
    const repeated = (REPEATED as Partial<Record<SessionEventName, RealtimeVoiceEventName>>)[name];
    return !repeated || tell(target, repeated, detail as never, cancelable);
  };
}
