import type { Activity } from '../conversation/turn.js';
import { inSeconds, minutesAndSeconds } from '../localize/formats.js';
import type { Strings } from '../localize/strings.js';
import { errorCodes } from '../session/error-codes.js';
import type { RealtimeError } from '../session/realtime-error.js';
import type { VoiceFace } from './voice-face.js';

/** The state of a call in words. @param activity what was last shown of it: that changes more slowly than the truth */
export function statusText(
  { session, strings, language, typesOnly }: VoiceFace,
  activity: Activity,
  now: number,
): string {
  const { status, phase, retryAt, reason } = session;
  const left = retryAt === null ? 0 : Math.ceil((retryAt - now) / 1_000);
  const when = left > 0 ? inSeconds(left, language) : null;
  if (status === 'connecting')
    return retryAt === null ? strings.phases[phase ?? 'negotiating'] : strings.waiting(when);
  if (status === 'reconnecting') return strings.reconnecting(when);
  if (status === 'failed') return strings.notConnected;
  if (status === 'connected') {
    if (activity !== 'listening') return strings.activities[activity];
    // Nobody listens to who only types.
    return session.muted ? strings.muted : strings.activities[typesOnly ? 'idle' : 'listening'];
  }
  if (!reason) return strings.idle;
  return (strings.ended as Partial<Record<typeof reason, string>>)[reason] ?? strings.ended.user;
}

/** Minutes and seconds since the call was connected. */
export function timerText(connectedAt: number | null, now: number, language: string): string {
  if (connectedAt === null) return '';
  return minutesAndSeconds(Math.max(0, Math.floor((now - connectedAt) / 1_000)), language);
}

/** An error as a sentence for visitors. */
export function errorText({ code }: RealtimeError, strings: Strings): string {
  const limit = (strings.limits as Readonly<Record<string, string>>)[code];
  return limit ?? strings.errors[errorCodes[code].sentence];
}
