import { html, nothing, type TemplateResult } from 'lit';
import { isFailure } from '../event-log/failure.js';
import { readFilter } from '../event-log/filter.js';
import { LogRows, type LogRow } from '../event-log/log-rows.js';
import type { Envelope } from '../protocol/envelope.js';
import type { PanelStrings } from '../localize/panel-strings.js';
import { DetailView } from './detail-view.js';
import { filterBar } from './filter-bar.template.js';
import type { Guide } from '../guide/guide.js';
import { LogWindow } from './log-window.js';
import type { PanelHost } from './panel-host.js';
import { presentable } from './presentable.js';
import { ARROWS, clock, sinceStart } from './wording.js';

export { filterBarStyles } from './filter-bar.styles.js';
export { logStyles } from './log.styles.js';

/** How long events are read in one go, in milliseconds; the rest follows right after, so that the page stays responsive. */
const READING_MS = 10;
/** Events read before the clock is looked at: a payload may have as much as a message can carry. */
const BATCH = 20;

/** The log: rows of events, those in sight only, and what is known of the chosen one. */
export class LogView {
  readonly #host: PanelHost;
  readonly #strings: PanelStrings;
  readonly #window: LogWindow;
  readonly #detail: DetailView;
  #rows = new LogRows();
  #filter = ' ';
  /** Held still from the beginning, a log is what there is by then. */
  #unread = true;
  #first = 0;
  #removed = 0;
  #active: LogRow | undefined;
  /** Masking a large event takes its time, and rows are drawn four times a second. */
  #summaries = new WeakMap<Envelope, string>();
  /** What they were made with. */
  #told: readonly unknown[] = [undefined, undefined, undefined];
  #scroller: HTMLElement | undefined;
  /** To be scrolled to once it is drawn. */
  #sought: LogRow | undefined;

  /** `sendAgain` opens an event to be changed and sent again. */
  constructor(host: PanelHost, strings: PanelStrings, sendAgain: (event: object) => void) {
    this.#host = host;
    this.#strings = strings;
    this.#window = new LogWindow(() => host.panel.requestUpdate());
    this.#detail = new DetailView(host, strings, {
      goTo: (position) => this.goTo(position),
      sendAgain,
      closed: () => this.#scroller?.focus(),
    });
  }

  /** Number of events that came while the log was held still. */
  get waiting(): number {
    return this.#rows.waiting(this.#host.log());
  }

  /** Another log is on show. */
  reset(): void {
    this.#rows = new LogRows();
    this.#unread = true;
    this.#filter = ' ';
    this.#active = undefined;
    this.#window.following = true;
    this.#detail.show(undefined);
  }

  /** Chooses the event at a position, whatever the filter was. */
  goTo(position: number): void {
    const { panel } = this.#host;
    panel.view = 'log';
    panel.filter = undefined;
    panel.direction = 'all';
    // Held still or not: what is asked for may have come since.
    this.#read(Infinity, false);
    const row = this.#rows.rows.findLast(
      ({ first, last }) => first.position <= position && position <= last.position,
    );
    if (!row) return;
    this.#choose(row);
    this.#sought = row;
  }

  /** What narrows the log down. */
  toolbar(): TemplateResult {
    return filterBar(this.#host.panel, this.#strings);
  }

  render(guide: Guide | undefined): TemplateResult {
    this.#read();
    const { rows } = this.#rows;
    const { first, end } = this.#window.range(rows.length);
    this.#first = first;
    const start = this.#host.log().at(this.#host.log().start)?.envelope.time ?? 0;
    const active = this.#active && this.#active === this.#inSight(first, end) ? 'active-row' : nothing;
    return html`<div class=${this.#detail.row ? 'log-layout split' : 'log-layout'}>
      <div
        part="log"
        class="log"
        role="listbox"
        tabindex="0"
        aria-label=${this.#strings.views.log}
        aria-activedescendant=${active}
        @scroll=${this.#scrolled}
        @keydown=${this.#pressed}
      >
        <div class="probe" role="presentation"></div>
        <div class="spacer" role="presentation">
          <div class="window" role="presentation">
            ${rows.slice(first, end).map((row, index) => this.#row(row, first + index, start, guide))}
          </div>
        </div>
      </div>
      ${this.#detail.render(guide)}
      ${rows.length === 0 ? html`<p part="empty" class="empty over">${this.#emptyText()}</p>` : nothing}
      ${
        this.#window.atEnd(rows.length)
          ? nothing
          : html`<button type="button" class="latest" @click=${this.#toLatest}>
              ${this.#strings.follow}
            </button>`
      }
    </div>`;
  }

  drawn(root: ParentNode): void {
    const scroller = root.querySelector<HTMLElement>('.log');
    const probe = root.querySelector('.probe');
    if (!scroller || !probe) return;
    const removed = this.#rows.removed - this.#removed;
    this.#removed = this.#rows.removed;
    this.#window.place(scroller, probe, { rows: this.#rows.rows.length, first: this.#first, removed });
    this.#scroller = scroller;
    if (this.#sought) this.#window.reveal(this.#rows.rows.indexOf(this.#sought));
    this.#sought = undefined;
  }

  close(): void {
    this.#window.close();
  }

  /** Reads on, for a moment or to the end. */
  #read(duration = READING_MS, held = this.#host.panel.paused): void {
    const { panel } = this.#host;
    const filter = `${panel.direction} ${panel.filter ?? ''}`;
    if (filter !== this.#filter) {
      this.#filter = filter;
      this.#rows.refilter(readFilter(panel.filter ?? '', panel.direction));
      this.#removed = 0;
      this.#window.following = true;
    }
    const stop = performance.now() + duration;
    const reads = !held || this.#unread;
    let more = true;
    while (more && performance.now() < stop) {
      more = this.#rows.sift(BATCH) || (reads && this.#rows.advance(this.#host.log(), BATCH));
    }
    this.#unread &&= more;
    if (more) setTimeout(() => panel.requestUpdate());
  }

  #row(row: LogRow, index: number, start: number, guide: Guide | undefined): TemplateResult {
    const { envelope, source } = row.last;
    const failure = isFailure(envelope);
    const origin = this.#strings.origins[envelope.origin];
    return html`<div
      role="option"
      part=${`row row-${envelope.origin}${failure ? ' row-error' : ''}`}
      class=${`row ${failure ? 'failure' : envelope.origin}`}
      id=${row === this.#active ? 'active-row' : nothing}
      aria-selected=${row === this.#detail.row ? 'true' : 'false'}
      aria-setsize=${this.#rows.rows.length}
      aria-posinset=${index + 1}
      @click=${() => this.#choose(row)}
    >
      <span part="time" class="time" title=${clock(row.first.envelope.time)}>
        ${sinceStart(row.first.envelope.time, start)}
      </span>
      <span part="direction" class="direction">
        <span class="arrow" aria-hidden="true">${ARROWS[envelope.origin]}</span
        ><span class="word">${origin}</span>
      </span>
      <span part="type" class="type">${envelope.type}</span>
      ${row.count > 1 ? html`<span part="repeat" class="repeat">×${row.count}</span>` : nothing}
      ${source > 1 ? html`<span class="call">${this.#strings.call(source)}</span>` : nothing}
      <span part="summary" class="summary">${this.#summary(row, guide)}</span>
    </div>`;
  }

  #summary(row: LogRow, guide: Guide | undefined): string {
    const { envelope } = row.last;
    if (row.text !== '') {
      const joined = { ...envelope, event: { type: envelope.type, delta: row.text } };
      return String(presentable(joined, this.#host.panel)?.event['delta'] ?? '');
    }
    const { redact, redactText } = this.#host.panel;
    if (this.#told.some((value, index) => value !== [guide, redact, redactText][index])) {
      this.#told = [guide, redact, redactText];
      this.#summaries = new WeakMap();
    }
    const known = this.#summaries.get(envelope);
    if (known !== undefined) return known;
    const shown = presentable(envelope, this.#host.panel);
    const summary = shown ? (guide?.summary(shown.type, shown.event) ?? '') : '';
    this.#summaries.set(envelope, summary);
    return summary;
  }

  #emptyText(): string {
    return this.#host.log().counts.total === 0 ? this.#strings.empty : this.#strings.emptyFilter;
  }

  #inSight(first: number, end: number): LogRow | undefined {
    return this.#rows.rows.slice(first, end).find((row) => row === this.#active);
  }

  #choose(row: LogRow): void {
    this.#active = row;
    this.#detail.show(row);
    this.#window.following = false;
    this.#host.panel.requestUpdate();
  }

  readonly #toLatest = (): void => {
    this.#window.following = true;
    this.#scroller?.focus();
    this.#host.panel.requestUpdate();
  };

  readonly #scrolled = (event: Event): void => {
    if (event.currentTarget instanceof HTMLElement) this.#window.scrolled(event.currentTarget);
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    const { rows } = this.#rows;
    const at = this.#active ? rows.indexOf(this.#active) : rows.length;
    const steps: Readonly<Record<string, number>> = {
      ArrowUp: at - 1,
      ArrowDown: at + 1,
      PageUp: at - this.#window.page,
      PageDown: at + this.#window.page,
      Home: 0,
      End: rows.length - 1,
    };
    const step = steps[event.key];
    if (step !== undefined) this.#moveTo(Math.max(0, Math.min(rows.length - 1, step)));
    else if ((event.key === 'Enter' || event.key === ' ') && this.#active) this.#choose(this.#active);
    else if (event.key === 'Escape' && this.#detail.row) this.#detail.show(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
    this.#host.panel.requestUpdate();
  };

  #moveTo(index: number): void {
    this.#active = this.#rows.rows[index];
    this.#window.reveal(index);
    if (this.#detail.row) this.#detail.show(this.#active);
  }
}
