import { html, nothing, type TemplateResult } from 'lit';
import { latencyOf, medianLatency, type Latency } from '../event-log/latency.js';
import { lessonSteps } from '../event-log/lesson.js';
import type { Timeline, TimelineTurn } from '../event-log/timeline.js';
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

/** The timeline: the numbers that people tune for, then the turns, the latest first, each with the lesson in it. */
export class TimelineView {
  readonly #host: PanelHost;
  readonly #strings: PanelStrings;
  readonly #goTo: (position: number) => void;
  #open = new Set<TimelineTurn | typeof OPENING>();

  /** `goTo` shows the event at a position. */
  constructor(host: PanelHost, strings: PanelStrings, goTo: (position: number) => void) {
    this.#host = host;
    this.#strings = strings;
    this.#goTo = goTo;
  }

  render({ turns }: Timeline, guide: Guide | undefined): TemplateResult {
    const { timeline } = this.#strings;
    const log = this.#host.log();
    const now = log.at(log.end - 1)?.envelope.time ?? 0;
    const [first] = turns;
    const shown = turns.slice(-MOST_TURNS).toReversed();
    return html`<div part="timeline" class="timeline">
      ${first ? this.#mediansTemplate(turns) : html`<p part="empty" class="empty">${timeline.empty}</p>`}
      ${shown.map((turn) => this.#turnTemplate(turn, this.#endOf(turn, turns), now, guide))}
      ${
        first && first.position > log.start
          ? html`<section class="turn">
              ${this.#lessonTemplate(OPENING, timeline.opening, first.source, log.start, first.position, guide)}
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
      ${this.#lessonTemplate(turn, timeline.lesson, turn.source, turn.position, to, guide)}
    </section>`;
  }

  #lessonTemplate(
    key: TimelineTurn | typeof OPENING,
    title: string,
    source: number,
    from: number,
    to: number,
    guide: Guide | undefined,
  ): TemplateResult {
    const open = this.#open.has(key);
    return html`<details
      class="lesson-box"
      ?open=${open}
      @toggle=${(event: Event) => this.#toggled(key, event)}
    >
      <summary>${title}</summary>
      ${open ? lessonTemplate(lessonSteps(this.#host.log(), source, from, to), guide, this.#goTo) : nothing}
    </details>`;
  }

  #toggled(key: TimelineTurn | typeof OPENING, event: Event): void {
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
