import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SessionConfig } from '../../src/session/session-config.js';
import { RealtimeSession } from '../../src/session/session.js';
import { HandClock } from '../support/hand-clock.js';
import { pass, pretendSession, settle, type PretendSession } from '../support/pretend-session.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const called = async (config: SessionConfig): Promise<PretendSession> => {
  const told = pretendSession(config);
  await told.session.start();
  return told;
};
const ended = ({ session }: PretendSession): unknown => [
  session.status,
  session.reason,
  session.error?.code ?? null,
];
const speech = (type: 'started' | 'stopped', id: string): object => ({
  type: `input_audio_buffer.speech_${type}`,
  item_id: id,
});
/** One spoken word, with no answer to it. */
const word = ({ line }: PretendSession, id: string): void =>
  line.latest.say(speech('started', id), speech('stopped', id));
const bill = (tokens: number): object => ({
  type: 'response.done',
  response: {
    id: `r${tokens}`,
    status: 'completed',
    output: [],
    usage: { output_token_details: { text_tokens: tokens } },
  },
});

describe('a limit', () => {
  it('of duration warns thirty seconds before and ends the call on time', async () => {
    const told = await called({ maxDuration: 600 });
    await pass(told.clock, 569 * SECOND, MINUTE);
    assert.deepEqual(told.warnings, []);
    await pass(told.clock, SECOND);
    assert.deepEqual(told.warnings, ['duration 30']);
    await pass(told.clock, 29 * SECOND, 29 * SECOND);
    assert.equal(told.session.status, 'connected');
    await pass(told.clock, SECOND);
    assert.deepEqual(ended(told), ['idle', 'limit', 'limit.max_duration']);
    assert.deepEqual([told.line.open.length, told.clock.timers], [0, []]);
  });

  it('is ten minutes of call and ninety seconds of silence where a page says nothing', async () => {
    const { maxDuration, idleTimeout, hiddenTimeout } = pretendSession({
      maxDuration: undefined,
      idleTimeout: undefined,
    }).session.config;
    assert.deepEqual([maxDuration, idleTimeout, hiddenTimeout], [600, 90, 300]);
  });

  it('has passed when a laptop wakes up after it, and nothing connects in a burst', async () => {
    const told = await called({ maxDuration: 600, idleTimeout: 90 });
    told.clock.leap(60 * MINUTE);
    await settle();
    assert.deepEqual(ended(told), ['idle', 'limit', 'limit.max_duration']);
    assert.equal(told.line.attempts, 1);
  });

  it('of silence warns fifteen seconds before, and a word starts it anew', async () => {
    const told = await called({ idleTimeout: 90 });
    await pass(told.clock, 75 * SECOND, 25 * SECOND);
    assert.deepEqual(told.warnings, ['idle 15']);
    word(told, 'a');
    await pass(told.clock, 74 * SECOND, 74 * SECOND);
    assert.deepEqual([told.session.status, told.warnings.length], ['connected', 1]);
    await pass(told.clock, 16 * SECOND);
    assert.deepEqual(ended(told), ['idle', 'limit', 'limit.idle']);
  });

  it('is told as long as it is near, the next one first, with what is left', async () => {
    const told = await called({ maxDuration: 600, idleTimeout: 590 });
    const { session, clock } = told;
    await pass(clock, 569 * SECOND, MINUTE);
    assert.equal(session.nearLimit, null);
    await pass(clock, 11 * SECOND);
    assert.deepEqual(session.nearLimit, { kind: 'idle', remaining: 10 });
    word(told, 'a');
    assert.deepEqual(session.nearLimit, { kind: 'duration', remaining: 20 });
    session.configure({ maxDuration: 1_200 });
    assert.equal(session.nearLimit, null);
    session.stop();
  });

  it('is told of money where no time is nearer, and of nothing once the call is over', async () => {
    const told = await called({ maxDuration: 600, maxCost: 1, pricing: { text: { input: 0, output: 1 } } });
    told.line.latest.say(bill(900_000));
    assert.equal(told.session.nearLimit?.kind, 'cost');
    await pass(told.clock, 590 * SECOND, MINUTE);
    assert.equal(told.session.nearLimit?.kind, 'duration');
    told.session.stop();
    assert.equal(told.session.nearLimit, null);
  });

  it('of silence runs while the visitor is muted, and not while somebody speaks', async () => {
    const told = await called({ idleTimeout: 90 });
    told.line.latest.say(speech('started', 'a'));
    await pass(told.clock, 5 * MINUTE, MINUTE);
    assert.equal(told.session.status, 'connected');
    told.session.muted = true;
    told.line.latest.say(speech('stopped', 'a'));
    await pass(told.clock, 90 * SECOND, 30 * SECOND);
    assert.deepEqual(ended(told), ['idle', 'limit', 'limit.idle']);
  });

  it('of silence does not count noise that is no speech', async () => {
    const told = await called({ idleTimeout: 90 });
    for (let second = 0; second < 90; second += 10) {
      told.line.latest.say(
        { type: 'rate_limits.updated', rate_limits: [] },
        { type: 'vendor.level', db: -10 },
      );
      await pass(told.clock, 10 * SECOND, 10 * SECOND);
    }
    assert.deepEqual(ended(told), ['idle', 'limit', 'limit.idle']);
  });

  it('of a page out of sight ends a call after five minutes of that, with a warning', async () => {
    const told = await called({});
    told.session.hidden = true;
    await pass(told.clock, 270 * SECOND, 30 * SECOND);
    assert.deepEqual(told.warnings, ['hidden 30']);
    await pass(told.clock, 30 * SECOND);
    assert.deepEqual(ended(told), ['idle', 'limit', 'limit.hidden']);
  });

  it('of a page out of sight is forgotten when somebody looks again, and off by zero', async () => {
    const told = await called({});
    told.session.hidden = true;
    await pass(told.clock, 4 * MINUTE, MINUTE);
    told.session.hidden = false;
    told.session.hidden = true;
    await pass(told.clock, 4 * MINUTE, MINUTE);
    assert.equal(told.session.status, 'connected');
    told.session.configure({ hiddenTimeout: 0 });
    await pass(told.clock, 60 * MINUTE, 10 * MINUTE);
    assert.equal(told.session.status, 'connected');
  });

  it('of a page out of sight counts from the start of the call', async () => {
    const told = pretendSession();
    told.session.hidden = true;
    await pass(told.clock, 60 * MINUTE, 60 * MINUTE);
    await told.session.start();
    await pass(told.clock, 4 * MINUTE, MINUTE);
    assert.equal(told.session.status, 'connected');
  });

  it('of cost warns at four fifths and ends the call when it is spent', async () => {
    const told = await called({ maxCost: 1, pricing: { text: { input: 0, output: 1 } } });
    told.line.latest.say(bill(850_000));
    assert.deepEqual(
      told.warnings.map((warning) => warning.split(' ')[0]),
      ['cost'],
    );
    assert.equal(told.session.status, 'connected');
    told.line.latest.say(bill(200_000));
    assert.deepEqual(ended(told), ['idle', 'limit', 'limit.max_cost']);
  });

  it('of cost counts what was paid, also when what was said is forgotten', async () => {
    const told = await called({ maxCost: 1, pricing: { text: { input: 0, output: 1 } } });
    told.line.latest.say(bill(700_000));
    told.session.clear();
    assert.equal(told.session.cost, 0.7);
    // A bill that comes twice is still one bill.
    told.line.latest.say(bill(700_000));
    assert.equal(told.session.status, 'connected');
    told.line.latest.say(bill(300_000));
    assert.deepEqual(ended(told), ['idle', 'limit', 'limit.max_cost']);
  });

  it('of cost is that of each call: one after a call that has spent it has all of it', async () => {
    const told = await called({ maxCost: 1, pricing: { text: { input: 0, output: 1 } } });
    told.line.latest.say(bill(1_050_000));
    assert.deepEqual(ended(told), ['idle', 'limit', 'limit.max_cost']);
    told.warnings.length = 0;
    await told.session.start();
    assert.deepEqual(
      [told.session.status, told.session.cost, told.session.nearLimit],
      ['connected', 1.05, null],
    );
    told.line.latest.say(bill(900_000));
    assert.deepEqual(
      [told.session.status, told.warnings.map((warning) => warning.split(' ')[0])],
      ['connected', ['cost']],
    );
    told.line.latest.say(bill(150_000));
    assert.deepEqual(ended(told), ['idle', 'limit', 'limit.max_cost']);
  });

  it('counts over reconnections: neither time nor money starts anew', async () => {
    const told = await called({ maxDuration: 600, maxCost: 1, pricing: { text: { input: 0, output: 1 } } });
    const { line, clock, session } = told;
    line.latest.say(bill(700_000));
    await pass(clock, 5 * MINUTE, MINUTE);
    line.latest.lose();
    await pass(clock, SECOND);
    assert.deepEqual([session.status, line.links.length], ['connected', 2]);
    line.latest.say(bill(200_000));
    assert.equal(told.warnings.at(-1)?.split(' ')[0], 'cost');
    await pass(clock, 5 * MINUTE - SECOND, MINUTE);
    assert.deepEqual(ended(told), ['idle', 'limit', 'limit.max_duration']);
  });

  for (const [what, config, end] of [
    ['time', { maxDuration: 900, maxCost: 10 }, 'limit.max_duration'],
    ['money', { maxDuration: 3_600, maxCost: 1 }, 'limit.max_cost'],
  ] as const)
    it(`of ${what} is reached on the sixth connection of a call as it would be on the first`, async () => {
      const told = await called({ ...config, pricing: { text: { input: 0, output: 1 } } });
      const { line, clock, session } = told;
      for (let count = 1; count <= 5; count += 1) {
        line.latest.say(bill(160_000 + count));
        // Slowly enough for a line that breaks, see `connection.unstable`.
        await pass(clock, 159 * SECOND, 53 * SECOND);
        line.latest.lose();
        await pass(clock, SECOND);
        assert.deepEqual([session.status, line.links.length], ['connected', count + 1]);
      }
      line.latest.say(bill(190_000));
      assert.equal(session.status, 'connected');
      if (what === 'money') line.latest.say(bill(10_000));
      else {
        await pass(clock, 99 * SECOND, 33 * SECOND);
        assert.equal(session.status, 'connected');
        await pass(clock, SECOND);
      }
      assert.deepEqual(ended(told), ['idle', 'limit', end]);
    });

  it('ends a call that is just being restored', async () => {
    const told = await called({ maxDuration: 600 });
    told.line.fates.push('hang');
    await pass(told.clock, 599 * SECOND, 599 * SECOND);
    told.line.latest.lose();
    await pass(told.clock, SECOND, 500);
    assert.deepEqual(ended(told), ['idle', 'limit', 'limit.max_duration']);
    assert.deepEqual([told.line.open.length, told.clock.timers], [0, []]);
  });

  it('is none for a replay: it costs nothing, and may stand still for as long as one likes', async () => {
    const clock = new HandClock();
    const lines = [0, 4_000].map((time) =>
      JSON.stringify({ origin: 'server', time, event: { type: 'session.created', session: { id: 's' } } }),
    );
    const session = new RealtimeSession({ clock, fetch: async () => new Response(lines.join('\n')) });
    session.configure({ replay: 'https://shop.test/log.jsonl', maxDuration: 60, idleTimeout: 30 });
    await session.start();
    session.player?.pause();
    await pass(clock, 5 * MINUTE, MINUTE);
    assert.equal(session.status, 'connected');
    session.stop();
  });

  it('of the server’s own ends the call when it is the earlier one, as expired', async () => {
    const told = pretendSession({ maxDuration: 3_600, withoutReconnect: true });
    const end = Math.floor(told.clock.now() / SECOND) + 600;
    told.line.session = { expires_at: end };
    await told.session.start();
    assert.equal(told.session.expiresAt, end * SECOND);
    await pass(told.clock, 600 * SECOND, MINUTE);
    assert.deepEqual([told.session.status, told.warnings], ['connected', []]);
    told.line.latest.say({ type: 'error', error: { code: 'session_expired' } });
    told.line.latest.lose();
    assert.deepEqual(ended(told), ['idle', 'expired', null]);
    assert.deepEqual([told.line.open.length, told.clock.timers], [0, []]);
  });
});
