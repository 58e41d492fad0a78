import { noChange, type PropertyDeclarations } from 'lit';
import type { LogFormat } from '../event-log/write-log.js';
import { Ear } from '../panel/ear.js';
import type { PanelEngine, TypeRate } from '../panel/panel-engine.js';
import type { Panel } from '../panel/panel-host.js';
import type { Envelope } from '../protocol/envelope.js';
import { attributesOf, flag, ForgivingElement } from './attributes.js';
import { defineElement, VERSION } from './define-element.js';

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
export class RealtimeEventPanelElement extends ForgivingElement implements Panel {
  /** The version of the package. */
  static readonly version = VERSION;
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
    redact: { attribute: false },
  };

  /** Id of the element to watch, in the same tree. Without it, whatever reaches the root of that tree is shown. */
  declare for: string | undefined;
  /** What is shown. */
  declare view: 'counts' | 'log' | 'timeline';
  /** Whose events the log shows. */
  declare direction: 'all' | 'server' | 'client';
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
   * one whose content may not be seen and which is not exported.
   */
  declare redact: ((entry: Envelope) => Envelope | null) | undefined;

  readonly #ear = new Ear();
  readonly #internals = this.attachInternals();
  #engine: PanelEngine | undefined;
  #loading: Promise<PanelEngine> | undefined;
  #root: Node | undefined;

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
  }

  /** How often each type came from each side, in the order in which they were first seen, with events per second. */
  get counts(): readonly TypeRate[] {
    return this.#engine?.counts ?? tally(this.entries);
  }

  /** The events that are kept, oldest first, as they came: nothing is masked. */
  get entries(): readonly Envelope[] {
    return this.#engine?.entries ?? this.#ear.waiting.map(({ envelope }) => envelope);
  }

  /** Number of events since the last `clear()`. */
  get total(): number {
    return this.#engine?.total ?? this.#ear.waiting.length;
  }

  /** How many of them are no longer kept in full. */
  get dropped(): number {
    return this.#engine?.dropped ?? 0;
  }

  /** Forgets all events and counts. */
  clear(): void {
    this.#ear.forget();
    this.#engine?.clear();
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
    const release = this.#ear.attach(target);
    const stop = new AbortController();
    const meet = (engine: PanelEngine): void => {
      if (!stop.signal.aborted) engine.meet(target, stop.signal);
    };
    if (this.#engine) meet(this.#engine);
    else void this.#load().then(meet, warn);
    return () => {
      stop.abort();
      release();
    };
  }

  /**
   * The events as text: JSON Lines (`jsonl`), or one JSON document (`json`). Secrets, instructions, network addresses, audio
   * and images are masked; what was said only with `redact-text`.
   */
  async export(format: LogFormat = 'jsonl'): Promise<string> {
    return (await this.#load()).export(format);
  }

  /** Saves the events as a file of JSON Lines, masked like {@link export}. */
  async download(): Promise<void> {
    return (await this.#load()).download();
  }

  /**
   * Shows an exported log, or a bare list of server events, in place of the live one, which goes on counting behind it.
   * A file has an end, so up to 500,000 of its events are kept whatever `max-events` says. Rejects with a `LogError` that names the line.
   */
  async import(source: string | Blob): Promise<void> {
    return (await this.#load()).import(source);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#engine) return;
    this.#root = this.getRootNode();
    this.#root.addEventListener('realtime-event', this.#hear, true);
    void this.#load().catch(warn);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#root?.removeEventListener('realtime-event', this.#hear, true);
  }

  protected override async getUpdateComplete(): Promise<boolean> {
    await this.#loading?.catch(() => {});
    return super.getUpdateComplete();
  }

  protected override render(): unknown {
    return this.#engine?.render() ?? noChange;
  }

  /** Before the engine follows the element that this is for, all that passes the root is looked at. */
  readonly #hear = (event: Event): void => {
    const id = this.for;
    const passes = (target: EventTarget): boolean => target instanceof Element && target.id === id;
    if (!id || event.composedPath().some(passes)) this.#ear.hear(event);
  };

  /** What does the work, loaded when the element is used; tried again when it is asked for after a failure. */
  #load(): Promise<PanelEngine> {
    this.#loading ??= import('../panel/panel-engine.js').then(
      ({ PanelEngine: Engine }) => {
        this.#root?.removeEventListener('realtime-event', this.#hear, true);
        this.#engine = new Engine({ element: this, ear: this.#ear, states: this.#internals.states });
        this.requestUpdate();
        return this.#engine;
      },
      (error: unknown) => {
        this.#loading = undefined;
        // Nobody would ever come for what is heard now.
        this.#root?.removeEventListener('realtime-event', this.#hear, true);
        this.#ear.forget();
        throw error;
      },
    );
    return this.#loading;
  }
}

/** Counts what was heard before the engine was there, which is moments ago. */
function tally(entries: readonly Envelope[]): readonly TypeRate[] {
  const counts = new Map<string, TypeRate>();
  for (const { origin, type, time } of entries) {
    const key = `${origin} ${type}`;
    const { count = 0, first = time } = counts.get(key) ?? {};
    counts.set(key, { origin, type, count: count + 1, first, last: time, rate: 0 });
  }
  return [...counts.values()];
}

function warn(error: unknown): void {
  console.warn('[realtime-voice] <realtime-event-panel> could not be loaded.', error);
}
