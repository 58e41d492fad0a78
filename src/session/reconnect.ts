import type { RealtimeError } from './realtime-error.js';

/** How reconnecting stands. Times in milliseconds. */
export interface ReconnectFacts {
  /** Attempts made so far, 0 before the first. */
  readonly attempts: number;
  /** Time since the connection was lost, not counting time without a network. */
  readonly elapsedMs: number;
  /** What the server asked for. */
  readonly retryAfterMs?: number | undefined;
  /** 0 ≤ x < 1, so that many pages do not come back in step. */
  readonly random: number;
}

const MAX_ATTEMPTS = 6;
const BUDGET_MS = 60_000;
const BASE_MS = 500;
const CAP_MS = 8_000;
const FIRST_MS = 250;
const RETRY_AFTER_JITTER = 0.2;

/** For all that is done to connect, beside the time of each step. */
const CONNECT_MS = 30_000;
/** However late an attempt begins, it gets the time to succeed. */
const LAST_MS = 5_000;

/** How long a connection that wobbles may take to heal by itself. */
export const GRACE_MS = 5_000;

/**
 * How long to wait before the next attempt, or `null` to give up: full jitter, doubled each time, at most six attempts
 * within a minute, and never earlier than the server asked. What chance adds, to that or to the pause, stays within the
 * minute.
 */
export function reconnectDelay({
  attempts,
  elapsedMs,
  retryAfterMs = 0,
  random,
}: ReconnectFacts): number | null {
  if (attempts >= MAX_ATTEMPTS || elapsedMs >= BUDGET_MS) return null;
  const left = BUDGET_MS - elapsedMs;
  const backoff = random * (attempts === 0 ? FIRST_MS : Math.min(CAP_MS, BASE_MS * 2 ** attempts));
  const wanted = Math.max(backoff, retryAfterMs * (1 + random * RETRY_AFTER_JITTER));
  const delay = Math.max(Math.min(wanted, left), retryAfterMs);
  return delay > left ? null : delay;
}

/** How long an attempt may take that begins so long after the loss: no longer than what is left, but for the last one. */
export function longestAttempt(elapsedMs: number): number {
  return Math.min(CONNECT_MS, Math.max(BUDGET_MS - elapsedMs, LAST_MS));
}

/**
 * At the start a person is waiting and wants to know, so only what the server itself asks to be tried again is: a
 * refused token once with a fresh one, and whatever comes with `Retry-After`.
 */
export function firstRetryDelay(
  { code, retry, retryAfterMs }: RealtimeError,
  attempts: number,
  elapsedMs: number,
  random: number,
): number | null {
  if (code === 'signaling.unauthorized' && attempts === 0) return 0;
  return retryAfterMs === undefined || retry === 'never'
    ? null
    : reconnectDelay({ attempts, elapsedMs, retryAfterMs, random });
}

const BREAKER_LOSSES = 3;
const BREAKER_WINDOW_MS = 5 * 60_000;

/** True when connections keep being lost: three within five minutes. */
export function keepsBreaking(lossTimes: readonly number[], now: number): boolean {
  return lossTimes.filter((at) => now - at < BREAKER_WINDOW_MS).length >= BREAKER_LOSSES;
}

/** A session is renewed this long before its end, at the next pause. */
const RENEW_BEFORE_MS = 120_000;
/** At the latest, pause or not. */
const RENEW_AT_LATEST_MS = 20_000;

/** Whether a session that ends at `expiresAt` should be replaced now. Only near that end is it asked whether it is a pause. */
export function isRenewalDue(now: number, expiresAt: number | null, isPause: () => boolean): boolean {
  if (expiresAt === null) return false;
  const left = expiresAt - now;
  return left <= RENEW_AT_LATEST_MS || (left <= RENEW_BEFORE_MS && isPause());
}

/** When to look at {@link isRenewalDue} for the first time. */
export function renewalTime(expiresAt: number): number {
  return expiresAt - RENEW_BEFORE_MS;
}
