import { within } from './deadline.js';
import { Refusal } from './refusal.js';
import { memoryStore } from './memory-store.js';
import type { Store } from './store.js';

/** How much one visitor may ask for. */
export interface Limit {
  /** Requests within `seconds`. */
  readonly requests?: number;
  readonly seconds?: number;
  /** Token endpoint: requests being answered at one time. Session endpoint: calls at one time. */
  readonly concurrent?: number;
}

/** Both kinds are counted when both are known. */
export interface Limits {
  /** Each user that `authorize` names. Default: 10 requests in 60 s, 3 at one time (a renewed call overlaps the old one). */
  readonly user?: Limit;
  /**
   * Each address, for IPv6 each /64. Default: 30 requests in 60 s, 20 at one time, since offices share one.
   * Visitors with neither user nor address are counted as a single one.
   */
  readonly address?: Limit;
}

const DEFAULTS = {
  user: { requests: 10, seconds: 60, concurrent: 3 },
  address: { requests: 30, seconds: 60, concurrent: 20 },
} as const;

/** Whose limit, and under which name. */
export interface LimitKey {
  readonly kind: 'user' | 'address';
  readonly name: string;
}

/** Counts visitors against the limits. A store that fails or hangs refuses. */
export interface Limiter {
  /** @throws Refusal `rate_limited`, `limiter_unavailable` */
  count(scope: string, key: LimitKey, signal: AbortSignal): Promise<void>;
  /** Takes a place under every key or under none. @throws Refusal `too_many_calls`, `limiter_unavailable` */
  reserve(keys: readonly LimitKey[], holder: string, leaseMs: number, signal: AbortSignal): Promise<void>;
  /** Gives the places back. Never rejects: a place that cannot be given back ends with its lease. */
  release(keys: readonly LimitKey[], holder: string): Promise<void>;
}

/**
 * @param prefix keeps the counts of different endpoints apart
 * @throws TypeError for limits that would count nothing
 */
export function createLimiter(
  prefix: string,
  {
    store = memoryStore(),
    limits = {},
  }: { readonly store?: Store | undefined; readonly limits?: Limits | undefined },
): Limiter {
  const limit = (kind: LimitKey['kind']): Required<Limit> => ({ ...DEFAULTS[kind], ...limits[kind] });
  requireNumbers('user', limit('user'));
  requireNumbers('address', limit('address'));
  const name = (scope: string, key: LimitKey): string => `${prefix}:${scope}:${key.kind}:${key.name}`;
  const release = async (keys: readonly LimitKey[], holder: string): Promise<void> => {
    await Promise.allSettled(keys.map(async (key) => store.release(name('open', key), holder)));
  };
  return {
    async count(scope, key, signal) {
      const { requests, seconds } = limit(key.kind);
      const wait = await ask(signal, () => store.hit(name(scope, key), requests, seconds * 1_000));
      if (wait > 0) throw new Refusal('rate_limited', { retryAfter: wait / 1_000 });
    },
    async reserve(keys, holder, leaseMs, signal) {
      try {
        for (const key of keys) {
          const slots = limit(key.kind).concurrent;
          const wait = await ask(signal, () => store.acquire(name('open', key), holder, slots, leaseMs));
          if (wait > 0) throw new Refusal('too_many_calls', { retryAfter: wait / 1_000 });
        }
      } catch (error) {
        await release(keys, holder);
        throw error;
      }
    },
    release,
  };
}

/** What is no number is never reached: such a limit would admit everybody. */
function requireNumbers(kind: LimitKey['kind'], { requests, seconds, concurrent }: Required<Limit>): void {
  if (requests >= 0 && concurrent >= 0 && seconds > 0) return;
  throw new TypeError(`limits.${kind}: must be numbers, \`seconds\` above 0, the others not below.`);
}

async function ask(signal: AbortSignal, operation: () => Promise<number>): Promise<number> {
  try {
    const wait = await within(signal, operation());
    if (Number.isFinite(wait)) return wait;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'aborted') throw error;
    const hint = `The store failed (${error instanceof Error ? error.name : 'unknown'}).`;
    throw new Refusal('limiter_unavailable', { hint });
  }
  throw new Refusal('limiter_unavailable', { hint: 'The store answered with something else than a number.' });
}
