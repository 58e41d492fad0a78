import type { Conversation } from './conversation.js';
import type { Activity } from './turn.js';

/**
 * What is going on, from the events alone: `hearing` the visitor, `speaking`, `thinking`, or `listening`. Whether there
 * is a call at all (`idle`) is not in the events.
 */
export function activity({ moment }: Conversation): Activity {
  if (moment.hearing !== null) return 'hearing';
  if (moment.speaking !== null) return 'speaking';
  return moment.awaiting || moment.generating !== null ? 'thinking' : 'listening';
}
