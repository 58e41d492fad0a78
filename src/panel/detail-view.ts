import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { LogEntry } from '../event-log/event-log.js';
import type { LogRow } from '../event-log/log-rows.js';
import type { PanelStrings } from '../localize/panel-strings.js';
import type { Guide } from '../guide/guide.js';
import { guideTemplate } from './guide.template.js';
import { iconButton } from './icon-button.template.js';
import type { PanelHost } from './panel-host.js';
import { presentable } from './presentable.js';
import { panelIcons } from './panel-icons.js';
import { PayloadTree } from './payload-tree.js';
import { relatedEvent } from './related.js';
import { ARROWS, clock } from './wording.js';

/** Events of a run that are listed one by one. */
const MOST_OF_RUN = 50;

/** What the detail asks of the log that it belongs to. */
export interface DetailOwner {
  /** Shows the event at a position. */
  goTo(position: number): void;
  /** Opens an event to be changed and sent again. */
  sendAgain(event: object): void;
  closed(): void;
}

/** What is known of one row: what such an event means, and its content. */
export class DetailView {
  readonly #host: PanelHost;
  readonly #strings: PanelStrings;
  readonly #owner: DetailOwner;
  readonly #tree: PayloadTree;
  #row: LogRow | undefined;
  #version = 0;
  #copied = '';

  constructor(host: PanelHost, strings: PanelStrings, owner: DetailOwner) {
    this.#host = host;
    this.#strings = strings;
    this.#owner = owner;
    this.#tree = new PayloadTree(strings, () => this.#redraw());
  }

  /** The row on show. */
  get row(): LogRow | undefined {
    return this.#row;
  }

  /** Shows a row, or nothing. */
  show(row: LogRow | undefined): void {
    if (row === this.#row) return;
    this.#row = row;
    this.#copied = '';
    this.#tree.reset();
    this.#redraw();
  }

  render(guide: Guide | undefined): unknown {
    const row = this.#row;
    if (!row) return nothing;
    const { redact, redactText } = this.#host.panel;
    // Rows above grow four times a second; the tree is drawn again only when something in it changed.
    return guard([row, row.count, this.#version, redact, redactText, guide], () =>
      this.#template(row, guide),
    );
  }

  #template(row: LogRow, guide: Guide | undefined): TemplateResult {
    const { envelope } = row.last;
    const strings = this.#strings;
    return html`<aside
      part="detail"
      class="detail"
      aria-label=${strings.detail.title}
      @keydown=${(event: KeyboardEvent) => this.#pressed(event)}
    >
      <div class="detail-head">
        <h3 class="detail-title">
          <span class=${envelope.origin}
            ><span aria-hidden="true">${ARROWS[envelope.origin]}</span>
            ${strings.origins[envelope.origin]}</span
          >
          <span class="detail-type">${envelope.type}</span>
        </h3>
        ${iconButton(strings.detail.copy, panelIcons.copy, () => void this.#copy())}
        ${iconButton(strings.detail.close, panelIcons.close, () => this.#close())}
      </div>
      <p class="detail-facts">
        ${clock(row.first.envelope.time)}${row.count > 1 ? ` – ${clock(envelope.time)} · ×${row.count}` : ''}
        · #${envelope.sequence}
        <span role="status">${this.#copied}</span>
      </p>
      ${this.#relatedTemplate(row)} ${this.#againTemplate(row)}
      ${guideTemplate(guide?.entry(envelope.type), strings, envelope.type)}
      ${row.text === '' ? nothing : html`<p class="joined">${this.#joined(row)}</p>`}
      ${this.#tree.render(this.#payload(row))}
    </aside>`;
  }

  #relatedTemplate(row: LogRow): unknown {
    const related = relatedEvent(this.#host.log(), row.last);
    if (!related) return nothing;
    const { type } = related.envelope;
    const name = type === 'error' ? this.#strings.detail.toError : this.#strings.detail.toCause(type);
    return html`<button type="button" class="link" @click=${() => this.#owner.goTo(related.position)}>
      ${name}
    </button>`;
  }

  /** Only of what is seen as it is: the form would show what is masked here. */
  #againTemplate({ last: { envelope } }: LogRow): unknown {
    const { panel, sources } = this.#host;
    const { origin, event } = envelope;
    if (origin !== 'client' || !sources.canSend || presentable(envelope, panel)?.event !== event)
      return nothing;
    return html`<button type="button" class="link" @click=${() => this.#owner.sendAgain(event)}>
      ${this.#strings.detail.sendAgain}
    </button>`;
  }

  /** The event itself, or the events of a run. */
  #payload(row: LogRow): object {
    const events: object[] = [];
    const log = this.#host.log();
    for (
      let { position } = row.first;
      position <= row.last.position && events.length < MOST_OF_RUN;
      position += 1
    ) {
      const entry = position === row.last.position ? row.last : log.at(position);
      if (!entry || !sameRun(entry, row.last)) continue;
      const shown = presentable(entry.envelope, this.#host.panel);
      if (shown) events.push(shown.event);
    }
    const [only] = events;
    return events.length === 1 && only ? only : events;
  }

  #joined(row: LogRow): string {
    const joined = { ...row.last.envelope, event: { type: row.last.envelope.type, delta: row.text } };
    return String(presentable(joined, this.#host.panel)?.event['delta'] ?? '');
  }

  async #copy(): Promise<void> {
    if (!this.#row) return;
    try {
      await navigator.clipboard.writeText(JSON.stringify(this.#payload(this.#row), null, 2));
      this.#copied = this.#strings.detail.copied;
    } catch {
      // Pages without permission, or without https, have no clipboard.
      this.#copied = this.#strings.detail.notCopied;
    }
    this.#redraw();
  }

  #pressed(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.#close();
  }

  #close(): void {
    this.show(undefined);
    this.#owner.closed();
  }

  #redraw(): void {
    this.#version += 1;
    this.#host.panel.requestUpdate();
  }
}

function sameRun(a: LogEntry, b: LogEntry): boolean {
  const [one, other] = [a.envelope, b.envelope];
  return a.source === b.source && one.type === other.type && one.event['item_id'] === other.event['item_id'];
}
