import { LitElement, adoptStyles, noChange, type CSSResult, type PropertyDeclarations } from 'lit';
import { ShownController } from '../controllers/shown-controller.js';
import { TargetController } from '../controllers/target-controller.js';
import { EventLog } from '../event-log/event-log.js';
import type { Direction } from '../event-log/filter.js';
import { RATE_SECONDS, type TypeCount } from '../event-log/type-counts.js';
import type { LogFormat } from '../event-log/write-log.js';
import { languageOf } from '../localize/language.js';
import { Pace } from '../panel/pace.js';
import type { Panel, PanelTab, PanelView } from '../panel/panel-host.js';
import { Sources } from '../panel/sources.js';
import type { Envelope } from '../protocol/envelope.js';
import { attributesOf, flag } from './attributes.js';
import { defineElement } from './define-element.js';
import { isLocalPage } from './local-page.js';
import { hostStyles } from './realtime-event-panel.styles.js';

const { amount, oneOf } = attributesOf('realtime-event-panel');

const VIEWS = ['counts', 'log', 'timeline'] as const;
const DIRECTIONS = ['all', 'server', 'client'] as const;
const PLACEMENTS = ['inline', 'top-end', 'bottom-end'] as const;
const WHEN = ['always', 'localhost'] as const;

/**
 * Shows the events of a realtime session: how many of each type, the log, the timeline, and what they mean.
 *
 * It only listens: without a panel a call runs the same. It asks nothing of the element that it watches but the
 * `realtime-event`s that it dispatches, and uses its `log` and its `send()` when there are any. What shows the events is
 * loaded when somebody can see the panel; until then, and while it is hidden, it counts.
 *
 * @summary A panel that counts, lists and explains the events of a realtime session.
 * @tag realtime-event-panel
 *
 * @csspart base - The panel.
 * @csspart header - The line with the heading, the number of events and the buttons.
 * @csspart heading - The heading.
 * @csspart total - The number of events.
 * @csspart toolbar - The line with the views and the filter.
 * @csspart view-button - A button that chooses a view.
 * @csspart filter-input - The field for the filter.
 * @csspart clear-button - The button that forgets all events.
 * @csspart pause-button - The button that holds the log still.
 * @csspart export-button - The button that saves the log.
 * @csspart counts - The table of counts.
 * @csspart count-row - A row of it: one type of event from one side.
 * @csspart count-type - The type in a row of counts.
 * @csspart matters - How much the type in a row of counts matters to a page.
 * @csspart matters-button - The button that leaves out of the counts what matters little.
 * @csspart count-value - The number in a row of counts.
 * @csspart count-bar - The bar that shows the share.
 * @csspart log - The list of events.
 * @csspart row - A row of the log; also `row-server`, `row-client`, `row-local` and `row-error`.
 * @csspart direction - Arrow and word for the side an event came from.
 * @csspart type - The type of an event.
 * @csspart summary - What happened, in one line.
 * @csspart time - When it happened.
 * @csspart repeat - The number of events in a folded row.
 * @csspart detail - What is known of the chosen event.
 * @csspart guide - What such an event means.
 * @csspart payload - The content of the event as a tree.
 * @csspart hint - A mistake that the events give away.
 * @csspart timeline - The turns of the conversation.
 * @csspart lane - A lane of a turn: user speech, generation, audio or tools.
 * @csspart span - A stretch of time in a lane.
 * @csspart lesson - What happened in a turn, step by step.
 * @csspart empty - The sentence shown while there is nothing to show.
 *
 * @cssprop [--realtime-accent] - Colour of buttons, bars and links.
 * @cssprop [--realtime-surface] - Background.
 * @cssprop [--realtime-text] - Colour of text.
 * @cssprop [--realtime-muted] - Colour of less important text.
 * @cssprop [--realtime-border] - Colour of lines.
 * @cssprop [--realtime-danger] - Colour of errors.
 * @cssprop [--realtime-radius] - Roundness of corners.
 * @cssprop [--realtime-font] - Font family.
 * @cssprop [--realtime-gap] - Space between parts.
 * @cssprop [--realtime-z-index] - Level of a panel that lies over the page.
 *
 * @cssState off - Nothing is shown, since the panel is not meant for this page; see `when`.
 */
export class RealtimeEventPanelElement extends LitElement implements Panel {
  static override properties: PropertyDeclarations = {
    for: { attribute: 'for', reflect: true },
    view: { attribute: 'view', reflect: true, useDefault: true, converter: oneOf('view', VIEWS, 'counts') },
    direction: {
      attribute: 'direction',
      reflect: true,
      useDefault: true,
      converter: oneOf('direction', DIRECTIONS, 'all'),
    },
    filter: { attribute: 'filter', reflect: true },
    maxEvents: {
      attribute: 'max-events',
      reflect: true,
      useDefault: true,
      converter: amount('max-events', 1_000),
    },
    paused: { attribute: 'paused', reflect: true, converter: flag },
    redactText: { attribute: 'redact-text', reflect: true, converter: flag },
    placement: {
      attribute: 'placement',
      reflect: true,
      useDefault: true,
      converter: oneOf('placement', PLACEMENTS, 'inline'),
    },
    collapsed: { attribute: 'collapsed', reflect: true, converter: flag },
    when: { attribute: 'when', reflect: true, useDefault: true, converter: oneOf('when', WHEN, 'always') },
  };

  static override styles = hostStyles;

  /** Id of the element to watch, in the same tree. Without it, whatever reaches the root of that tree is shown. */
  declare for: string | undefined;
  /** What is shown. */
  declare view: PanelTab;
  /** Whose events the log shows. */
  declare direction: Direction;
  /** Words that the events in the log must contain, in their type or payload; `type:…`, `is:error` and `-word` work too. */
  declare filter: string | undefined;
  /** How many events of a live call are kept in full, at most 500,000. Counts stay exact beyond it. */
  declare maxEvents: number;
  /** Holds the log still. Counting goes on, and `resume()` shows what came meanwhile. */
  declare paused: boolean;
  /** Masks what was said as well, in the panel and in exports. */
  declare redactText: boolean;
  /** Where the panel is: in the text of the page, or fixed in a corner of it. */
  declare placement: 'inline' | 'top-end' | 'bottom-end';
  /** Only the heading is shown; for panels in a corner. */
  declare collapsed: boolean;
  /** On which pages the panel shows itself. */
  declare when: 'always' | 'localhost';

  /**
   * The page's own redaction, before the built-in one: returns the event as it may be seen and exported, or `null` for
   * one that may not.
   */
  redact: ((entry: Envelope) => Envelope | null) | undefined;

  readonly #log = new EventLog(1_000);
  #imported: { readonly name: string; readonly log: EventLog } | null = null;
  readonly #sources = new Sources((envelope, source) => this.#record(envelope, source));
  readonly #pace = new Pace(() => this.requestUpdate());
  readonly #internals = this.attachInternals();
  #shownController = new ShownController(this, () => this.#show());
  readonly #styles = [hostStyles];
  #view: PanelView | undefined;
  #loading = false;

  /** Registers the element. Without a registry (on a server) nothing happens; a tag that is taken stays as it is. */
  static define(tag = 'realtime-event-panel', registry?: CustomElementRegistry): void {
    defineElement(tag, this, registry);
  }

  constructor() {
    super();
    this.view = 'counts';
    this.direction = 'all';
    this.maxEvents = 1_000;
    this.paused = false;
    this.redactText = false;
    this.placement = 'inline';
    this.collapsed = false;
    this.when = 'always';
    const target = new TargetController(
      this,
      () => this.for,
      (found) => this.#sources.listen(found),
    );
    this.addController(target);
  }

  /** How often each type came from each side, in the order in which they were first seen, with events per second. */
  get counts(): readonly (TypeCount & { readonly rate: number })[] {
    const { counts } = this.#shownLog;
    return counts.all().map((tally) => {
      const { origin, type, count, first, last } = tally;
      return { origin, type, count, first, last, rate: counts.rate(tally, Date.now()) };
    });
  }

  /** The events that are kept, oldest first, as they came: nothing is masked. */
  get entries(): readonly Envelope[] {
    return this.#shownLog.entries().map(({ envelope }) => envelope);
  }

  /** Number of events since the last `clear()`. */
  get total(): number {
    return this.#shownLog.counts.total;
  }

  /** How many of them are no longer kept in full. */
  get dropped(): number {
    return this.#shownLog.dropped;
  }

  /** Forgets all events and counts. */
  clear(): void {
    this.#shownLog.clear();
    this.#changed();
  }

  /** Holds the log still. */
  pause(): void {
    this.paused = true;
  }

  /** Lets the log go on. */
  resume(): void {
    this.paused = false;
  }

  /**
   * Watches any app: a data channel or a WebSocket in both directions, or a target of `realtime-event`. Returns what
   * ends it.
   */
  attach(target: RTCDataChannel | WebSocket | EventTarget): () => void {
    return this.#sources.attach(target);
  }

  /** The events as text: JSON Lines, or one JSON document. Secrets, instructions, audio and images are masked. */
  async export(format: LogFormat = 'jsonl'): Promise<string> {
    const { exportLog } = await import('../panel/export-log.js');
    return exportLog(this.entries, this, format);
  }

  /** Saves the events as a file of JSON Lines, masked like {@link export}. */
  async download(): Promise<void> {
    const { saveFile } = await import('../panel/export-log.js');
    saveFile(await this.export());
  }

  /**
   * Shows an exported log, or a bare list of server events, in place of the live one, which goes on counting behind it.
   * A file has an end, so up to 500,000 of its events are kept whatever `max-events` says. Rejects with a `LogError` that names the line.
   */
  async import(source: string | Blob): Promise<void> {
    const { openLog } = await import('../event-log/open-log.js');
    const envelopes = openLog(typeof source === 'string' ? source : await source.text());
    const log = new EventLog(envelopes.length);
    for (const envelope of envelopes) log.add(envelope);
    this.#imported = { name: source instanceof File ? source.name : '', log };
    this.#changed();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#pace.cancel();
    this.#view?.close();
  }

  protected override willUpdate(): void {
    this.#log.capacity = this.maxEvents;
  }

  protected override render(): unknown {
    return this.#view && this.#shownController.shown ? this.#view.render() : noChange;
  }

  protected override updated(): void {
    const off = this.when === 'localhost' && !isLocalPage(location);
    if (off) this.#internals.states.add('off');
    else this.#internals.states.delete('off');
    if (!this.#view || !this.#shownController.shown) return;
    this.#view.drawn(this.renderRoot);
    // Rates fade after the last event; when they have, nothing is left to draw.
    const latest = this.#log.at(this.#log.end - 1)?.envelope.time ?? 0;
    if (Date.now() - latest < (RATE_SECONDS + 1) * 1_000) this.#pace.ask(1_000);
  }

  get #shownLog(): EventLog {
    return this.#imported?.log ?? this.#log;
  }

  #closeImport(): void {
    this.#imported = null;
    this.#changed();
  }

  #record(envelope: Envelope, source: number): void {
    const entry = this.#log.add(envelope, source);
    if (this.#imported) return;
    this.#view?.observe(entry);
    if (this.#shownController.shown) this.#pace.ask();
  }

  #changed(): void {
    this.#view?.reset();
    this.requestUpdate();
  }

  /** Somebody can see the panel, or no longer can. */
  #show(): void {
    if (!this.#shownController.shown) {
      this.#pace.cancel();
    } else if (this.#view) {
      this.requestUpdate();
    } else if (!this.#loading) {
      this.#loading = true;
      void this.#load();
    }
  }

  #adopt(...styles: readonly CSSResult[]): void {
    this.#styles.push(...styles);
    if (this.renderRoot instanceof ShadowRoot) adoptStyles(this.renderRoot, this.#styles);
  }

  async #load(): Promise<void> {
    try {
      const { openView, viewStyles } = await import('../panel/view.js');
      const view = await openView({
        panel: this,
        sources: this.#sources,
        language: () => languageOf(this),
        log: () => this.#shownLog,
        imported: () => this.#imported?.name ?? null,
        closeImport: () => this.#closeImport(),
        adopt: (...styles) => this.#adopt(...styles),
      });
      this.#adopt(...viewStyles);
      this.#view = view;
      this.#changed();
    } catch (error) {
      console.warn('[realtime-voice] The view of <realtime-event-panel> could not be loaded.', error);
      this.#loading = false;
    }
  }
}
