import { adoptStyles, type CSSResult, type ReactiveController, type ReactiveControllerHost } from 'lit';
import { ShownController } from '../controllers/shown-controller.js';
import { TargetController } from '../controllers/target-controller.js';
import { EventLog } from '../event-log/event-log.js';
import { RATE_SECONDS, type TypeCount } from '../event-log/type-counts.js';
import type { LogFormat } from '../event-log/write-log.js';
import { languageOf, watchLanguages } from '../localize/language.js';
import type { Envelope } from '../protocol/envelope.js';
import type { Ear } from './ear.js';
import { hostStyles } from './host.styles.js';
import { isLocalPage } from './local-page.js';
import { Pace } from './pace.js';
import type { Panel, PanelView } from './panel-host.js';
import { Sources } from './sources.js';

/** The element, as far as the engine needs it. */
export interface PanelElement extends Panel, ReactiveControllerHost, HTMLElement {
  readonly for: string | undefined;
  readonly maxEvents: number;
  readonly when: 'always' | 'localhost';
}

/** What the element lends to its engine. */
export interface PanelSeat {
  readonly element: PanelElement;
  readonly ear: Ear;
  readonly states: CustomStateSet;
}

/** A type, how often it came, and its events per second. */
export type TypeRate = TypeCount & { readonly rate: number };

/**
 * What a panel does once it is used, loaded when its tag is: it counts and keeps what is heard, follows the element that
 * it is for, and draws while somebody can see it. The view itself is loaded when that is so for the first time.
 */
export class PanelEngine implements ReactiveController {
  readonly #seat: PanelSeat;
  readonly #element: PanelElement;
  readonly #log = new EventLog(1_000);
  #imported: { readonly name: string; readonly log: EventLog } | null = null;
  readonly #sources: Sources;
  readonly #pace: Pace;
  readonly #shown: ShownController;
  readonly #styles = new Set([hostStyles]);
  #languages: MutationObserver | undefined;
  #view: PanelView | undefined;
  #loading = false;

  constructor(seat: PanelSeat) {
    const { element } = seat;
    this.#seat = seat;
    this.#element = element;
    this.#pace = new Pace(() => element.requestUpdate());
    this.hostUpdate();
    this.#shown = new ShownController(element, () => this.#show());
    this.#sources = new Sources(seat.ear, (envelope, source) => this.#record(envelope, source));
    element.addController(
      new TargetController(
        element,
        () => element.for,
        (target) => this.#sources.listen(target),
      ),
    );
    element.addController(this);
  }

  get counts(): readonly TypeRate[] {
    const { counts } = this.#shownLog;
    return counts.all().map((tally) => {
      const { origin, type, count, first, last } = tally;
      return { origin, type, count, first, last, rate: counts.rate(tally, Date.now()) };
    });
  }

  get entries(): readonly Envelope[] {
    return this.#shownLog.entries().map(({ envelope }) => envelope);
  }

  get total(): number {
    return this.#shownLog.counts.total;
  }

  get dropped(): number {
    return this.#shownLog.dropped;
  }

  clear(): void {
    this.#shownLog.clear();
    this.#changed();
  }

  /** Reads the log of a target that the ear listens to. */
  meet(target: EventTarget, signal: AbortSignal): void {
    this.#sources.meet(target, signal);
  }

  async export(format: LogFormat): Promise<string> {
    const { exportLog } = await import('./export-log.js');
    return exportLog(this.entries, this.#element, format);
  }

  async download(): Promise<void> {
    const { saveFile } = await import('./export-log.js');
    saveFile(await this.export('jsonl'));
  }

  async import(source: string | Blob): Promise<void> {
    const { openLog } = await import('../event-log/open-log.js');
    const envelopes = openLog(typeof source === 'string' ? source : await source.text());
    const log = new EventLog(envelopes.length);
    for (const envelope of envelopes) log.add(envelope);
    this.#imported = { name: source instanceof File ? source.name : '', log };
    this.#changed();
  }

  /** What to draw; `undefined` while there is nobody to see it. */
  render(): unknown {
    return this.#shown.shown ? this.#view?.render() : undefined;
  }

  hostConnected(): void {
    this.#adopt();
    this.#languages = watchLanguages(this.#element, () => this.#translate());
    this.#translate();
  }

  hostDisconnected(): void {
    this.#languages?.disconnect();
    this.#pace.cancel();
    this.#view?.close();
  }

  hostUpdate(): void {
    const { when, maxEvents } = this.#element;
    this.#log.capacity = maxEvents;
    if (when === 'localhost' && !isLocalPage(location)) this.#seat.states.add('off');
    else this.#seat.states.delete('off');
  }

  hostUpdated(): void {
    const { shadowRoot } = this.#element;
    if (!this.#view || !shadowRoot || !this.#shown.shown) return;
    this.#view.drawn(shadowRoot);
    // Rates fade after the last event; when they have, nothing is left to draw.
    const latest = this.#log.at(this.#log.end - 1)?.envelope.time ?? 0;
    if (this.#isOpen && Date.now() - latest < (RATE_SECONDS + 1) * 1_000) this.#pace.ask(1_000);
  }

  get #shownLog(): EventLog {
    return this.#imported?.log ?? this.#log;
  }

  /** Adds to the look of the element. */
  #adopt(...styles: readonly CSSResult[]): void {
    for (const one of styles) this.#styles.add(one);
    const { shadowRoot } = this.#element;
    if (shadowRoot) adoptStyles(shadowRoot, [...this.#styles]);
  }

  #closeImport(): void {
    this.#imported = null;
    this.#changed();
  }

  #record(envelope: Envelope, source: number): void {
    this.#log.add(envelope, source);
    if (this.#imported || !this.#isOpen) return;
    // Each drawing reads what came since the one before: only a flood must be read before it is forgotten.
    if (this.#log.end % this.#log.capacity === 0) this.#view?.observe();
    this.#pace.ask();
  }

  /** Somebody sees more of it than its heading. */
  get #isOpen(): boolean {
    const { collapsed, placement } = this.#element;
    return this.#shown.shown && !(collapsed && placement !== 'inline');
  }

  #changed(): void {
    this.#view?.reset();
    this.#element.requestUpdate();
  }

  /** Somebody can see the panel, or no longer can. */
  #show(): void {
    if (!this.#shown.shown) {
      this.#pace.cancel();
    } else if (this.#view) {
      this.#element.requestUpdate();
    } else {
      void this.#load();
    }
  }

  /** Opens the view anew, in the language that the page speaks by now. Until that is there the old one stays. */
  #translate(): void {
    if (this.#view?.outdated) void this.#load();
  }

  async #load(): Promise<void> {
    if (this.#loading) return;
    this.#loading = true;
    try {
      const { openView, viewStyles } = await import('./view.js');
      const view = await openView({
        panel: this.#element,
        sources: this.#sources,
        language: () => languageOf(this.#element),
        log: () => this.#shownLog,
        imported: () => this.#imported?.name ?? null,
        closeImport: () => this.#closeImport(),
        adopt: (...styles) => this.#adopt(...styles),
      });
      this.#adopt(...viewStyles);
      this.#view?.close();
      this.#view = view;
      this.#loading = false;
      this.#changed();
      // Meanwhile the page may speak another language.
      this.#translate();
    } catch (error) {
      console.warn('[realtime-voice] The view of <realtime-event-panel> could not be loaded.', error);
      this.#loading = false;
    }
  }
}
