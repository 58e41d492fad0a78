/**
 * Panel, the view of `<realtime-event-panel>`, loaded when somebody can see it: it draws a log and lets a person look
 * into it. It owns no event; it reads the log of its host and changes only the host's public settings. It must not know
 * `<realtime-voice>`.
 *
 *     const view = await openView(host);   // then view.observe(entry) for every event, view.render() at the host's pace
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { LogEntry } from '../event-log/event-log.js';
import { Lint } from '../event-log/lint.js';
import { Timeline } from '../event-log/timeline.js';
import { loadPanelStrings, type PanelStrings } from '../localize/panel-strings.js';
import { CountsView } from './counts-view.js';
import { headerTemplate } from './header.template.js';
import { hintsTemplate } from './hints.template.js';
import { ImportBar } from './import-bar.js';
import { Lazy } from './lazy.js';
import type { PanelHost, PanelView } from './panel-host.js';
import { tabsTemplate } from './tabs.template.js';

export { viewStyles } from './view.styles.js';

/** The view for a host, with its words loaded. */
export async function openView(host: PanelHost): Promise<PanelView> {
  return new EventPanelView(host, await loadPanelStrings(host.language()));
}

class EventPanelView implements PanelView {
  readonly #host: PanelHost;
  readonly #strings: PanelStrings;
  readonly #counts: CountsView;
  readonly #importBar: ImportBar;
  readonly #redraw = (): void => this.#host.panel.requestUpdate();
  readonly #log = new Lazy(async () => {
    const { LogView, logStyles, filterBarStyles } = await import('./log-view.js');
    this.#host.adopt(logStyles, filterBarStyles);
    return new LogView(this.#host, this.#strings, (event) => this.#sendAgain(event));
  }, this.#redraw);
  readonly #turns = new Lazy(async () => {
    const { TimelineView, timelineStyles } = await import('./timeline-view.js');
    this.#host.adopt(timelineStyles);
    return new TimelineView(this.#host, this.#strings, (position) => this.#goTo(position));
  }, this.#redraw);
  readonly #guide = new Lazy(async () => {
    const { loadGuide } = await import('../guide/guide.js');
    return loadGuide(this.#host.language());
  }, this.#redraw);
  readonly #compose = new Lazy(async () => {
    const { ComposeView, composeStyles } = await import('./compose-view.js');
    this.#host.adopt(composeStyles);
    return new ComposeView(this.#host, this.#strings, () => this.#toggleCompose());
  }, this.#redraw);
  #timeline = new Timeline();
  #lint = new Lint();
  #composing = false;

  constructor(host: PanelHost, strings: PanelStrings) {
    this.#host = host;
    this.#strings = strings;
    this.#counts = new CountsView(host, strings);
    this.#importBar = new ImportBar(host, strings);
  }

  observe(entry: LogEntry): void {
    this.#timeline.observe(entry);
    this.#lint.observe(entry);
  }

  reset(): void {
    this.#timeline = new Timeline();
    this.#lint = new Lint();
    for (const entry of this.#host.log().entries()) this.observe(entry);
    this.#log.peek()?.reset();
  }

  drawn(root: ParentNode): void {
    if (this.#host.panel.view === 'log') this.#log.peek()?.drawn(root);
  }

  close(): void {
    this.#log.peek()?.close();
  }

  render(): TemplateResult {
    const { panel } = this.#host;
    const closed = panel.collapsed && panel.placement !== 'inline';
    return html`<section
      part="base"
      class="panel"
      aria-label=${this.#strings.heading}
      @dragover=${(event: Event) => event.preventDefault()}
      @drop=${this.#dropped}
    >
      ${headerTemplate(this.#host, this.#strings, {
        composing: this.#composing,
        waiting: panel.paused ? (this.#log.peek()?.waiting ?? 0) : 0,
        compose: () => this.#toggleCompose(),
        open: (root) => this.#importBar.choose(root),
      })}
      ${closed ? nothing : this.#body()}
    </section>`;
  }

  #body(): TemplateResult {
    const { panel, log } = this.#host;
    const { dropped } = log();
    return html`<div part="toolbar" class="toolbar">
        ${tabsTemplate(panel, this.#strings)}
        ${panel.view === 'log' ? (this.#log.get()?.toolbar() ?? nothing) : nothing}
      </div>
      ${this.#importBar.render()}
      ${hintsTemplate(this.#lint.findings, this.#strings, (position) => this.#goTo(position))}
      ${this.#composing ? (this.#compose.get()?.render() ?? nothing) : nothing}
      <div class="body" role="tabpanel" id="body" tabindex="-1" aria-labelledby=${`tab-${panel.view}`}>
        ${this.#content()}
      </div>
      ${dropped > 0 ? html`<p class="note dropped">${this.#strings.dropped(dropped)}</p>` : nothing}`;
  }

  #content(): unknown {
    const guide = this.#guide.get();
    const { view } = this.#host.panel;
    if (view === 'counts') return this.#counts.render(guide);
    if (view === 'log') return this.#log.get()?.render(guide) ?? nothing;
    return this.#turns.get()?.render(this.#timeline, guide) ?? nothing;
  }

  #goTo(position: number): void {
    this.#host.panel.view = 'log';
    void this.#log.whenLoaded().then((log) => log?.goTo(position));
  }

  #sendAgain(event: object): void {
    this.#composing = true;
    void this.#compose.whenLoaded().then((form) => form?.fill(event));
  }

  #toggleCompose(): void {
    this.#composing = !this.#composing;
    this.#redraw();
  }

  readonly #dropped = (event: DragEvent): void => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file) void this.#importBar.open(file);
  };
}
