import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Lane, Span, TimelineTurn } from '../event-log/timeline.js';
import type { PanelStrings } from '../localize/panel-strings.js';

/** From the visitor to the tools. */
export const LANES: readonly Lane[] = ['user', 'generation', 'audio', 'tools'];

/** What the width of a lane stands for, in milliseconds; what still lasts is drawn up to `now`. */
export interface Scale {
  readonly start: number;
  readonly length: number;
  readonly now: number;
}

/** One lane of a turn. */
export function laneTemplate(
  lane: Lane,
  turn: TimelineTurn,
  scale: Scale,
  strings: PanelStrings,
): TemplateResult {
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

function spanTemplate(span: Span, scale: Scale, strings: PanelStrings): unknown {
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
  ><title>${describe(span, scale, strings)}</title></rect>`;
}

function markTemplate(time: number, scale: Scale): unknown {
  const x = `${(100 * (time - scale.start)) / scale.length}%`;
  return svg`<line class="mark" x1=${x} x2=${x} y1="0" y2="100%" />`;
}

function describe(span: Span, { start, now }: Scale, strings: PanelStrings): string {
  const range = `${strings.duration(span.start - start)} – ${strings.duration((span.end ?? now) - start)}`;
  return [span.name, range, span.cut ? strings.timeline.cut : ''].filter(Boolean).join(' · ');
}
