/** Where a session stands. Who speaks is not status but activity. */
export type Status = 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'failed';

/** The step a session is at while it is `connecting`. */
export type Phase = 'consent' | 'microphone' | 'token' | 'negotiating' | 'configuring';

/** Why a session went back to `idle`. */
export type EndReason =
  'user' | 'host' | 'remote' | 'limit' | 'expired' | 'pagehide' | 'removed' | 'superseded';

/** What can happen to a session. */
export type Signal = 'start' | 'opened' | 'wobble' | 'steady' | 'end' | 'fail';

/** The whole machine. A signal that is not listed leaves the status as it is. */
export const transitions: Readonly<Record<Status, Partial<Record<Signal, Status>>>> = {
  idle: { start: 'connecting' },
  connecting: { opened: 'connected', end: 'idle', fail: 'failed' },
  connected: { wobble: 'reconnecting', end: 'idle', fail: 'failed' },
  reconnecting: { steady: 'connected', end: 'idle', fail: 'failed' },
  failed: { start: 'connecting', end: 'idle' },
};

/** The status after a signal. */
export function next(status: Status, signal: Signal): Status {
  return transitions[status][signal] ?? status;
}
