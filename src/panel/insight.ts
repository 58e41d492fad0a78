import type { LogEntry } from '../event-log/event-log.js';
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

  constructor(strings: PanelStrings) {
    this.#strings = strings;
  }

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

  /** The mistakes, in words; `goTo` shows the event at a position. */
  hints(goTo: (position: number) => void): unknown {
    return hintsTemplate(this.#lint.findings, this.#strings, goTo);
  }

  get turns(): readonly TimelineTurn[] {
    return this.#timeline.turns;
  }
}
