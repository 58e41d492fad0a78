import type { ErrorCode } from './error-codes.js';

/** The limits a call can run into. */
export type LimitKind = 'duration' | 'idle' | 'hidden' | 'cost';

/** What a call that ran into a limit ends with. */
export const limitCodes = {
  duration: 'limit.max_duration',
  idle: 'limit.idle',
  hidden: 'limit.hidden',
  cost: 'limit.max_cost',
} as const satisfies Readonly<Record<LimitKind, ErrorCode>>;

/** What the limits depend on. Times in milliseconds, limits in seconds; 0 or absent means no limit. */
export interface LimitFacts {
  readonly now: number;
  /** When the call was first connected; reconnections do not reset it. */
  readonly connectedAt: number;
  /** When somebody last spoke, or `null` while somebody does. Thinking is no speaking. */
  readonly quietSince: number | null;
  /** Since when nobody can see the page, or `null` while it is visible. */
  readonly hiddenSince: number | null;
  readonly cost: number | null;
  readonly maxDuration?: number | undefined;
  readonly idleTimeout?: number | undefined;
  readonly hiddenTimeout?: number | undefined;
  readonly maxCost?: number | undefined;
}

/** Where the call stands with its limits. */
export interface LimitVerdict {
  /** The limit that was reached. */
  readonly reached: LimitKind | null;
  /** Limits that are near, with the seconds (or the money) that remain; the next one first, and money last. */
  readonly near: readonly { readonly kind: LimitKind; readonly remaining: number }[];
  /** When to look again, in milliseconds since the epoch; `null` when only events can change the verdict. */
  readonly nextAt: number | null;
}

const WARN_BEFORE_MS: Readonly<Record<TimeLimit['kind'], number>> = {
  duration: 30_000,
  idle: 15_000,
  hidden: 30_000,
};
const WARN_AT_COST_SHARE = 0.8;

/** Judges by the wall clock, so a laptop that slept finds its call over. */
export function judgeLimits(facts: LimitFacts): LimitVerdict {
  const timed = [
    timeLimit('duration', facts.now, facts.connectedAt, facts.maxDuration),
    timeLimit('idle', facts.now, facts.quietSince, facts.idleTimeout),
    timeLimit('hidden', facts.now, facts.hiddenSince, facts.hiddenTimeout),
  ].filter((limit) => limit !== null);
  const { cost, maxCost } = facts;
  const spent = maxCost && cost !== null ? cost / maxCost : 0;
  const reached = timed.find((limit) => limit.remaining <= 0)?.kind ?? (spent >= 1 ? 'cost' : null);
  const near: { kind: LimitKind; remaining: number }[] = timed
    .filter((limit) => limit.isNear)
    .toSorted((a, b) => a.remaining - b.remaining)
    .map(({ kind, remaining }) => ({ kind, remaining: Math.ceil(remaining / 1_000) }));
  if (maxCost && cost !== null && spent >= WARN_AT_COST_SHARE)
    near.push({ kind: 'cost', remaining: maxCost - cost });
  const next = timed.map((limit) => limit.nextAt).filter((at) => at > facts.now);
  return { reached, near, nextAt: next.length > 0 ? Math.min(...next) : null };
}

interface TimeLimit {
  readonly kind: Exclude<LimitKind, 'cost'>;
  readonly remaining: number;
  readonly isNear: boolean;
  readonly nextAt: number;
}

function timeLimit(
  kind: TimeLimit['kind'],
  now: number,
  since: number | null,
  seconds: number | undefined,
): TimeLimit | null {
  if (!seconds || since === null) return null;
  const endsAt = since + seconds * 1_000;
  // A limit shorter than its own warning is announced half-way.
  const warnsAt = endsAt - Math.min(WARN_BEFORE_MS[kind], (seconds * 1_000) / 2);
  return { kind, remaining: endsAt - now, isNear: now >= warnsAt, nextAt: now < warnsAt ? warnsAt : endsAt };
}
