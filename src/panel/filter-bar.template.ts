import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { keepTyping } from '../controllers/typing.js';
import type { Direction } from '../event-log/type-filter.js';
import type { PanelStrings } from '../localize/panel-strings.js';
import type { Panel } from './panel-host.js';
import { panelIcons } from './panel-icons.js';

const DIRECTIONS: readonly Direction[] = ['all', 'server', 'client'];
const ERRORS = 'is:error';

/** The field and the buttons that narrow the log down. */
export function filterBar(panel: Panel, strings: PanelStrings): TemplateResult {
  const words = (panel.filter ?? '').split(/\s+/).filter(Boolean);
  const errorsOnly = words.includes(ERRORS);
  const others = words.filter((word) => word !== ERRORS);
  return html`<div class="filter-bar" role="search">
    <div class="filter">
      <input
        part="filter-input"
        type="text"
        autocomplete="off"
        spellcheck="false"
        aria-label=${strings.filter}
        placeholder=${strings.filterHint}
        .value=${live(panel.filter ?? '')}
        @input=${(event: Event) => setFilter(panel, event)}
        @keydown=${keepTyping}
        @keyup=${keepTyping}
        @keypress=${keepTyping}
      />
      ${
        panel.filter
          ? html`<button
              type="button"
              class="clear-filter"
              aria-label=${strings.clearFilter}
              @click=${(event: Event) => clearFilter(panel, event)}
            >
              ${panelIcons.close}
            </button>`
          : nothing
      }
    </div>
    <div class="chips" role="group" aria-label=${strings.direction}>
      ${DIRECTIONS.map(
        (direction) =>
          html`<button
            type="button"
            class="chip"
            aria-pressed=${String(panel.direction === direction)}
            @click=${() => (panel.direction = direction)}
          >
            ${strings.directions[direction]}
          </button>`,
      )}
      <button
        type="button"
        class="chip errors"
        aria-pressed=${String(errorsOnly)}
        @click=${() => (panel.filter = [...others, ...(errorsOnly ? [] : [ERRORS])].join(' ') || undefined)}
      >
        ${strings.errorsOnly}
      </button>
      <button
        type="button"
        class="chip"
        aria-pressed=${String(panel.redactText)}
        @click=${() => (panel.redactText = !panel.redactText)}
      >
        ${strings.redactText}
      </button>
    </div>
  </div>`;
}

function clearFilter(panel: Panel, { currentTarget }: Event): void {
  panel.filter = undefined;
  if (!(currentTarget instanceof Element)) return;
  const field = currentTarget.previousElementSibling;
  if (field instanceof HTMLElement) field.focus();
}

function setFilter(panel: Panel, event: Event): void {
  if (event.currentTarget instanceof HTMLInputElement) panel.filter = event.currentTarget.value || undefined;
}
