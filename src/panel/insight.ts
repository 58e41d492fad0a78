import type { LogEntry } from '../event-log/event-log.js';
import { Lint, type LintFinding } from '../event-log/lint.js';
import { Timeline, type TimelineTurn } from '../event-log/timeline.js';

/** What the events of a log give away as they come: mistakes of the client, and turns. */
export class Insight {
  #timeline = new Timeline();
  #lint = new Lint();

  /** Begins anew, with the events that are there already, oldest first. */
  read(entries: readonly LogEntry[]): void {
    this.#timeline = new Timeline();
    this.#lint = new Lint();
    for (const entry of entries) this.observe(entry);
  }

  observe(entry: LogEntry): void {
    this.#timeline.observe(entry);
    this.#lint.observe(entry);
  }

  get findings(): readonly LintFinding[] {
    return this.#lint.findings;
  }

  get turns(): readonly TimelineTurn[] {
    return this.#timeline.turns;
  }
}
