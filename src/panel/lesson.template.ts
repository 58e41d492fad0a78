import { html, nothing, type TemplateResult } from 'lit';
import type { LessonStep } from '../event-log/lesson.js';
import type { Guide } from '../guide/guide.js';
import { ARROWS } from './wording.js';

/** What just happened, step by step, in words; `goTo` shows the event at a position. */
export function lessonTemplate(
  steps: readonly LessonStep[],
  guide: Guide | undefined,
  goTo: (position: number) => void,
): TemplateResult {
  return html`<ol class="lesson">
    ${steps.map(({ entry, count }) => {
      const { type, origin } = entry.envelope;
      const told = guide?.entry(type);
      return html`<li class=${origin}>
        <span class="arrow" aria-hidden="true">${ARROWS[origin]}</span>
        <span class="told">
          <b>${told?.title ?? type}</b>
          ${told ? html`<span class="meaning">${told.meaning}</span>` : nothing}
          <button type="button" class="link" @click=${() => goTo(entry.position)}>
            ${type}${count > 1 ? ` ×${count}` : ''}
          </button>
        </span>
      </li>`;
    })}
  </ol>`;
}
