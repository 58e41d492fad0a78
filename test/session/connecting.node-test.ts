import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sleep } from '../../src/session/clock.js';
import type { OpenConnection } from '../../src/session/connection.js';
import { RealtimeError } from '../../src/session/realtime-error.js';
import { RealtimeSession } from '../../src/session/session.js';
import { HandClock } from '../support/hand-clock.js';
import { failure, pass, pretendSession, settle } from '../support/pretend-session.js';

const MINUTE = 60_000;

describe('connecting', () => {
  it('takes thirty seconds at most, however patient each of its steps is', async () => {
    const clock = new HandClock();
    const steps: OpenConnection = async ({ microphone }, _, signal) => {
      await microphone(signal);
      for (;;) await sleep(clock, 9_000, signal);
    };
    const session = new RealtimeSession({ clock, open: steps });
    session.configure({ microphone: false });
    const failed = failure(session.start());
    await settle();
    await pass(clock, 29_900, 100);
    assert.equal(session.status, 'connecting');
    await pass(clock, 100);
    const error = await failed;
    assert.deepEqual([session.status, error?.code], ['failed', 'signaling.timeout']);
    assert.match(error?.message ?? '', /30 s/);
    assert.deepEqual(clock.timers, []);
  });

  it('waits for a server that asks for it no longer than a minute, however often it does', async () => {
    const { session, line, clock } = pretendSession();
    const busy = (): RealtimeError => new RealtimeError('signaling.rate_limited', { retryAfterMs: 20_000 });
    line.fates.push(...Array.from({ length: 9 }, busy));
    const failed = failure(session.start());
    await pass(clock, MINUTE + 1_000);
    assert.deepEqual([session.status, (await failed)?.code], ['failed', 'signaling.rate_limited']);
    assert.equal(line.attempts, 3);
  });

  it('leaves a person all the time there is to answer the prompt', async () => {
    const clock = new HandClock();
    const media = {
      getUserMedia: () => new Promise<MediaStream>(() => {}),
      enumerateDevices: async () => [],
      addEventListener: () => {},
    };
    const prompt: OpenConnection = async ({ microphone }, _, signal) => {
      await microphone(signal);
      throw new Error('Nobody has answered.');
    };
    const session = new RealtimeSession({ clock, media, open: prompt });
    const failed = failure(session.start());
    await pass(clock, 10 * MINUTE, MINUTE);
    assert.equal(session.status, 'connecting');
    session.stop();
    assert.equal((await failed)?.code, 'lifecycle.aborted');
  });
});
