import { randomBytes } from 'node:crypto';

const PREFIX = 'ek_local_';
const LIFETIME_S = 600;

/** What a token stands for. */
export interface Grant {
  readonly scenario: string;
  readonly session: Readonly<Record<string, unknown>>;
  /** Seconds since the epoch. */
  readonly expiresAt: number;
}

/** Tokens of this process. Like the real ones they open any number of calls until they expire. */
export class Tokens {
  readonly #grants = new Map<string, Grant>();

  mint(scenario: string, session: Readonly<Record<string, unknown>>): { value: string; grant: Grant } {
    const value = `${PREFIX}${scenario}_${randomBytes(12).toString('hex')}`;
    const grant = { scenario, session, expiresAt: Math.floor(Date.now() / 1_000) + LIFETIME_S };
    this.#grants.set(value, grant);
    return { value, grant };
  }

  /** What the token grants, `'expired'`, or `null` for one that was never minted here. */
  verify(value: string): Grant | 'expired' | null {
    const grant = this.#grants.get(value);
    if (!grant) return null;
    return grant.expiresAt * 1_000 < Date.now() ? 'expired' : grant;
  }
}
