import { html, nothing, type TemplateResult } from 'lit';
import type { LintFinding } from '../event-log/lint.js';
import type { PanelStrings } from '../localize/panel-strings.js';
import { panelIcons } from './panel-icons.js';

/** What the events say about the client that made them; `goTo` shows the event at a position. */
export function hintsTemplate(
  findings: readonly LintFinding[],
  strings: PanelStrings,
  goTo: (position: number) => void,
): TemplateResult | typeof nothing {
  if (findings.length === 0) return nothing;
  return html`<details class="hints">
    <summary>${panelIcons.hint}<span>${strings.hints.title(findings.length)}</span></summary>
    <ul>
      ${findings.map(
        (finding) =>
          html`<li part="hint">
            ${strings.hints.sentences[finding.code](finding.facts)}
            ${finding.count > 1 ? html`<span class="repeat">×${finding.count}</span>` : nothing}
            <button type="button" class="link" @click=${() => goTo(finding.position)}>
              ${strings.hints.show}
            </button>
          </li>`,
      )}
    </ul>
  </details>`;
}
