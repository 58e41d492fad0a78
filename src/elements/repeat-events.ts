import type { RealtimeSession } from '../session/session.js';
import { tell } from './events.js';

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
} as const;

/** Repeats what the session tells as DOM events; a default that the page prevents is prevented there too. */
export function repeatEvents(session: RealtimeSession, target: EventTarget): void {
  for (const [name, repeated] of Object.entries(REPEATED)) {
    session.addEventListener(name, (event) => {
      const { detail } = event as CustomEvent;
      if (!tell(target, repeated, detail, event.cancelable)) event.preventDefault();
    });
  }
}
