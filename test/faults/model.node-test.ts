import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Status } from '../../src/session/status.js';
import { failure, pass, pretendSession, settle, type PretendSession } from '../support/pretend-session.js';

const SECOND = 1_000;
const GRACE_S = 5;
const HIDDEN_S = 300;
const BREAKER_S = 300;

/** What a session must be like, in as few words as possible. Times in seconds. */
interface Model {
  now: number;
  status: Status;
  /** Whether the connection is still there while `reconnecting`, and since when it wobbles. */
  wobblesSince: number | null;
  hiddenSince: number | null;
  connectedAt: number;
  muted: boolean;
  /** What the next attempts come to. */
  fates: boolean[];
  losses: number[];
  starts: number;
  /** Whether the visitor has asked something: the latest turn is theirs, since nobody here says a word. */
  asked: boolean;
  /** Whether an answer was asked for or has begun on this connection. */
  answering: boolean;
}

const hasLink = ({ status, wobblesSince }: Model): boolean => status === 'connected' || wobblesSince !== null;
const isRunning = ({ status }: Model): boolean => status === 'connected' || status === 'reconnecting';

type Command = fc.AsyncCommand<Model, PretendSession>;
type Step = (model: Model, told: PretendSession) => unknown;

/** A step, and what it leaves behind: compared with the model each time. */
function command(name: string, step: Step, check: (model: Model) => boolean = () => true): Command {
  return {
    check,
    toString: () => name,
    async run(model, told) {
      await step(model, told);
      await settle();
      compare(model, told);
    },
  };
}

function compare(model: Model, { session, line, statuses, errors }: PretendSession): void {
  assert.deepEqual([session.status, session.muted], [model.status, model.muted]);
  assert.equal(line.open.length, hasLink(model) ? 1 : 0);
  const ends = statuses.filter((status) => status === 'idle' || status === 'failed').length;
  const restarts = statuses.filter(
    (status, index) => status === 'idle' && statuses[index - 1] === 'failed',
  ).length;
  assert.equal(ends - restarts, model.starts - (isRunning(model) ? 1 : 0), 'one end for each start');
  assert.equal(
    // An answer that does not go on is told of, and ends nothing.
    errors.filter((code) => code !== 'session.response_stalled').length,
    statuses.filter((status) => status === 'failed').length,
    'one error for each failure',
  );
}

function end(model: Model, status: Status): void {
  model.status = status;
  model.wobblesSince = null;
  model.answering = false;
}

function dial(model: Model): void {
  const again = model.status === 'reconnecting';
  end(model, (model.fates.shift() ?? true) ? 'connected' : 'failed');
  // What was asked on the lost connection is asked again.
  model.answering = model.status === 'connected' && again && model.asked;
}

function lose(model: Model): void {
  model.losses.push(model.now);
  const recent = model.losses.filter((at) => model.now - at < BREAKER_S).length;
  end(model, recent >= 3 ? 'failed' : 'reconnecting');
}

/** A second at a time, as the clock does. */
function age(model: Model, seconds: number): void {
  for (let second = 0; second < seconds; second += 1) {
    model.now += 1;
    const { wobblesSince, hiddenSince, connectedAt, now } = model;
    if (wobblesSince !== null && now - wobblesSince >= GRACE_S) lose(model);
    else if (model.status === 'reconnecting' && wobblesSince === null) dial(model);
    const outOfSight = hiddenSince === null ? 0 : now - Math.max(hiddenSince, connectedAt);
    if (isRunning(model) && outOfSight >= HIDDEN_S) end(model, 'idle');
  }
}

const commands: readonly fc.Arbitrary<Command>[] = [
  fc.constant(
    command('start', async (model, { session }) => {
      const begins = !isRunning(model);
      const first = failure(session.start());
      assert.equal(session.start(), session.start());
      await settle();
      if (!begins) return;
      model.starts += 1;
      model.connectedAt = model.now;
      dial(model);
      if (model.status === 'failed') assert.equal((await first)?.code, 'token.forbidden');
    }),
  ),
  fc.constant(
    command('stop', (model, { session }) => {
      session.stop();
      end(model, 'idle');
    }),
  ),
  fc.constant(
    command(
      'lose',
      (model, { line }) => {
        line.latest.lose();
        lose(model);
      },
      hasLink,
    ),
  ),
  fc.constant(
    command(
      'wobble',
      (model, { line }) => {
        line.latest.sink.wobble();
        model.status = 'reconnecting';
        // Told again, it is the same trouble: the time that the path has to heal does not begin anew.
        model.wobblesSince ??= model.now;
      },
      hasLink,
    ),
  ),
  fc.constant(
    command(
      'steady',
      (model, { line }) => {
        line.latest.sink.steady();
        model.status = 'connected';
        model.wobblesSince = null;
      },
      hasLink,
    ),
  ),
  fc.constant(
    command(
      'begin an answer',
      (model, { line }) => {
        line.latest.say({ type: 'response.created', response: { id: 'r' } });
        model.answering = true;
      },
      ({ status }) => status === 'connected',
    ),
  ),
  fc.constant(
    command(
      'ask',
      async (model, { session, line }) => {
        const before = line.latest.received.length;
        await session.sendText('Are you there?');
        const sent = line.latest.received.slice(before).map(({ type }) => type);
        // One at a time: an answer under way is stopped, and the new one waits for its end.
        const expected = model.answering
          ? ['response.cancel', 'output_audio_buffer.clear', 'conversation.item.create']
          : ['conversation.item.create', 'response.create'];
        assert.deepEqual(sent, expected);
        model.asked = model.answering = true;
      },
      ({ status }) => status === 'connected',
    ),
  ),
  fc.constant(
    command('mute', (model, { session }) => {
      session.muted = !session.muted;
      model.muted = !model.muted;
    }),
  ),
  fc.constant(
    command('hide', (model, { session }) => {
      session.hidden = true;
      model.hiddenSince ??= model.now;
    }),
  ),
  fc.constant(
    command('show', (model, { session }) => {
      session.hidden = false;
      model.hiddenSince = null;
    }),
  ),
  fc.constant(
    command('refuse', (model, { line }) => {
      line.fates.push('token.forbidden');
      model.fates.push(false);
    }),
  ),
  ...[1, 3, 3, 20, 100].map((seconds) =>
    fc.constant(
      command(`wait ${seconds} s`, async (model, { clock }) => {
        age(model, seconds);
        await pass(clock, seconds * SECOND);
      }),
    ),
  ),
];

describe('a session beside a model of it', () => {
  it('agrees after every command, whatever their order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands([...commands], { maxCommands: 40, size: 'max' }), async (list) => {
        const told = pretendSession();
        const model: Model = {
          now: 0,
          status: 'idle',
          wobblesSince: null,
          hiddenSince: null,
          connectedAt: 0,
          muted: false,
          fates: [],
          losses: [],
          starts: 0,
          asked: false,
          answering: false,
        };
        await fc.asyncModelRun(() => ({ model, real: told }), list);
        told.session.stop();
        assert.deepEqual([told.line.open.length, told.clock.timers], [0, []]);
      }),
      { numRuns: 150 },
    );
  });

  it('does what the last call said, however fast they follow each other', async () => {
    const calls = fc.array(fc.constantFrom('start', 'stop', 'moment', 'rest'), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(calls, async (list) => {
        const { session, line, clock } = pretendSession();
        for (const call of list) {
          if (call === 'start') session.start().catch(() => {});
          else if (call === 'stop') session.stop();
          else if (call === 'moment') await Promise.resolve();
          else await settle();
          assert.ok(line.open.length <= 1);
        }
        await settle();
        const last = list.findLast((call) => call === 'start' || call === 'stop');
        assert.equal(session.status, last === 'start' ? 'connected' : 'idle');
        assert.equal(line.open.length, last === 'start' ? 1 : 0);
        session.stop();
        assert.deepEqual([line.open.length, clock.timers], [0, []]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('may be stopped and started again from within its own events', async () => {
    for (let moment = 0; moment < 6; moment += 1) {
      for (const again of [false, true]) {
        const { session, line } = pretendSession();
        let heard = 0;
        session.on('statuschange', ({ detail }) => {
          if (heard++ === moment) session.stop();
          else if (again && detail.status === 'idle' && heard <= moment + 2) session.start().catch(() => {});
        });
        session.start().catch(() => {});
        await settle();
        const isStopped = heard > moment;
        const expected = isStopped && !again ? 'idle' : 'connected';
        assert.equal(session.status, expected, `moment ${moment}, again ${again}`);
        assert.equal(line.open.length, expected === 'connected' ? 1 : 0);
      }
    }
  });

  it('gives everything back when closing throws', async () => {
    const { session, line, clock } = pretendSession({ maxDuration: 600 });
    await session.start();
    line.closeThrows = new Error('It is stuck.');
    session.stop();
    assert.deepEqual([session.status, line.open.length, clock.timers], ['idle', 0, []]);
    line.closeThrows = null;
    await session.start();
    assert.equal(session.status, 'connected');
  });
});
