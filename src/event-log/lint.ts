import type { LogEntry } from './event-log.js';
import { LINT_STEPS, type LintCode, type Report } from './lint-rules.js';
import { newCallState, type CallState } from './lint-state.js';

/** A mistake that the events gave away. */
export interface LintFinding {
  readonly code: LintCode;
  /** What the sentence about it needs, by name. */
  readonly facts: Readonly<Record<string, string>>;
  /** How often, and the position of the latest event that showed it. */
  readonly count: number;
  readonly position: number;
}

/** More than anybody reads, and a bound on what a broken client can make of it. */
const MOST_FINDINGS = 50;

/** Watches the events of any number of calls for what naive clients get wrong, one event at a time. */
export class Lint {
  readonly #calls = new Map<number, CallState>();
  readonly #findings = new Map<string, LintFinding>();

  /** Each kind of mistake once, in the order in which they were first noticed. */
  get findings(): readonly LintFinding[] {
    return [...this.#findings.values()];
  }

  observe(entry: LogEntry): void {
    const { origin, type } = entry.envelope;
    let state = this.#calls.get(entry.source);
    if (!state) this.#calls.set(entry.source, (state = newCallState()));
    const report: Report = (code, facts = {}, position = entry.position) =>
      this.#report(code, facts, position);
    LINT_STEPS[origin].get(type)?.(state, entry, report);
    LINT_STEPS[origin].get('*')?.(state, entry, report);
  }

  #report(code: LintCode, facts: Readonly<Record<string, string>>, position: number): void {
    // One sentence per mistake and what it is about; the other facts are those of the latest one.
    const key = `${code} ${Object.values(facts)[0] ?? ''}`;
    const count = (this.#findings.get(key)?.count ?? 0) + 1;
    if (count === 1 && this.#findings.size >= MOST_FINDINGS) return;
    this.#findings.set(key, { code, facts, count, position });
  }
}
