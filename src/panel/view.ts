/**
 * Panel, the view of `<realtime-event-panel>`, loaded when somebody can see it: it draws a log and lets a person look
 * into it. It owns no event; it reads the log of its host and changes only the host's public settings. It must not know
 * `<realtime-voice>`.
 *
 *     const view = await openView(host);   // then view.observe(entry) for every event, view.render() at the host's pace
 */
import { html, nothing, type TemplateResult } from 'lit';
import { loadPanelStrings, type PanelStrings } from '../localize/panel-strings.js';
import type { LogEntry } from '../event-log/event-log.js';
import { CountsView } from './counts-view.js';
import { filterBar } from './filter-bar.template.js';
import type { Guide } from './guide.js';
import { headerTemplate } from './header.template.js';
import { LogView } from './log-view.js';
import type { PanelHost, PanelTab, PanelView } from './panel-host.js';

export { viewStyles } from './view.styles.js';

const TABS: readonly PanelTab[] = ['counts', 'log', 'timeline'];

/** The view for a host, with its words loaded. */
export async function openView(host: PanelHost): Promise<PanelView> {
  return new EventPanelView(host, await loadPanelStrings(host.language()));
}

class EventPanelView implements PanelView {
  readonly #host: PanelHost;
  readonly #strings: PanelStrings;
  readonly #counts: CountsView;
  readonly #log: LogView;
  #guide: Guide | undefined;

  constructor(host: PanelHost, strings: PanelStrings) {
    this.#host = host;
    this.#strings = strings;
    this.#counts = new CountsView(host, strings);
    this.#log = new LogView(host, strings);
  }

  observe(_entry: LogEntry): void {}

  reset(): void {
    this.#log.reset();
  }

  drawn(root: ParentNode): void {
    if (this.#host.panel.view === 'log') this.#log.drawn(root);
  }

  close(): void {
    this.#log.close();
  }

  render(): TemplateResult {
    const { panel } = this.#host;
    const closed = panel.collapsed && panel.placement !== 'inline';
    return html`<section part="base" class="panel" aria-label=${this.#strings.heading}>
      ${headerTemplate(this.#host, this.#strings, { open: false, toggle: () => {}, openLog: () => {} })}
      ${closed ? nothing : this.#body()}
    </section>`;
  }

  #body(): TemplateResult {
    const { view } = this.#host.panel;
    return html`${this.#toolbar()}
      <div class="body" role="tabpanel" id="body" tabindex="-1" aria-labelledby=${`tab-${view}`}>
        ${view === 'log' ? this.#log.render(this.#guide) : this.#counts.render(this.#guide)}
      </div>`;
  }

  #toolbar(): TemplateResult {
    const { panel } = this.#host;
    const tab = (view: PanelTab): TemplateResult =>
      html`<button
        type="button"
        role="tab"
        part="view-button"
        id=${`tab-${view}`}
        aria-controls="body"
        aria-selected=${view === panel.view ? 'true' : 'false'}
        tabindex=${view === panel.view ? 0 : -1}
        @click=${() => (panel.view = view)}
      >
        ${this.#strings.views[view]}
      </button>`;
    return html`<div part="toolbar" class="toolbar">
      <div class="tabs" role="tablist" aria-label=${this.#strings.chooseView} @keydown=${this.#turn}>
        ${TABS.map(tab)}
      </div>
      ${panel.view === 'log' ? filterBar(panel, this.#strings) : nothing}
    </div>`;
  }

  readonly #turn = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const list = event.currentTarget;
    if (step === undefined || !(list instanceof HTMLElement)) return;
    const forwards = getComputedStyle(list).direction === 'rtl' ? -step : step;
    const next = TABS[(TABS.indexOf(this.#host.panel.view) + forwards + TABS.length) % TABS.length];
    if (!next) return;
    this.#host.panel.view = next;
    list.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
}
