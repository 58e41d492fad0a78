import { randomBytes } from 'node:crypto';
import { isScenario } from '../scenarios.js';

/** What a token stands for. */
export interface Grant {
  readonly scenario: string;
  /** Tells apart tests that use the same scenario: faults which end after some requests are counted for each run. */
  readonly run: string;
  readonly session: Readonly<Record<string, unknown>>;
  /** Seconds since the epoch. */
  readonly expiresAt: number;
}

/** Minted here: scenario, moment of expiry, chance. */
const MINTED = /^ek_local_[a-z0-9-]+_([0-9]+)_[0-9a-f]{24}$/;
/** Written by hand, for programs that have no token endpoint: scenario and anything. */
const HAND_MADE = /^ek_local_([a-z0-9-]+)_[A-Za-z0-9-]{8,64}$/;

/** Tokens of this process. Like the real ones they open any number of calls until they expire. */
export class Tokens {
  readonly #grants = new Map<string, Grant>();

  mint(wishes: Omit<Grant, 'expiresAt'>, lifetimeSeconds: number): { value: string; grant: Grant } {
    this.#forgetExpired();
    const expiresAt = Math.floor(Date.now() / 1_000) + lifetimeSeconds;
    const value = `ek_local_${wishes.scenario}_${expiresAt}_${randomBytes(12).toString('hex')}`;
    const grant = { ...wishes, expiresAt };
    this.#grants.set(value, grant);
    return { value, grant };
  }

  /** What the token grants, `'expired'`, or `null` for one that means nothing here. */
  verify(value: string): Grant | 'expired' | null {
    const expiresAt = MINTED.exec(value)?.[1];
    if (expiresAt !== undefined) {
      if (Number(expiresAt) * 1_000 < Date.now()) return 'expired';
      return this.#grants.get(value) ?? null;
    }
    const scenario = HAND_MADE.exec(value)?.[1];
    if (scenario === undefined || !isScenario(scenario)) return null;
    return { scenario, run: value, session: {}, expiresAt: Infinity };
  }

  #forgetExpired(): void {
    for (const [value, { expiresAt }] of this.#grants) {
      if (expiresAt * 1_000 < Date.now()) this.#grants.delete(value);
    }
  }
}
