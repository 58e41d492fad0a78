import { html, nothing, type TemplateResult } from 'lit';
import type { PanelStrings } from '../localize/panel-strings.js';
import type { PanelHost } from './panel-host.js';
import { panelIcons } from './panel-icons.js';

/** A button that is a drawing, with its name for those who cannot see it. */
export function iconButton(
  name: string,
  icon: TemplateResult,
  press: (event: Event) => void,
  { part, pressed }: { part?: string; pressed?: boolean } = {},
): TemplateResult {
  return html`<button
    type="button"
    class="tool"
    part=${part ?? nothing}
    aria-label=${name}
    title=${name}
    aria-pressed=${pressed === undefined ? nothing : String(pressed)}
    @click=${press}
  >
    ${icon}
  </button>`;
}

/** The line with the heading, the number of events and the buttons. */
export function headerTemplate(host: PanelHost, strings: PanelStrings, composing: Composing): TemplateResult {
  const { panel } = host;
  const floats = panel.placement !== 'inline';
  const closed = floats && panel.collapsed;
  return html`<header part="header" class="header">
    <h2 part="heading" class="heading">${strings.heading}</h2>
    ${closed ? nothing : totals(host, strings)}
    <div class="tools">
      ${closed ? nothing : tools(host, strings, composing)}
      ${
        floats
          ? iconButton(
              closed ? strings.expand : strings.collapse,
              closed ? panelIcons.expand : panelIcons.collapse,
              () => (panel.collapsed = !panel.collapsed),
            )
          : nothing
      }
    </div>
  </header>`;
}

/** The form for sending an event, as far as its button goes. */
export interface Composing {
  readonly open: boolean;
  toggle(): void;
  /** Chooses a log to open. */
  openLog(): void;
}

function totals(host: PanelHost, strings: PanelStrings): TemplateResult {
  const { counts } = host.log();
  return html`<p class="totals">
    <span part="total" class="total">${strings.total(counts.total)}</span>
    <span class="server"
      ><span aria-hidden="true">↓</span> ${strings.sides.server(counts.from('server'))}</span
    >
    <span class="client"
      ><span aria-hidden="true">↑</span> ${strings.sides.client(counts.from('client'))}</span
    >
  </p>`;
}

function tools({ panel, sources }: PanelHost, strings: PanelStrings, composing: Composing): TemplateResult {
  return html`${
    panel.paused
      ? iconButton(strings.resume, panelIcons.resume, () => (panel.paused = false), { part: 'pause-button' })
      : iconButton(strings.pause, panelIcons.pause, () => (panel.paused = true), { part: 'pause-button' })
  }
  ${iconButton(strings.clear, panelIcons.clear, () => panel.clear(), { part: 'clear-button' })}
  ${iconButton(strings.download, panelIcons.download, () => panel.download(), { part: 'export-button' })}
  ${iconButton(strings.import, panelIcons.open, () => composing.openLog())}
  ${
    sources.canSend
      ? iconButton(strings.compose.open, panelIcons.compose, () => composing.toggle(), {
          pressed: composing.open,
        })
      : nothing
  }`;
}
