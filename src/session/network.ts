import { sleep, type Clock } from './clock.js';
import { RealtimeError } from './realtime-error.js';

const LOOK_MS = 1_000;
/** A call is not kept open for ever, and the microphone with it. */
const PATIENCE_MS = 5 * 60_000;

/**
 * Waits for a network. Browsers are not always right about it, so it looks again by itself.
 *
 * @throws RealtimeError `connection.gave_up` after five minutes; otherwise what the signal was aborted with
 */
export async function whenOnline(clock: Clock, signal: AbortSignal, isOffline = saysOffline): Promise<void> {
  const began = clock.now();
  while (isOffline()) {
    if (clock.now() - began >= PATIENCE_MS)
      throw new RealtimeError('connection.gave_up', { detail: 'There was no network for five minutes.' });
    await sleep(clock, LOOK_MS, signal);
  }
}

function saysOffline(): boolean {
  return (globalThis as { navigator?: { onLine?: boolean } }).navigator?.onLine === false;
}
