import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { whenOnline } from '../../src/session/network.js';
import type { RealtimeError } from '../../src/session/realtime-error.js';
import { HandClock } from '../support/hand-clock.js';
import { failure, pass } from '../support/pretend-session.js';

const MINUTE = 60_000;

describe('a call without a network', () => {
  const { signal } = new AbortController();

  it('goes on within a second of its return', async () => {
    const clock = new HandClock();
    let isOffline = true;
    let isBack = false;
    const back = whenOnline(clock, signal, () => isOffline).then(() => (isBack = true));
    await pass(clock, 4 * MINUTE, 1_000);
    assert.equal(isBack, false);
    isOffline = false;
    await pass(clock, 1_000);
    assert.equal(await back, true);
  });

  it('is not kept open for ever: it gives up after five minutes', async () => {
    const clock = new HandClock();
    let given: RealtimeError | null = null;
    void failure(whenOnline(clock, signal, () => true)).then((error) => (given = error));
    await pass(clock, 5 * MINUTE - 1_000, 1_000);
    assert.equal(given, null);
    await pass(clock, 1_000);
    assert.equal((given as RealtimeError | null)?.code, 'connection.gave_up');
    assert.deepEqual(clock.timers, []);
  });
});
