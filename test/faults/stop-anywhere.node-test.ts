import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { sleep } from '../../src/session/clock.js';
import type { OpenConnection } from '../../src/session/connection.js';
import { fetchToken } from '../../src/session/credentials.js';
import { exchangeSdp } from '../../src/session/exchange-sdp.js';
import { RealtimeSession } from '../../src/session/session.js';
import { HandClock } from '../support/hand-clock.js';
import { PretendLine } from '../support/pretend-line.js';
import { failure, settle } from '../support/pretend-session.js';

const RUNS = 200;
const TICK_MS = 100;
/** In ticks. No step takes as long as its deadline. */
const LONGEST_STEP = 25;
/** Before the first step. */
const WAIT = { start: 1, restoring: 2 } as const;
/** Every deadline has passed by then. */
const AFTERWARDS_MS = 60_000;
const STEPS = ['token', 'answer', 'channel', 'settings'] as const;

interface Plan {
  /** Ticks that each step takes. */
  readonly delays: Readonly<Record<(typeof STEPS)[number], number>>;
  /** When the stop comes: so many steps are over, the wait before them too, and then so many ticks and promises. */
  readonly over: number;
  readonly ticks: number;
  readonly promises: number;
  /** In restoring a call that was lost, instead of in its start. */
  readonly isAgain: boolean;
  /** The connection comes all the same, after the stop. */
  readonly isDeaf: boolean;
}

/** The world around a session: each answer comes after a time of its own. */
class World {
  readonly line = new PretendLine();
  readonly clock = new HandClock();
  readonly #time = new HandClock();
  /** Steps that were begun. */
  readonly steps: string[] = [];
  readonly statuses: string[] = [];
  readonly session: RealtimeSession;
  delays: Plan['delays'] = { token: 0, answer: 0, channel: 0, settings: 0 };
  isDeaf = false;

  constructor() {
    this.line.ignored.add('session.update');
    this.session = new RealtimeSession({ clock: this.clock, open: this.#open, fetch: this.#fetch });
    this.session.configure({ microphone: false, tokenEndpoint: 'https://shop.test/token' });
    this.session.on('statuschange', ({ detail }) => this.statuses.push(detail.status));
  }

  async tick(count: number, ms = TICK_MS): Promise<void> {
    for (let tick = 0; tick < count; tick += 1) {
      this.#time.advance(ms);
      this.clock.advance(ms);
      await settle();
    }
  }

  /** All that anybody was sent. */
  get sent(): readonly unknown[] {
    const requests = this.steps.filter((step) => step === 'token' || step === 'answer');
    return [requests, this.line.links.flatMap(({ received }) => received)];
  }

  readonly #fetch: typeof fetch = async (url, init) => {
    const { signal } = init as { signal: AbortSignal };
    // A browser sends nothing whose signal is over.
    signal.throwIfAborted();
    const isToken = String(url).endsWith('/token');
    await this.#step(isToken ? 'token' : 'answer', signal);
    return isToken ? new Response('ek_1') : new Response('v=0', { status: 201 });
  };

  /** What `webrtc-connection.ts` does, with a pretended line in the place of the browser's connection. */
  readonly #open: OpenConnection = async (request, sink, outer) => {
    const { config, reason, clock, cap, fetch } = request;
    await request.microphone(outer);
    const token = await fetchToken({ config, reason, fetch, clock, cap, signal: outer });
    await exchangeSdp({ config, token, offer: 'v=0', fetch, clock, signal: outer });
    const signal = this.isDeaf ? new AbortController().signal : outer;
    await this.#step('channel', signal);
    const connection = await this.line.dial(request, sink, signal);
    const { latest } = this.line;
    void this.#step('settings', signal).then(
      () => latest.say({ type: 'session.created', session: {} }, { type: 'session.updated', session: {} }),
      () => {},
    );
    return connection;
  };

  async #step(step: (typeof STEPS)[number], signal: AbortSignal): Promise<void> {
    this.steps.push(step);
    await sleep(this.#time, this.delays[step] * TICK_MS, signal);
  }
}

describe('a stop', () => {
  it('releases everything and asks nobody for anything any more, at whichever moment of a start or a reconnection', async () => {
    const met = new Set<string>();
    const delay = fc.integer({ min: 1, max: LONGEST_STEP });
    const plans = fc.record<Plan>({
      delays: fc.record({ token: delay, answer: delay, channel: delay, settings: delay }),
      over: fc.noBias(fc.nat(STEPS.length + 1)),
      ticks: fc.nat(LONGEST_STEP - 1),
      promises: fc.nat(12),
      isAgain: fc.boolean(),
      isDeaf: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(plans, async ({ delays, over, ticks, promises, isAgain, isDeaf }) => {
        const world = new World();
        const { session, line, clock, steps, statuses } = world;
        if (isAgain) await restoring(world);
        Object.assign(world, { delays, isDeaf });
        steps.length = 0;
        const outcome = isAgain ? null : failure(session.start());
        const what = isAgain ? 'restoring' : 'start';
        const lengths = [WAIT[what], ...STEPS.map((step) => delays[step])];
        const before = lengths.slice(0, over).reduce((sum, length) => sum + length, 0);
        await world.tick(before + (ticks % (lengths[over] ?? LONGEST_STEP)));
        for (let promise = 0; promise < promises; promise += 1) await Promise.resolve();
        const { status } = session;
        const step = status === 'connected' ? status : (steps.at(-1) ?? 'wait');
        met.add(`${what}: ${step}`);

        session.stop();
        assert.equal(session.status, 'idle');
        const told = structuredClone({ sent: world.sent, statuses });
        await settle();
        if (!isDeaf) assert.deepEqual([line.open.length, clock.timers], [0, []]);
        await world.tick(AFTERWARDS_MS / 1_000, 1_000);
        assert.deepEqual({ sent: world.sent, statuses }, told);
        assert.deepEqual([line.open.length, clock.timers], [0, []]);
        if (outcome)
          assert.equal((await outcome)?.code, status === 'connected' ? undefined : 'lifecycle.aborted');
      }),
      { numRuns: RUNS },
    );
    const everywhere = Object.keys(WAIT).flatMap((what) =>
      ['wait', ...STEPS, 'connected'].map((step) => `${what}: ${step}`),
    );
    assert.deepEqual([...met].sort(), everywhere.sort());
  });
});

/** A call in which something was said, and that was lost. */
async function restoring(world: World): Promise<void> {
  const started = world.session.start();
  await world.tick(10);
  await started;
  await world.session.sendText('Are you there?');
  world.line.latest.lose();
  assert.equal(world.session.status, 'reconnecting');
}
