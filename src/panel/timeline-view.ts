import { html, nothing, svg, type TemplateResult } from 'lit';
import { latencyOf, medianLatency, type Latency } from '../event-log/latency.js';
import type { Lane, Span, Timeline, TimelineTurn } from '../event-log/timeline.js';
import type { PanelStrings } from '../localize/panel-strings.js';

export { timelineStyles } from './timeline.styles.js';

/** Turns in the document; older ones still count in the medians. */
const MOST_TURNS = 20;
const LANES: readonly Lane[] = ['user', 'generation', 'audio', 'tools'];
const NUMBERS: readonly (keyof Latency)[] = ['firstText', 'firstAudio', 'end', 'bargeIn'];

/** The timeline: the numbers that people tune for, then the turns, the latest first. `now` is where time stands in the log. */
export function timelineTemplate(timeline: Timeline, now: number, strings: PanelStrings): TemplateResult {
  const { turns } = timeline;
  if (turns.length === 0) return html`<p part="empty" class="empty">${strings.timeline.empty}</p>`;
  const medians = medianLatency(turns);
  return html`<div part="timeline" class="timeline">
    <p class="basis">${strings.timeline.basis(turns.length)}</p>
    <dl class="medians">
      ${NUMBERS.map(
        (name) =>
          html`<div class="median">
            <dt>${strings.timeline.numbers[name]}</dt>
            <dd>${strings.duration(medians[name])}</dd>
          </div>`,
      )}
    </dl>
    ${turns
      .slice(-MOST_TURNS)
      .toReversed()
      .map((turn) => turnTemplate(turn, now, strings))}
  </div>`;
}

function turnTemplate(turn: TimelineTurn, now: number, strings: PanelStrings): TemplateResult {
  const latency = latencyOf(turn);
  const end = Math.max(turn.start + 1, ...turn.spans.map((span) => span.end ?? now));
  const scale: Scale = { start: turn.start, length: end - turn.start, now };
  const facts = NUMBERS.filter((name) => latency[name] !== null && name !== 'end');
  return html`<section class="turn">
    <h3 class="turn-title">
      ${turn.source > 1 ? `${strings.call(turn.source)} · ` : ''}${strings.timeline.turn(turn.number)}
      ${facts.map((name) => html`<span class="fact">${strings.timeline.numbers[name]} <b>${strings.duration(latency[name])}</b></span>`)}
    </h3>
    ${LANES.map((lane) => laneTemplate(lane, turn, scale, strings))}
    <p class="scale" aria-hidden="true"><span>0</span><span>${strings.duration(scale.length)}</span></p>
  </section>`;
}

interface Scale {
  readonly start: number;
  readonly length: number;
  readonly now: number;
}

function laneTemplate(lane: Lane, turn: TimelineTurn, scale: Scale, strings: PanelStrings): TemplateResult {
  const spans = turn.spans.filter((span) => span.lane === lane);
  const described = spans.map((span) => describe(span, scale, strings)).join(', ');
  return html`<div part="lane" class=${`lane lane-${lane}`}>
    <span class="lane-name">${strings.timeline.lanes[lane]}</span>
    <svg class="track" role="img" aria-label=${described || strings.timeline.nothing}>
      ${spans.map((span) => spanTemplate(span, scale, strings))}
      ${lane === 'user' && turn.spoke !== null ? markTemplate(turn.spoke, scale) : nothing}
    </svg>
  </div>`;
}

function spanTemplate(span: Span, scale: Scale, strings: PanelStrings): TemplateResult {
  const x = (100 * (span.start - scale.start)) / scale.length;
  const width = (100 * ((span.end ?? scale.now) - span.start)) / scale.length;
  return svg`<rect
    part="span"
    class=${span.cut ? 'span cut' : 'span'}
    x=${`${x}%`}
    width=${`${Math.max(0.6, width)}%`}
    y="15%"
    height="70%"
    rx="3"
  ><title>${describe(span, scale, strings)}</title></rect>` as unknown as TemplateResult;
}

function markTemplate(time: number, scale: Scale): TemplateResult {
  const x = `${(100 * (time - scale.start)) / scale.length}%`;
  return svg`<line class="mark" x1=${x} x2=${x} y1="0" y2="100%" />` as unknown as TemplateResult;
}

function describe(span: Span, { start, now }: Scale, strings: PanelStrings): string {
  const range = `${strings.duration(span.start - start)} – ${strings.duration((span.end ?? now) - start)}`;
  return [span.name, range, span.cut ? strings.timeline.cut : ''].filter(Boolean).join(' · ');
}
