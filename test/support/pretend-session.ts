import assert from 'node:assert/strict';
import { afterEach } from 'node:test';
import type { RealtimeError } from '../../src/session/realtime-error.js';
import type { RealtimeSession } from '../../src/session/session.js';
import type { SessionConfig } from '../../src/session/session-config.js';
import { HandClock } from './hand-clock.js';
import { PretendLine } from './pretend-line.js';
import { WatchedSession } from './watched-session.js';

/** A session on a pretended line, with a clock that a test moves, and what it told. */
export interface PretendSession {
  readonly session: RealtimeSession;
  readonly line: PretendLine;
  readonly clock: HandClock;
  /** Codes of the errors that were told. */
  readonly errors: string[];
  /** What these errors say to a developer. */
  readonly messages: string[];
  /** Statuses as they came. */
  readonly statuses: string[];
  readonly warnings: string[];
  /** Milliseconds of the clock at which attempts to connect began. */
  readonly dialled: number[];
}

/** Of this test. */
const made: (Pick<PretendSession, 'line' | 'clock'> & { readonly session: WatchedSession })[] = [];

/** Whatever a test was about. */
afterEach(async () => {
  for (const { session, line, clock } of made.splice(0)) {
    assert.deepEqual(await session.over(), []);
    assert.deepEqual([session.running, line.open.length, clock.timers], [false, 0, []]);
  }
});

/** Makes one. Nobody has a microphone where there is no browser, so its calls are typed. */
export function pretendSession(config: SessionConfig = {}): PretendSession {
  const [line, clock] = [new PretendLine(), new HandClock()];
  const dialled: number[] = [];
  const session: WatchedSession = new WatchedSession({
    clock,
    open: (...given) => {
      dialled.push(clock.now());
      session.dials(line.open.length, clock.now());
      return line.dial(...given);
    },
  });
  made.push({ session, line, clock });
  session.configure({ microphone: false, maxDuration: 0, idleTimeout: 0, ...config });
  const told: PretendSession = {
    session,
    line,
    clock,
    errors: [],
    messages: [],
    statuses: [],
    warnings: [],
    dialled,
  };
  session.on('error', ({ detail: { error } }) => {
    told.errors.push(error.code);
    told.messages.push(error.message);
  });
  session.on('statuschange', ({ detail }) => {
    if (detail.status !== detail.previous) told.statuses.push(detail.status);
  });
  session.on('limitwarning', ({ detail }) => told.warnings.push(`${detail.kind} ${detail.remaining}`));
  return told;
}

/** Lets everything happen that needs no time. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Moves the clock on in steps, and lets what follows from each happen. */
export async function pass(clock: HandClock, ms: number, step = 1_000): Promise<void> {
  for (let left = ms; left > 0; left -= step) {
    clock.advance(Math.min(step, left));
    await settle();
  }
}

/** The error that a promise was rejected with, or `null`. */
export async function failure(work: Promise<unknown>): Promise<RealtimeError | null> {
  return work.then(
    () => null,
    (error: unknown) => error as RealtimeError,
  );
}
