import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { RealtimeError } from '../../src/session/realtime-error.js';
import type { Status } from '../../src/session/status.js';
import { failure, pass, pretendSession, settle, type PretendSession } from '../support/pretend-session.js';

const SECOND = 1_000;
const GRACE_S = 5;
const HIDDEN_S = 300;
const BREAKER_S = 300;
/** For reconnecting, for one attempt, and for one that begins late. */
const BUDGET_S = 60;
const LONGEST_S = 30;
const LAST_S = 5;

/** What the next attempt comes to. */
type Fate = 'succeed' | 'refuse' | 'break' | 'hang';

const CODES = { refuse: 'token.forbidden', break: 'ice.failed', hang: 'hang' } as const;

/** What a session must be like, in as few words as possible. Times in seconds. */
interface Model {
  now: number;
  status: Status;
  /** Whether the connection is still there while `reconnecting`, and since when it wobbles. */
  wobblesSince: number | null;
  hiddenSince: number | null;
  connectedAt: number;
  muted: boolean;
  fates: Fate[];
  losses: number[];
  starts: number;
  /** Whether the visitor has asked something: the latest turn is theirs. */
  asked: boolean;
  /** Whether an answer was asked for or has begun on this connection. */
  answering: boolean;
  /** Attempts so far, over all calls. Only the last one can be of any meaning. */
  attempts: number;
  /** Until when an attempt is under way that does not answer, or `null`. */
  hangsUntil: number | null;
  /** Since the connection was lost: attempts, what they took, and when the next one is due. */
  tries: number;
  tookS: number;
  dialsAt: number;
  /** What was said, by the visitor and on connections that counted. */
  said: string[];
}

const initial = (): Model => ({
  now: 0,
  status: 'idle',
  wobblesSince: null,
  hiddenSince: null,
  connectedAt: Infinity,
  muted: false,
  fates: [],
  losses: [],
  starts: 0,
  asked: false,
  answering: false,
  attempts: 0,
  hangsUntil: null,
  tries: 0,
  tookS: 0,
  dialsAt: Infinity,
  said: [],
});

const hasLink = ({ status, wobblesSince }: Model): boolean => status === 'connected' || wobblesSince !== null;
const isRunning = ({ status }: Model): boolean => status !== 'idle' && status !== 'failed';

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
  assert.deepEqual([line.open.length, line.attempts], [hasLink(model) ? 1 : 0, model.attempts]);
  assert.deepEqual(
    session.turns.map(({ text }) => text),
    model.said,
  );
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
  model.wobblesSince = model.hangsUntil = null;
  model.dialsAt = Infinity;
  model.answering = false;
}

function dial(model: Model): void {
  const again = model.status === 'reconnecting';
  const fate = model.fates.shift() ?? 'succeed';
  model.attempts += 1;
  if (fate === 'hang') {
    const mostS = again ? Math.min(LONGEST_S, Math.max(LAST_S, BUDGET_S - model.tookS)) : LONGEST_S;
    // Its end is noticed at the next full second.
    model.hangsUntil = Math.ceil(model.now + mostS);
    return;
  }
  if (fate === 'break' && again) {
    pause(model);
    return;
  }
  end(model, fate === 'succeed' ? 'connected' : 'failed');
  if (!again) model.connectedAt = model.now;
  // What was asked on the lost connection is asked again.
  model.answering = model.status === 'connected' && again && model.asked;
}

/** The next attempt: by an even chance half of the longest pause there may be. */
function pause(model: Model): void {
  const pauseS = Math.min([0.125, 0.5, 1, 2, 4, 4][model.tries] ?? Infinity, BUDGET_S - model.tookS);
  if (model.tookS >= BUDGET_S || model.tries === 6) {
    end(model, 'failed');
    return;
  }
  model.tries += 1;
  model.tookS += pauseS;
  model.dialsAt = Math.ceil(model.now + pauseS);
}

function lose(model: Model): void {
  model.losses.push(model.now);
  const recent = model.losses.filter((at) => model.now - at < BREAKER_S).length;
  end(model, recent >= 3 ? 'failed' : 'reconnecting');
  model.tries = model.tookS = 0;
  if (model.status === 'reconnecting') pause(model);
}

/** An attempt that did not answer is given up. */
function giveUp(model: Model, tookS: number): void {
  model.hangsUntil = null;
  if (model.status === 'connecting') {
    end(model, 'failed');
    return;
  }
  model.tookS += tookS;
  model.dialsAt = Infinity;
  pause(model);
}

/** A second at a time, as the clock does. */
function age(model: Model, seconds: number): void {
  for (let second = 0; second < seconds; second += 1) {
    model.now += 1;
    const { wobblesSince, hangsUntil, now } = model;
    if (wobblesSince !== null && now - wobblesSince >= GRACE_S) lose(model);
    else if (hangsUntil === now) giveUp(model, now - model.dialsAt);
    else if (model.dialsAt === now) dial(model);
    const { hiddenSince, connectedAt, status } = model;
    const outOfSight = hiddenSince === null ? 0 : now - Math.max(hiddenSince, connectedAt);
    if (isRunning(model) && status !== 'connecting' && outOfSight >= HIDDEN_S) end(model, 'idle');
  }
}

/** What a connection tells, whether it is the one that carries the call or one of long ago, or not there yet. */
const NEWS = ['word', 'close', 'wobble', 'steady', 'beginning'] as const;

function tell(news: (typeof NEWS)[number], nth: (attempts: number) => number): Command {
  const step: Step = (model, { session, line }) => {
    const index = nth(line.attempts);
    const sink = line.sinks[index];
    const isLast = index === line.attempts - 1;
    const counts = isLast && (hasLink(model) || model.hangsUntil !== null);
    const carries = isLast && hasLink(model);
    const id = `${model.said.length} of ${index}`;
    const before = session.log.at(-1)?.sequence;
    if (news === 'word') {
      const content = [{ type: 'output_text', text: id }];
      const item = { id, type: 'message', role: 'assistant', status: 'completed', content };
      sink?.message(JSON.stringify({ type: 'conversation.item.added', item }));
      if (counts) [model.said, model.asked] = [[...model.said, id], false];
    } else if (news === 'beginning') {
      sink?.message(JSON.stringify({ type: 'response.created', response: { id } }));
      if (carries) model.answering = true;
    } else if (news === 'close') {
      if (carries) line.latest.lose();
      else sink?.closed(new RealtimeError('channel.closed'));
      if (carries) lose(model);
    } else {
      sink?.[news]();
      if (carries) model.status = news === 'wobble' ? 'reconnecting' : 'connected';
      // Told again, it is the same trouble: the time that the path has to heal does not begin anew.
      if (carries) model.wobblesSince = news === 'wobble' ? (model.wobblesSince ?? model.now) : null;
    }
    if (!counts) assert.equal(session.log.at(-1)?.sequence, before, 'what does not count is not in the log');
  };
  return command(`${news} of ${nth(100)} of 100`, step, ({ attempts }) => attempts > 0);
}

const latest = (attempts: number): number => attempts - 1;
const any = fc.nat().map((nth) => (attempts: number) => nth % attempts);

const commands: readonly fc.Arbitrary<Command>[] = [
  fc.constant(
    command('start', async (model, { session }) => {
      const begins = !isRunning(model);
      const first = failure(session.start());
      assert.equal(session.start(), session.start());
      await settle();
      if (!begins) return;
      model.starts += 1;
      end(model, 'connecting');
      dial(model);
      if (model.status === 'failed') assert.match((await first)?.code ?? '', /token.forbidden|ice.failed/);
    }),
  ),
  fc.constant(
    command('stop', (model, { session }) => {
      session.stop();
      end(model, 'idle');
    }),
  ),
  ...NEWS.flatMap((news) => [fc.constant(tell(news, latest)), any.map((nth) => tell(news, nth))]),
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
        model.said.push('Are you there?');
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
  ...(['refuse', 'break', 'hang'] as const).map((fate) =>
    fc.constant(
      command(`${fate} the next`, (model, { line }) => {
        line.fates.push(CODES[fate]);
        model.fates.push(fate);
      }),
    ),
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
        const model = initial();
        await fc.asyncModelRun(() => ({ model, real: told }), list);
        told.session.stop();
        assert.equal(told.line.open.length, 0);
        await settle();
        assert.deepEqual(told.clock.timers, []);
      }),
      { numRuns: 300 },
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
        // From here on it stays where it is.
        heard = Infinity;
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
