import { html, type TemplateResult } from 'lit';
import type { FrameStrings } from '../localize/panel-strings.js';
import type { Panel, PanelTab } from './panel-host.js';

const TABS: readonly PanelTab[] = ['counts', 'log', 'timeline'];

/** The tabs that choose a view. */
export function tabsTemplate(panel: Panel, strings: FrameStrings): TemplateResult {
  return html`<div
    class="tabs"
    role="tablist"
    aria-label=${strings.chooseView}
    @keydown=${(event: KeyboardEvent) => turn(panel, event)}
  >
    ${TABS.map(
      (view) =>
        html`<button
          type="button"
          role="tab"
          part="view-button"
          id=${`tab-${view}`}
          aria-controls="body"
          aria-selected=${String(view === panel.view)}
          tabindex=${view === panel.view ? 0 : -1}
          @click=${() => (panel.view = view)}
        >
          ${strings.views[view]}
        </button>`,
    )}
  </div>`;
}

function turn(panel: Panel, event: KeyboardEvent): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const list = event.currentTarget;
  if (step === undefined || !(list instanceof HTMLElement)) return;
  const forwards = list.matches(':dir(rtl)') ? -step : step;
  const next = TABS[(TABS.indexOf(panel.view) + forwards + TABS.length) % TABS.length];
  if (!next) return;
  panel.view = next;
  list.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
}
