/**
 * Panel, the view of `<realtime-event-panel>`, loaded when somebody can see it: it draws a log and lets a person look
 * into it. It owns no event; it reads the log of its host and changes only the host's public settings. It must not know
 * `<realtime-voice>`.
 *
 *     const view = await openView(host);   // then view.observe(entry) for every event, view.render() at the host's pace
 */
import { html, nothing, type TemplateResult } from 'lit';
import {
  loadFrameStrings,
  loadPanelStrings,
  panelLanguage,
  type FrameStrings,
  type PanelStrings,
} from '../localize/panel-strings.js';
import { CountsView } from './counts-view.js';
import { Focus } from './focus.js';
import { headerTemplate } from './header.template.js';
import { Lazy } from './lazy.js';
import type { PanelHost, PanelTab, PanelView } from './panel-host.js';
import { tabsTemplate } from './tabs.template.js';

export { viewStyles } from './view.styles.js';

/** The view for a host, with the words of its frame loaded. */
export async function openView(host: PanelHost): Promise<PanelView> {
  const language = panelLanguage(host.language());
  return new EventPanelView(host, await loadFrameStrings(language), language);
}

class EventPanelView implements PanelView {
  readonly #host: PanelHost;
  readonly #strings: FrameStrings;
  readonly #language: string;
  readonly #counts: CountsView;
  readonly #redraw = (): void => this.#host.panel.requestUpdate();
  readonly #log = new Lazy(async () => {
    const [{ LogView, logStyles, filterBarStyles }, strings] = await this.#with(import('./log-view.js'));
    this.#host.adopt(logStyles, filterBarStyles);
    return new LogView(this.#host, strings, (event) => this.#sendAgain(event));
  }, this.#redraw);
  readonly #turns = new Lazy(async () => {
    const [{ TimelineView, timelineStyles }, strings] = await this.#with(import('./timeline-view.js'));
    this.#host.adopt(timelineStyles);
    return new TimelineView(this.#host, strings, (position) => this.#goTo(position));
  }, this.#redraw);
  readonly #guide = new Lazy(async () => {
    const { loadGuide } = await import('../guide/guide.js');
    return loadGuide(this.#language);
  }, this.#redraw);
  readonly #compose = new Lazy(async () => {
    const [{ ComposeView, composeStyles }, strings] = await this.#with(import('./compose-view.js'));
    this.#host.adopt(composeStyles);
    return new ComposeView(this.#host, strings, () => this.#toggleCompose());
  }, this.#redraw);
  readonly #importBar = new Lazy(async () => {
    const [{ ImportBar }, strings] = await this.#with(import('./import-bar.js'));
    return new ImportBar(this.#host, strings);
  }, this.#redraw);
  readonly #insight = new Lazy(
    async () => {
      const [{ Insight, hintsStyles }, strings] = await this.#with(import('./insight.js'));
      this.#host.adopt(hintsStyles);
      return new Insight(strings);
    },
    () => this.#review(),
  );
  readonly #focus = new Focus();
  #root: ShadowRoot | null = null;
  #composing = false;
  #drawn: PanelTab | undefined;

  constructor(host: PanelHost, strings: FrameStrings, language: string) {
    this.#host = host;
    this.#strings = strings;
    this.#language = language;
    this.#counts = new CountsView(host, strings);
  }

  get outdated(): boolean {
    return panelLanguage(this.#host.language()) !== this.#language;
  }

  observe(): void {
    this.#insight.get()?.readOn(this.#host.log());
  }

  reset(): void {
    this.#review();
    this.#log.peek()?.reset();
  }

  /** A part with the words of all views, which the frame does not need. */
  #with<Module>(part: Promise<Module>): Promise<[Module, PanelStrings]> {
    return Promise.all([part, loadPanelStrings(this.#language)]);
  }

  #review(): void {
    // There is nothing to find in an empty log.
    const insight = this.#isEmpty ? this.#insight.peek() : this.#insight.get();
    insight?.restart(this.#host.log());
    this.#redraw();
  }

  get #isEmpty(): boolean {
    return this.#host.log().counts.total === 0;
  }

  drawn(root: ShadowRoot): void {
    const { view } = this.#host.panel;
    this.#root = root;
    if (view === 'log') this.#log.peek()?.drawn(root);
    this.#focus.restore(root);
    if (view === this.#drawn) return;
    this.#drawn = view;
    this.#counts.leave();
    // Another view begins at its top, wherever the one before was scrolled to.
    root.querySelector('.body')?.scrollTo(0, 0);
  }

  close(): void {
    this.#log.peek()?.close();
  }

  render(): TemplateResult {
    const { panel } = this.#host;
    this.#focus.remember(this.#root);
    if (!this.#isEmpty) this.observe();
    const closed = panel.collapsed && panel.placement !== 'inline';
    return html`<section
      part="base"
      class="panel"
      lang=${this.#language}
      aria-label=${this.#strings.heading}
      @dragover=${(event: Event) => event.preventDefault()}
      @drop=${this.#dropped}
    >
      ${headerTemplate(this.#host, this.#strings, {
        composing: this.#composing,
        waiting: panel.paused ? (this.#log.peek()?.waiting ?? 0) : 0,
        compose: () => this.#toggleCompose(),
        open: () => void this.#importBar.whenLoaded().then((bar) => bar?.choose()),
      })}
      ${closed ? nothing : this.#body()}
    </section>`;
  }

  #body(): TemplateResult {
    const { panel, log } = this.#host;
    const { dropped } = log();
    return html`<div part="toolbar" class="toolbar">
        ${tabsTemplate(panel, this.#strings)} ${this.#toolbar()}
      </div>
      ${(this.#host.imported() === null ? this.#importBar.peek() : this.#importBar.get())?.render() ?? nothing}
      ${this.#insight.peek()?.hints((position) => this.#goTo(position)) ?? nothing}
      ${this.#composing ? (this.#compose.get()?.render() ?? nothing) : nothing}
      <div class="body" role="tabpanel" id="body" tabindex="-1" aria-labelledby=${`tab-${panel.view}`}>
        ${this.#content()}
      </div>
      ${dropped > 0 ? html`<p class="note dropped">${this.#strings.dropped(dropped)}</p>` : nothing}`;
  }

  #toolbar(): unknown {
    const { view } = this.#host.panel;
    if (view === 'log') return this.#log.get()?.toolbar() ?? nothing;
    const turns = this.#insight.peek()?.turns ?? [];
    if (view !== 'counts' || turns.length === 0) return view === 'counts' ? this.#counts.toolbar() : nothing;
    const tell = (): void => {
      this.#host.panel.view = 'timeline';
      void this.#turns.whenLoaded().then((view) => view?.tellLatest(turns));
    };
    return html`${this.#counts.toolbar()}
      <button type="button" class="link" @click=${tell}>${this.#strings.matters.lesson}</button>`;
  }

  #content(): unknown {
    const guide = this.#isEmpty ? this.#guide.peek() : this.#guide.get();
    const { view } = this.#host.panel;
    if (view === 'counts') return this.#counts.render(guide);
    if (view === 'log') return this.#log.get()?.render(guide) ?? nothing;
    return this.#turns.get()?.render(this.#insight.peek()?.turns ?? [], guide) ?? nothing;
  }

  #goTo(position: number): void {
    this.#host.panel.view = 'log';
    void this.#log.whenLoaded().then((log) => log?.goTo(position));
  }

  #sendAgain(event: object): void {
    this.#composing = true;
    this.#focus.seek('.compose textarea');
    void this.#compose.whenLoaded().then((form) => form?.fill(event));
  }

  #toggleCompose(): void {
    this.#composing = !this.#composing;
    if (this.#composing) this.#focus.seek('.compose textarea');
    this.#redraw();
  }

  readonly #dropped = (event: DragEvent): void => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file) void this.#importBar.whenLoaded().then((bar) => bar?.open(file));
  };
}
