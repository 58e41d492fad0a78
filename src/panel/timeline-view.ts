import { html, nothing, type TemplateResult } from 'lit';
import { latencyOf, medianLatency, type Latency } from '../event-log/latency.js';
import { lessonSteps } from '../event-log/lesson.js';
import type { TimelineTurn } from '../event-log/timeline.js';
import type { Guide } from '../guide/guide.js';
import type { PanelStrings } from '../localize/panel-strings.js';
import { LANES, laneTemplate, type Scale } from './lane.template.js';
import { lessonTemplate } from './lesson.template.js';
import type { PanelHost } from './panel-host.js';

export { timelineStyles } from './timeline.styles.js';

/** Turns in the document; older ones still count in the medians. */
const MOST_TURNS = 20;
const NUMBERS: readonly (keyof Latency)[] = ['firstText', 'firstAudio', 'end', 'bargeIn'];
/** Stands for what came before the first turn. */
const OPENING = 'opening';

type Told = TimelineTurn | typeof OPENING;

/** A part of one call, from one position in the log up to another. */
interface Chapter {
  readonly title: string;
  readonly source: number;
  readonly from: number;
  readonly to: number;
}

/** The timeline: the numbers that people tune for, then the turns, the latest first, each with the lesson in it. */
export class TimelineView {
  readonly #host: PanelHost;
  readonly #strings: PanelStrings;
  readonly #goTo: (position: number) => void;
  #open = new Set<Told>();
  #begun = false;

  /** `goTo` shows the event at a position. */
  constructor(host: PanelHost, strings: PanelStrings, goTo: (position: number) => void) {
    this.#host = host;
    this.#strings = strings;
    this.#goTo = goTo;
  }

  /** Tells the latest turn as a lesson, which the first one that somebody sees is anyway. */
  tellLatest(turns: readonly TimelineTurn[]): void {
    const latest = turns.at(-1);
    if (latest) this.#open.add(latest);
    this.#begun ||= latest !== undefined;
  }

  render(turns: readonly TimelineTurn[], guide: Guide | undefined): TemplateResult {
    const { timeline } = this.#strings;
    const log = this.#host.log();
    const now = log.at(log.end - 1)?.envelope.time ?? 0;
    const [first] = turns;
    if (!this.#begun) this.tellLatest(turns);
    const shown = turns.slice(-MOST_TURNS).toReversed();
    return html`<div part="timeline" class="timeline">
      ${first ? this.#mediansTemplate(turns) : html`<p part="empty" class="empty">${timeline.empty}</p>`}
      ${shown.map((turn) => this.#turnTemplate(turn, this.#endOf(turn, turns), now, guide))}
      ${
        first && first.position > log.start
          ? html`<section class="turn">
              ${this.#lessonTemplate(OPENING, { title: timeline.opening, source: first.source, from: log.start, to: first.position }, guide)}
            </section>`
          : nothing
      }
    </div>`;
  }

  #mediansTemplate(turns: readonly TimelineTurn[]): TemplateResult {
    const medians = medianLatency(turns);
    const { timeline, duration } = this.#strings;
    return html`<p class="basis">${timeline.basis(turns.length)}</p>
      <dl class="medians">
        ${NUMBERS.map(
          (name) =>
            html`<div class="median">
              <dt>${timeline.numbers[name]}</dt>
              <dd>${duration(medians[name])}</dd>
            </div>`,
        )}
      </dl>`;
  }

  #turnTemplate(turn: TimelineTurn, to: number, now: number, guide: Guide | undefined): TemplateResult {
    const { timeline, call, duration } = this.#strings;
    const latency = latencyOf(turn);
    const end = Math.max(turn.start + 1, ...turn.spans.map((span) => span.end ?? now));
    const scale: Scale = { start: turn.start, length: end - turn.start, now };
    const facts = NUMBERS.filter((name) => latency[name] !== null);
    return html`<section class="turn">
      <h3 class="turn-title">
        ${turn.source > 1 ? `${call(turn.source)} · ` : ''}${timeline.turn(turn.number)}
        ${facts.map(
          (name) =>
            html`<span class="fact">${timeline.numbers[name]} <b>${duration(latency[name])}</b></span>`,
        )}
      </h3>
      ${LANES.map((lane) => laneTemplate(lane, turn, scale, this.#strings))}
      <p class="scale" aria-hidden="true"><span>0</span><span>${duration(scale.length)}</span></p>
      ${this.#lessonTemplate(turn, { title: timeline.lesson, source: turn.source, from: turn.position, to }, guide)}
    </section>`;
  }

  #lessonTemplate(key: Told, { title, source, from, to }: Chapter, guide: Guide | undefined): TemplateResult {
    const open = this.#open.has(key);
    const log = this.#host.log();
    const context = {
      guide,
      strings: this.#strings,
      masking: this.#host.panel,
      start: log.at(Math.max(from, log.start))?.envelope.time ?? 0,
      goTo: this.#goTo,
    };
    return html`<details
      class="lesson-box"
      ?open=${open}
      @toggle=${(event: Event) => this.#toggled(key, event)}
    >
      <summary>${title}</summary>
      ${open ? lessonTemplate(lessonSteps(log, source, from, to), context) : nothing}
    </details>`;
  }

  #toggled(key: Told, event: Event): void {
    if (!(event.currentTarget instanceof HTMLDetailsElement)) return;
    const { open } = event.currentTarget;
    if (open === this.#open.has(key)) return;
    if (open) this.#open.add(key);
    else this.#open.delete(key);
    this.#host.panel.requestUpdate();
  }

  /** A turn goes on until the next one of the same call begins. */
  #endOf(turn: TimelineTurn, turns: readonly TimelineTurn[]): number {
    const next = turns.find(({ source, number }) => source === turn.source && number === turn.number + 1);
    return next?.position ?? this.#host.log().end;
  }
}
