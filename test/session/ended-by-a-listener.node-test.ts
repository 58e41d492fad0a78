import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pass, pretendSession, settle, type PretendSession } from '../support/pretend-session.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const stopsAt = ({ session }: PretendSession, status: string, again = false): void => {
  let heard = false;
  session.on('statuschange', ({ detail }) => {
    if (heard || detail.status !== status) return;
    heard = true;
    session.stop();
    if (again) void session.start();
  });
};

describe('a call that somebody ends who has just heard of it', () => {
  it('is over for good when that was the loss of its path', async () => {
    const told = pretendSession();
    stopsAt(told, 'reconnecting');
    await told.session.start();
    told.line.latest.sink.wobble();
    assert.deepEqual([told.session.status, told.clock.timers], ['idle', []]);
    told.clock.advance(6 * SECOND);
    await settle();
    assert.deepEqual([told.session.status, told.session.error, told.dialled.length], ['idle', null, 1]);
  });

  it('does nothing to the next one', async () => {
    const told = pretendSession();
    stopsAt(told, 'reconnecting', true);
    await told.session.start();
    told.line.latest.sink.wobble();
    await settle();
    told.clock.advance(6 * SECOND);
    await settle();
    assert.deepEqual([told.session.status, told.line.open.length], ['connected', 1]);
    assert.deepEqual(told.errors, []);
  });

  it('stays ended by its limit, which a laptop finds to be over as it wakes up without a path', async () => {
    const told = pretendSession({ maxDuration: 600 });
    await told.session.start();
    told.clock.standStill(11 * MINUTE);
    told.line.latest.sink.wobble();
    assert.deepEqual([told.session.status, told.clock.timers], ['idle', []]);
    told.clock.advance(6 * SECOND);
    await settle();
    const { status, reason, error } = told.session;
    assert.deepEqual([status, reason, error?.code], ['idle', 'limit', 'limit.max_duration']);
  });

  for (const news of ['activitychange', 'protocolevent'] as const)
    it(`has none beside it that was begun on ${news} while it ended`, async () => {
      const told = pretendSession();
      await told.session.start();
      told.session.on(news, () => {
        if (told.session.status === 'connected') void told.session.start().catch(() => {});
      });
      told.session.stop();
      await settle();
      assert.deepEqual([told.session.status, told.line.open.length, told.dialled.length], ['idle', 0, 1]);
    });

  for (const again of [false, true])
    it(`has no error of the connection that it lost${again ? ', nor has the next one' : ''}`, async () => {
      const told = pretendSession();
      await told.session.start();
      told.line.latest.say(
        { type: 'response.created', response: { id: 'r1' } },
        {
          type: 'response.output_text.delta',
          response_id: 'r1',
          item_id: 'a',
          content_index: 0,
          delta: 'Half',
        },
      );
      const seen: unknown[] = [];
      told.session.on('transcript', ({ detail }) => {
        if (detail.change !== 'done') return;
        told.session.stop();
        if (again) void told.session.start();
        told.session.on('statuschange', ({ detail: { error, retryAt } }) => seen.push(error, retryAt));
      });
      told.line.latest.lose();
      await settle();
      const { status, error } = told.session;
      assert.deepEqual([status, error], [again ? 'connected' : 'idle', null]);
      assert.deepEqual(
        seen.filter((what) => what !== null),
        [],
      );
    });

  it('leaves no timer of a limit that has warned of its end', async () => {
    const told = pretendSession({ maxDuration: 60 });
    told.session.on('limitwarning', () => told.session.stop());
    await told.session.start();
    await pass(told.clock, 40 * SECOND, 10 * SECOND);
    assert.deepEqual([told.session.status, told.warnings.length, told.clock.timers], ['idle', 1, []]);
  });

  it('leaves no limit running when that was its beginning, and the next one has all its time', async () => {
    const told = pretendSession({ maxDuration: 600, idleTimeout: 90 });
    stopsAt(told, 'connected');
    await told.session.start().catch(() => {});
    assert.deepEqual([told.session.status, told.clock.timers], ['idle', []]);
    await told.session.start();
    told.session.configure({ maxDuration: 500 });
    assert.equal(told.session.status, 'connected');
  });
});
