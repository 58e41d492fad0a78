import { html, nothing, type TemplateResult } from 'lit';
import type { LessonStep } from '../event-log/lesson.js';
import { isFailure } from '../event-log/failure.js';
import type { Guide } from '../guide/guide.js';
import type { PanelStrings } from '../localize/panel-strings.js';
import type { Masking } from './panel-host.js';
import { presentable } from './presentable.js';
import { ARROWS, sinceStart } from './wording.js';

/** What a lesson needs beside its steps. */
export interface LessonContext {
  readonly guide: Guide | undefined;
  readonly strings: PanelStrings;
  readonly masking: Masking;
  /** When it began, milliseconds since the epoch. */
  readonly start: number;
  /** Shows the event at a position. */
  goTo(position: number): void;
}

/** What happened, step by step, in words. What a page may pass over is only named, so that the rest can be read as a story. */
export function lessonTemplate(steps: readonly LessonStep[], context: LessonContext): TemplateResult {
  const groups: LessonStep[][] = [];
  for (const step of steps) {
    const before = groups.at(-1)?.at(-1);
    if (before && isPassable(before, context) && isPassable(step, context)) groups.at(-1)?.push(step);
    else groups.push([step]);
  }
  return html`<ol part="lesson" class="lesson">
    ${groups.map((group) => {
      const [step] = group;
      return step && !isPassable(step, context)
        ? stepTemplate(step, context)
        : passedTemplate(group, context);
    })}
  </ol>`;
}

function isPassable({ entry }: LessonStep, { guide }: LessonContext): boolean {
  const level = guide?.entry(entry.envelope.type)?.level;
  return (level === 'rare' || level === 'ignore') && !isFailure(entry.envelope);
}

function stepTemplate(step: LessonStep, context: LessonContext): TemplateResult {
  const { envelope } = step.entry;
  const { guide, masking, start } = context;
  const told = guide?.entry(envelope.type);
  const seen = step.count === 1 ? presentable(envelope, masking) : null;
  const words = seen ? (guide?.summary(seen.type, seen.event) ?? '') : '';
  return html`<li class=${isFailure(envelope) ? 'failure' : envelope.origin}>
    <span class="at">${sinceStart(envelope.time, start)}</span>
    <span class="arrow" aria-hidden="true">${ARROWS[envelope.origin]}</span>
    <div class="told">
      <b>${told?.title ?? envelope.type}</b>
      ${words === '' ? nothing : html`<span class="words">${words}</span>`}
      ${told ? html`<p class="meaning">${told.meaning}</p>` : nothing} ${linkTemplate(step, context)}
    </div>
  </li>`;
}

function passedTemplate(group: readonly LessonStep[], context: LessonContext): TemplateResult {
  return html`<li class="passed">
    <div class="told">
      <span>${context.strings.timeline.passed(group.length)}</span>
      ${group.map((step) => linkTemplate(step, context))}
    </div>
  </li>`;
}

function linkTemplate({ entry, count }: LessonStep, { goTo }: LessonContext): TemplateResult {
  return html`<button type="button" class="link" @click=${() => goTo(entry.position)}>
    ${entry.envelope.type}${count > 1 ? ` ×${count}` : ''}
  </button>`;
}
