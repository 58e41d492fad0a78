import type { Clock } from './clock.js';
import { judgeLimits, type LimitFacts, type LimitKind, type LimitVerdict } from './limits.js';

/** What the guard asks, and whom it tells. */
export interface LimitHost {
  readonly clock: Clock;
  facts(): Omit<LimitFacts, 'now' | 'hiddenSince'>;
  warn(kind: LimitKind, remaining: number): void;
  reached(kind: LimitKind): void;
}

/** Watches the limits of one call with a single timer. */
export class LimitGuard {
  readonly #host: LimitHost;
  readonly #warned = new Set<LimitKind>();
  #cancel: () => void = () => {};
  #running = false;
  #hiddenSince: number | null = null;
  #cap = Infinity;
  /** What the calls before this one have cost. */
  #paid = 0;

  constructor(host: LimitHost) {
    this.#host = host;
  }

  /** Whether nobody can see the page. */
  set hidden(hidden: boolean) {
    this.#hiddenSince = hidden ? (this.#hiddenSince ?? this.#host.clock.now()) : null;
    this.check();
  }

  /** The server's own limit of duration, for this call. The shorter one holds. */
  cap(seconds: number): void {
    this.#cap = seconds;
    this.check();
  }

  /** The limit that will end the call first, of those that are near now. */
  get near(): LimitVerdict['near'][number] | null {
    return (this.#running && this.#judge(this.#host.clock.now()).near[0]) || null;
  }

  /** Starts a new call. */
  start(): void {
    this.#running = true;
    this.#paid = this.#host.facts().cost ?? 0;
    this.#warned.clear();
    this.check();
  }

  stop(): void {
    this.#running = false;
    this.#cap = Infinity;
    this.#cancel();
  }

  /** Looks at the limits now; to be called when somebody starts or stops speaking, pays, or changes a limit. */
  check(): void {
    this.#cancel();
    if (!this.#running) return;
    const { clock } = this.#host;
    const now = clock.now();
    const { reached, near, nextAt } = this.#judge(now);
    if (reached) {
      this.stop();
      this.#host.reached(reached);
      return;
    }
    const kinds = new Set(near.map(({ kind }) => kind));
    for (const kind of this.#warned) if (!kinds.has(kind)) this.#warned.delete(kind);
    // Whoever is warned may end the call, and with it this.
    if (nextAt !== null) this.#cancel = clock.after(nextAt - now, () => this.check());
    for (const { kind, remaining } of near) {
      if (!this.#running || this.#warned.has(kind)) continue;
      this.#warned.add(kind);
      this.#host.warn(kind, remaining);
    }
  }

  #judge(now: number): LimitVerdict {
    const facts = this.#host.facts();
    const hiddenSince = this.#hiddenSince && Math.max(this.#hiddenSince, facts.connectedAt);
    const longest = Math.min(facts.maxDuration || Infinity, this.#cap);
    const maxDuration = longest === Infinity ? 0 : longest;
    const cost = facts.cost && facts.cost - this.#paid;
    return judgeLimits({ ...facts, maxDuration, hiddenSince, cost, now });
  }
}
