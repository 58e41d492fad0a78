import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SessionConfig } from '../../src/session/session-config.js';
import { failure, pass, pretendSession, type PretendSession } from '../support/pretend-session.js';

const SECOND = 1_000;

const called = async (config: SessionConfig = {}): Promise<PretendSession> => {
  const told = pretendSession(config);
  await told.session.start();
  return told;
};
const sound = (part: 'started' | 'stopped'): object => ({
  type: `output_audio_buffer.${part}`,
  response_id: 'r',
});

describe('while a call is being restored', () => {
  it('a path that comes and goes sixty times costs nothing, and a loss after that one connection', async () => {
    const told = await called();
    for (let count = 0; count < 60; count += 1) {
      told.line.latest.sink.wobble();
      await pass(told.clock, SECOND);
      assert.equal(told.session.status, 'reconnecting');
      told.line.latest.sink.steady();
      await pass(told.clock, SECOND);
      assert.equal(told.session.status, 'connected');
    }
    assert.deepEqual([told.line.attempts, told.line.open.length, told.errors], [1, 1, []]);
    told.line.latest.lose();
    await pass(told.clock, SECOND);
    assert.deepEqual([told.session.status, told.line.attempts], ['connected', 2]);
  });

  for (const [how, end] of [
    ['that wobbles', ({ line }: PretendSession) => line.latest.sink.wobble()],
    ['that is lost', ({ line }: PretendSession) => line.latest.lose()],
  ] as const)
    it(`nobody speaks, over a path ${how}`, async () => {
      const told = await called();
      told.line.latest.say(sound('started'));
      assert.equal(told.session.activity, 'speaking');
      end(told);
      assert.deepEqual([told.session.status, told.session.activity], ['reconnecting', 'idle']);
    });

  it('the assistant is only not heard: who spoke before a path wobbled speaks after it has healed', async () => {
    const told = await called();
    told.line.latest.say(sound('started'));
    told.line.latest.sink.wobble();
    told.line.latest.sink.steady();
    assert.equal(told.session.activity, 'speaking');
  });

  it('the silence is nobody’s, and begins anew with the connection', async () => {
    const told = await called({ idleTimeout: 60 });
    await pass(told.clock, 40 * SECOND, 10 * SECOND);
    told.line.fates.push({ afterMs: 30 * SECOND, code: 'ice.failed' });
    told.line.latest.lose();
    await pass(told.clock, 40 * SECOND);
    assert.deepEqual([told.session.status, told.line.attempts], ['connected', 3]);
    await pass(told.clock, 40 * SECOND, 10 * SECOND);
    assert.equal(told.session.status, 'connected');
    await pass(told.clock, 20 * SECOND, 10 * SECOND);
    assert.equal(told.session.error?.code, 'limit.idle');
  });

  it('a visitor may hang up, which is no failure', async () => {
    const told = await called();
    const ends: unknown[] = [];
    told.session.on('statuschange', ({ detail: { status, reason, error } }) => {
      ends.push([status, reason, error?.code ?? null]);
    });
    told.line.latest.lose();
    told.session.stop('user');
    assert.deepEqual(ends.at(-1), ['idle', 'user', null]);
    assert.equal(told.session.error, null);
  });
});

describe('what takes a connection', () => {
  const methods = {
    'sendText()': ({ session }) => session.sendText('Hello?'),
    'sendImage()': ({ session }) => session.sendImage('data:image/png;base64,'),
    'send()': ({ session }) => session.send({ type: 'input_audio_buffer.clear' }),
    'interrupt()': ({ session }) => session.interrupt(),
    'startTalking()': ({ session }) => session.startTalking(),
  } satisfies Record<string, (told: PretendSession) => Promise<void>>;

  for (const [method, call] of Object.entries(methods)) {
    it(`is refused before there is one: ${method}`, async () => {
      assert.equal((await failure(call(pretendSession())))?.code, 'session.not_connected');
    });

    it(`is refused while it is being restored: ${method}`, async () => {
      const told = await called();
      told.line.latest.lose();
      assert.equal((await failure(call(told)))?.code, 'session.not_connected');
      told.session.stop();
    });
  }
});
