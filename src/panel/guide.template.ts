import { html, nothing, type TemplateResult } from 'lit';
import type { PanelStrings } from '../localize/panel-strings.js';
import type { GuideEntry } from '../guide/guide.js';

/** What an event means, for the chosen row. */
export function guideTemplate(
  entry: GuideEntry | undefined,
  strings: PanelStrings,
  type: string,
): TemplateResult {
  if (!entry) return html`<p part="guide" class="guide">${strings.guide.unknown(type)}</p>`;
  const types = (list: readonly string[]): TemplateResult[] =>
    list.map((name) => html`<code>${name}</code> `);
  return html`<div part="guide" class="guide">
    <p class="guide-title">${entry.title}</p>
    <p>${entry.meaning}</p>
    <p>${entry.matters}</p>
    <dl>
      <dt>${strings.guide.when}</dt>
      <dd>${entry.when}</dd>
      <dt>${strings.guide.page}</dt>
      <dd>${entry.page}</dd>
      ${
        entry.before.length > 0
          ? html`<dt>${strings.guide.before}</dt>
              <dd>${types(entry.before)}</dd>`
          : nothing
      }
      ${
        entry.after.length > 0
          ? html`<dt>${strings.guide.after}</dt>
              <dd>${types(entry.after)}</dd>`
          : nothing
      }
    </dl>
  </div>`;
}
