import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { errorCodes, type ErrorCode } from '../../src/session/error-codes.js';
import { retryAfter } from '../../src/session/http.js';
import { RealtimeError } from '../../src/session/realtime-error.js';
import { failure, pass, pretendSession, settle, type PretendSession } from '../support/pretend-session.js';
import { script } from '../support/script.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HEALED = 'connected reconnecting connected';

const lose = ({ line }: PretendSession): void => line.latest.lose();
const called = async (): Promise<PretendSession> => {
  const told = pretendSession();
  await told.session.start();
  told.dialled.length = 0;
  return told;
};
/** The assistant is in the middle of a sentence. */
const answering = ({ line }: PretendSession): void => {
  const item = { id: 'a', type: 'message', role: 'assistant', status: 'in_progress', content: [] };
  const place = { response_id: 'r', item_id: 'a', output_index: 0, content_index: 0 };
  line.latest.say(
    { type: 'response.created', response: { id: 'r' } },
    { type: 'response.output_item.added', response_id: 'r', output_index: 0, item },
    { type: 'response.output_text.delta', ...place, delta: 'Once upon a' },
  );
};
/** The assistant calls the page's tool. */
const callsTool = ({ line }: PretendSession): void => {
  const item = { id: 'f', type: 'function_call', status: 'completed', name: 'weather', call_id: 'c' };
  line.latest.say(
    { type: 'response.created', response: { id: 'r' } },
    { type: 'response.output_item.done', response_id: 'r', item: { ...item, arguments: '{}' } },
    { type: 'response.done', response: { id: 'r', status: 'completed', output: [] } },
  );
};
/** Types a question, and gives what the far end is asked to answer and to stop. */
const asks = async ({ session, line }: PretendSession): Promise<readonly string[]> => {
  await session.sendText('Are you there?');
  return line.latest.received.map(({ type }) => type).filter((type) => type.startsWith('response.'));
};
const status = ({ session }: PretendSession): unknown => [session.status, session.error?.code ?? null];

describe('a connection that is lost', () => {
  it('in the middle of a tool is answered on the next one: the question is still open', async () => {
    const told = await called();
    told.session.configure({ tools: [{ name: 'weather', execute: () => new Promise(() => {}) }] });
    await told.session.sendText('How is the weather?');
    callsTool(told);
    lose(told);
    await pass(told.clock, SECOND);
    assert.ok(told.line.latest.received.some(({ type }) => type === 'response.create'));
  });

  it('is made anew once, and the old one is closed', async () => {
    const told = await called();
    lose(told);
    await pass(told.clock, SECOND);
    assert.equal(told.statuses.slice(1).join(' '), HEALED);
    assert.deepEqual([told.line.links.length, told.line.open.length], [2, 1]);
    assert.deepEqual(told.errors, []);
  });

  it('is waited for when it only wobbles, and nothing is dialled', async () => {
    const told = await called();
    told.line.latest.sink.wobble();
    await pass(told.clock, 4_900, 4_900);
    told.line.latest.sink.steady();
    await pass(told.clock, MINUTE, MINUTE);
    assert.equal(told.statuses.slice(1).join(' '), HEALED);
    assert.equal(told.line.attempts, 1);
  });

  it('is given up after the grace, with one new connection', async () => {
    const told = await called();
    told.line.latest.sink.wobble();
    await pass(told.clock, 6 * SECOND);
    assert.deepEqual([told.session.status, told.line.attempts], ['connected', 2]);
    assert.equal(told.line.links[0]?.closed, true);
  });

  for (const [how, end] of [
    ['without a word', ({ line }: PretendSession) => line.latest.sink.wobble()],
    ['at once', lose],
  ] as const)
    it(`in the middle of an answer, ${how}, cuts it off, and the next question is answered`, async () => {
      const told = await called();
      answering(told);
      end(told);
      await pass(told.clock, 6 * SECOND);
      assert.deepEqual([told.session.status, told.session.turns[0]?.status], ['connected', 'interrupted']);
      assert.deepEqual(await asks(told), ['response.create']);
    });

  it('is told to have forgotten something when the new session takes nothing back within three seconds', async () => {
    const told = await called();
    told.line.latest.say(...script().typed('Hello?', 'u').answer('Hello!', {}, 'a').events());
    told.line.ignored.add('conversation.item.create');
    lose(told);
    await pass(told.clock, 125, 125);
    const sent = told.line.latest.received.filter(({ type }) => type === 'conversation.item.create');
    assert.equal(sent.length, 2);
    await pass(told.clock, 2_999, 2_999);
    assert.deepEqual([told.session.status, told.errors], ['reconnecting', []]);
    await pass(told.clock, 1);
    assert.deepEqual([told.session.status, told.errors], ['connected', ['session.restore_partial']]);
  });

  it('is tried at most six times, further and further apart, and fails in one sentence', async () => {
    const told = await called();
    told.clock.chance = 0.999;
    told.line.fates.push(...Array.from({ length: 9 }, () => 'signaling.server_error' as const));
    const lostAt = told.clock.now();
    lose(told);
    await pass(told.clock, MINUTE, 100);
    const pauses = told.dialled.map((at, index) => at - (told.dialled[index - 1] ?? lostAt));
    assert.deepEqual(
      pauses.map((ms) => Math.floor(ms / 250)),
      [1, 4, 8, 16, 32, 32],
    );
    assert.deepEqual(status(told), ['failed', 'connection.gave_up']);
    assert.deepEqual(told.errors, ['connection.gave_up']);
    assert.match(told.session.error?.message ?? '', /signaling\.server_error/);
  });

  it('is given up within a minute when each attempt takes long', async () => {
    const slow = [10, 12, 15, 25].map((s) => ({ afterMs: s * SECOND, code: 'ice.timeout' }) as const);
    for (const chance of [0, 0.5, 0.999]) {
      for (const fate of [...slow, 'hang'] as const) {
        const told = await called();
        told.clock.chance = chance;
        told.line.fates.push(...Array.from({ length: 9 }, () => fate));
        const lostAt = told.clock.now();
        const failedAt: number[] = [];
        told.session.on('error', () => failedAt.push(told.clock.now() - lostAt));
        lose(told);
        while (told.clock.next !== null) {
          told.clock.advance(told.clock.next);
          await settle();
        }
        const which = `${JSON.stringify(fate)}, chance ${chance}: ${failedAt.join()} ms`;
        assert.deepEqual([status(told), failedAt.length], [['failed', 'connection.gave_up'], 1], which);
        assert.ok(
          failedAt.every((ms) => ms >= 55 * SECOND && ms <= 65 * SECOND),
          which,
        );
        assert.deepEqual([told.line.open.length, told.clock.timers], [0, []]);
      }
    }
  });

  for (const code of [
    'signaling.quota_exhausted',
    'token.unauthorized',
    'signaling.model_unavailable',
  ] as const) {
    it(`is not dialled again after ${code}`, async () => {
      const told = await called();
      told.line.fates.push(code);
      lose(told);
      await pass(told.clock, MINUTE);
      assert.deepEqual(status(told), ['failed', code]);
      assert.equal(told.dialled.length, 1);
    });
  }

  it('comes back no earlier than the server asks, and at most a fifth later', async () => {
    const told = await called();
    told.line.fates.push(new RealtimeError('signaling.rate_limited', { retryAfterMs: 7_000 }));
    lose(told);
    await pass(told.clock, 20 * SECOND, 50);
    const [first = 0, second = 0] = told.dialled;
    assert.ok(second - first >= 7_000 && second - first <= 8_500, `${second - first} ms`);
    assert.equal(told.session.status, 'connected');
  });

  it('is lost three times in five minutes at most', async () => {
    const told = await called();
    for (let count = 0; count < 3; count += 1) {
      lose(told);
      await pass(told.clock, 10 * SECOND);
    }
    assert.deepEqual(status(told), ['failed', 'connection.unstable']);
    assert.equal(told.line.attempts, 3);
    assert.equal(told.line.open.length, 0);
  });

  it('costs one new connection after a sleep, not a burst of them', async () => {
    const told = await called();
    told.line.latest.sink.wobble();
    told.clock.leap(10 * MINUTE);
    await pass(told.clock, 2 * SECOND);
    assert.deepEqual([told.session.status, told.line.attempts], ['connected', 2]);
  });

  it('can be stopped in every moment of being restored', async () => {
    for (const fate of [null, 'hang', 'ice.failed'] as const) {
      for (let turns = 0; turns < 12; turns += 1) {
        const told = await called();
        told.line.fates.push(fate);
        lose(told);
        for (let turn = 0; turn < turns; turn += 1) {
          told.clock.advance(100);
          await Promise.resolve();
        }
        told.session.stop('user');
        await settle();
        assert.deepEqual([told.session.status, told.line.open.length], ['idle', 0]);
        assert.deepEqual(told.clock.timers, []);
      }
    }
  });
});

describe('a call that cannot be made', () => {
  it('is tried again only when the server asks for it, and only after that time', async () => {
    const told = pretendSession();
    told.line.fates.push(new RealtimeError('signaling.rate_limited', { retryAfterMs: 3_000 }));
    const started = told.session.start();
    await settle();
    await pass(told.clock, 2_900, 2_900);
    assert.equal(told.line.attempts, 1);
    await pass(told.clock, 2_000);
    await started;
    assert.equal(told.line.attempts, 2);
  });

  it('is not tried again at once by a server that asks for no time at all', async () => {
    const told = pretendSession();
    const refusal = new RealtimeError('signaling.rate_limited', { retryAfterMs: 0 });
    told.line.fates.push(...Array.from({ length: 9 }, () => refusal));
    const outcome = failure(told.session.start());
    await settle();
    assert.equal(told.line.attempts, 1);
    await pass(told.clock, MINUTE, 500);
    assert.equal((await outcome)?.code, 'signaling.rate_limited');
    assert.equal(told.line.attempts, 7);
  });

  for (const retryAfterMs of [60_001, 1e12, Infinity]) {
    it(`fails at once, and says so, when it would have to wait for ${retryAfterMs} ms`, async () => {
      const told = pretendSession();
      told.line.fates.push(new RealtimeError('token.rate_limited', { retryAfterMs }));
      const error = await failure(told.session.start());
      assert.deepEqual([error?.code, error?.retryAfterMs], ['token.rate_limited', retryAfterMs]);
      assert.deepEqual([told.line.attempts, told.clock.timers], [1, []]);
    });
  }

  it('is waited for as long as a minute, whatever chance adds to it', async () => {
    const told = pretendSession();
    told.clock.chance = 0.999;
    told.line.fates.push(new RealtimeError('signaling.rate_limited', { retryAfterMs: MINUTE }));
    const started = told.session.start();
    await settle();
    await pass(told.clock, MINUTE, MINUTE);
    await started;
    assert.deepEqual([told.session.status, told.line.attempts], ['connected', 2]);
  });

  it('tells until when it waits, and no more once it is tried again', async () => {
    const told = pretendSession();
    told.line.fates.push(new RealtimeError('signaling.rate_limited', { retryAfterMs: 10 * SECOND }), 'hang');
    const waits: (number | null)[] = [];
    told.session.on('statuschange', ({ detail }) =>
      waits.push(detail.retryAt && detail.retryAt - told.clock.now()),
    );
    told.session.start().catch(() => {});
    await settle();
    assert.deepEqual([told.session.status, waits.at(-1)], ['connecting', 11 * SECOND]);
    await pass(told.clock, 11 * SECOND);
    assert.deepEqual([told.session.status, waits.at(-1), told.session.retryAt], ['connecting', null, null]);
    assert.equal(told.session.error, null);
    told.session.stop();
  });

  it('is not tried again without credit, whatever time is asked for', async () => {
    const told = pretendSession();
    told.line.fates.push(new RealtimeError('signaling.quota_exhausted', { retryAfterMs: 1_000 }));
    assert.equal((await failure(told.session.start()))?.code, 'signaling.quota_exhausted');
    assert.equal(told.line.attempts, 1);
  });

  for (const code of Object.keys(errorCodes) as ErrorCode[]) {
    if (code === 'signaling.unauthorized') continue;
    it(`fails once, with one event and one status, for ${code}`, async () => {
      const told = pretendSession();
      told.line.fates.push(code);
      const error = await failure(told.session.start());
      assert.equal(error?.code, code);
      assert.deepEqual([told.errors, told.statuses], [[code], ['connecting', 'failed']]);
      assert.deepEqual([told.line.attempts, told.line.open.length, told.clock.timers], [1, 0, []]);
    });
  }
});

describe('a session that ends soon', () => {
  const end = 10 * MINUTE;
  const expiring = async (): Promise<PretendSession> => {
    const told = pretendSession();
    told.line.session = { expires_at: (told.clock.now() + end) / SECOND };
    await told.session.start();
    told.line.session = {};
    return told;
  };

  it('is renewed at a pause, two minutes before, while the old connection still works', async () => {
    const told = await expiring();
    await pass(told.clock, end - 2 * MINUTE - SECOND, MINUTE);
    assert.equal(told.line.attempts, 1);
    await pass(told.clock, 2 * SECOND);
    assert.deepEqual(
      [told.line.attempts, told.line.open.length, told.statuses],
      [2, 1, ['connecting', 'connected']],
    );
    assert.equal(told.line.links[0]?.closed, true);
    await pass(told.clock, end, MINUTE);
    assert.equal(told.line.attempts, 2);
  });

  it('is not interrupted while somebody speaks, and renewed when they pause', async () => {
    const told = await expiring();
    const speech = (type: string): object => ({ type: `input_audio_buffer.speech_${type}`, item_id: 'a' });
    told.line.latest.say({ type: 'response.created', response: { id: 'r' } });
    told.line.latest.say(speech('started'));
    await pass(told.clock, end - MINUTE, MINUTE);
    assert.equal(told.line.attempts, 1);
    told.line.latest.say(speech('stopped'));
    await settle();
    assert.equal(told.line.attempts, 1);
    told.line.latest.say({ type: 'response.done', response: { id: 'r', status: 'completed', output: [] } });
    await settle();
    assert.equal(told.line.attempts, 2);
  });

  it('is renewed at the very end in the middle of an answer, and the next question is answered', async () => {
    const told = await expiring();
    answering(told);
    await pass(told.clock, end - 21 * SECOND, MINUTE);
    assert.equal(told.line.attempts, 1);
    await pass(told.clock, 2 * SECOND);
    assert.deepEqual([told.line.attempts, told.session.turns[0]?.status], [2, 'interrupted']);
    assert.deepEqual(await asks(told), ['response.create']);
  });

  it('stays as it is when the renewal fails: the old connection goes on', async () => {
    const told = await expiring();
    told.line.fates.push('ice.failed');
    await pass(told.clock, end - 2 * MINUTE + SECOND, MINUTE);
    assert.deepEqual(
      [told.session.status, told.line.open.length, told.errors],
      ['connected', 1, ['ice.failed']],
    );
  });

  it('is restored when the old connection is lost before a renewal that then fails', async () => {
    const told = await expiring();
    told.line.fates.push({ afterMs: 3 * SECOND, code: 'ice.failed' });
    await pass(told.clock, end - 2 * MINUTE, MINUTE);
    lose(told);
    assert.equal(told.session.status, 'reconnecting');
    await pass(told.clock, 10 * SECOND);
    assert.deepEqual([told.session.status, told.line.attempts, told.line.open.length], ['connected', 3, 1]);
  });

  it('is heard over the old connection until the new one has taken its place', async () => {
    const told = await expiring();
    const stream = (id: string): MediaStream => ({ id, getAudioTracks: () => [] }) as unknown as MediaStream;
    told.line.latest.sink.remoteStream(stream('old'));
    told.line.isSilent = true;
    await pass(told.clock, end - 2 * MINUTE, MINUTE);
    told.line.latest.sink.remoteStream(stream('new'));
    assert.deepEqual([told.line.attempts, told.session.remoteStream?.id], [2, 'old']);
    told.line.latest.say({ type: 'session.created', session: {} }, { type: 'session.updated', session: {} });
    await settle();
    assert.equal(told.session.remoteStream?.id, 'new');
  });

  it('is heard over the old one when the renewal fails, and its news are none', async () => {
    const told = await expiring();
    const { sessionId } = told.session;
    told.line.isSilent = true;
    await pass(told.clock, end - 2 * MINUTE, MINUTE);
    told.line.latest.say({ type: 'session.created', session: { id: 'another' } });
    told.line.latest.lose();
    await settle();
    assert.deepEqual(
      [told.session.status, told.session.sessionId, told.line.links[0]?.closed],
      ['connected', sessionId, false],
    );
  });

  it('goes on over the old connection when somebody begins to speak before the new one is ready', async () => {
    const told = await expiring();
    told.line.isSilent = true;
    await pass(told.clock, end - 2 * MINUTE, MINUTE);
    const [old, fresh] = told.line.links;
    old?.say({ type: 'input_audio_buffer.speech_started', item_id: 'a' });
    fresh?.say({ type: 'session.created', session: {} }, { type: 'session.updated', session: {} });
    await settle();
    assert.deepEqual([old?.closed, fresh?.closed, told.session.activity], [false, true, 'hearing']);
    told.line.isSilent = false;
    await pass(told.clock, 20 * SECOND);
    old?.say({ type: 'input_audio_buffer.speech_stopped', item_id: 'a' });
    old?.say({ type: 'response.created', response: { id: 'r' } });
    old?.say({ type: 'response.done', response: { id: 'r', status: 'completed', output: [] } });
    await settle();
    assert.deepEqual([told.line.attempts, old?.closed, told.line.open.length], [3, true, 1]);
  });

  it('is not renewed while a tool is at work', async () => {
    const told = await expiring();
    let finish: ((words: string) => void) | undefined;
    const execute = (): Promise<string> => new Promise((resolve) => (finish = resolve));
    told.session.configure({ tools: [{ name: 'weather', execute }] });
    await told.session.sendText('How is the weather?');
    callsTool(told);
    await pass(told.clock, end - MINUTE, MINUTE);
    assert.equal(told.line.attempts, 1);
    finish?.('sunny');
    await settle();
    told.line.latest.say({ type: 'response.created', response: { id: 'r2' } });
    told.line.latest.say({ type: 'response.done', response: { id: 'r2', status: 'completed', output: [] } });
    await settle();
    assert.equal(told.line.attempts, 2);
  });

  it('by a clock of the visitor that is fast is not renewed: the server will say when it is over', async () => {
    const told = pretendSession();
    told.line.session = { expires_at: told.clock.now() / SECOND - 60 };
    await told.session.start();
    for (let minute = 0; minute < 5; minute += 1) {
      told.line.latest.say({ type: 'input_audio_buffer.speech_started', item_id: `u${minute}` });
      await pass(told.clock, 31 * SECOND, 10 * SECOND);
      told.line.latest.say({ type: 'input_audio_buffer.speech_stopped', item_id: `u${minute}` });
      await pass(told.clock, 31 * SECOND, 10 * SECOND);
    }
    assert.deepEqual([told.line.attempts, told.session.status], [1, 'connected']);
  });

  it('is restored quietly when it ends before it could be renewed', async () => {
    const told = await expiring();
    told.line.latest.say({
      type: 'error',
      error: { type: 'invalid_request_error', code: 'session_expired' },
    });
    lose(told);
    await pass(told.clock, SECOND);
    assert.deepEqual([told.session.status, told.line.attempts, told.errors], ['connected', 2, []]);
  });

  it('that has expired during a sleep is renewed once', async () => {
    const told = await expiring();
    told.clock.leap(30 * MINUTE);
    lose(told);
    await pass(told.clock, 5 * SECOND);
    assert.equal(told.session.status, 'connected');
    assert.deepEqual([told.line.attempts, told.line.open.length], [2, 1]);
  });
});

describe('Retry-After', () => {
  const read = (value: string, now = Date.now()): number | undefined =>
    retryAfter(new Response(null, { headers: { 'Retry-After': value } }), now);

  it('is read in seconds and as a date', () => {
    const now = Date.parse('Fri, 27 Nov 2026 12:00:00 GMT');
    assert.equal(read('7'), 7_000);
    assert.equal(read('Fri, 27 Nov 2026 12:00:30 GMT', now), 30_000);
  });

  for (const value of ['-1', 'abc', '', '1.5e3x', 'Fri, 27 Nov 2020 12:00:00 GMT'])
    it(`says nothing as “${value}”`, () => assert.equal(read(value), undefined));

  it('never sets a timer of more than a minute, nor throws, whatever it says', async () => {
    const waits: number[] = [];
    const header = fc.oneof(
      fc.double().map(String),
      fc.oneof(fc.integer(), fc.integer({ min: -5, max: 70 })).map(String),
      fc.stringMatching(/^[!-~]{0,40}$/),
      fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    );
    await fc.assert(
      fc.asyncProperty(header, async (value) => {
        const told = pretendSession();
        told.line.fates.push(new RealtimeError('token.rate_limited', { retryAfterMs: read(value) }), 'hang');
        told.session.start().catch(() => {});
        await settle();
        assert.ok(told.clock.timers.every((ms) => ms <= MINUTE));
        waits.push(...told.clock.timers);
        told.session.stop();
      }),
      { numRuns: 300 },
    );
    assert.notEqual(waits.length, 0);
  });
});
