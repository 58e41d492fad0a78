import type { EventLog } from '../event-log/event-log.js';
import { Lint } from '../event-log/lint.js';
import { Timeline, type TimelineTurn } from '../event-log/timeline.js';
import type { PanelStrings } from '../localize/panel-strings.js';
import { hintsTemplate } from './hints.template.js';

export { hintsStyles } from './hints.styles.js';

/** What the events of a log give away as they come: mistakes of the client, and turns. */
export class Insight {
  readonly #strings: PanelStrings;
  #timeline = new Timeline();
  #lint = new Lint();
  /** Position of the event to read next. */
  #next = 0;

  constructor(strings: PanelStrings) {
    this.#strings = strings;
  }

  /** Begins anew, with what the log keeps. */
  restart(log: EventLog): void {
    this.#timeline = new Timeline();
    this.#lint = new Lint();
    this.#next = 0;
    this.readOn(log);
  }

  /** Reads what has come since: nobody reads for a panel that is out of sight. */
  readOn(log: EventLog): void {
    this.#next = Math.max(this.#next, log.start);
    for (; this.#next < log.end; this.#next += 1) {
      const entry = log.at(this.#next);
      if (!entry) continue;
      this.#timeline.observe(entry);
      this.#lint.observe(entry);
    }
  }

  /** The mistakes, in words; `goTo` shows the event at a position. */
  hints(goTo: (position: number) => void): unknown {
    return hintsTemplate(this.#lint.findings, this.#strings, goTo);
  }

  get turns(): readonly TimelineTurn[] {
    return this.#timeline.turns;
  }
}
