import { html, nothing, type TemplateResult } from 'lit';
import { isFailureType } from '../event-log/failure.js';
import type { FrameStrings } from '../localize/panel-strings.js';
import { iconButton } from './icon-button.template.js';
import type { Panel, PanelHost } from './panel-host.js';
import { panelIcons } from './panel-icons.js';

/** The line with the heading, the number of events and the buttons. */
export function headerTemplate(
  host: PanelHost,
  strings: FrameStrings,
  actions: HeaderActions,
): TemplateResult {
  const { panel } = host;
  const floats = panel.placement !== 'inline';
  const closed = floats && panel.collapsed;
  return html`<header part="header" class="header">
    <h2 part="heading" class="heading">${strings.heading}</h2>
    ${closed ? nothing : totals(host, strings)}
    <div class="tools">
      ${closed ? nothing : tools(host, strings, actions)}
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

/** What the buttons show and do beyond the panel's own settings. */
export interface HeaderActions {
  /** The form for sending an event is open. */
  readonly composing: boolean;
  /** Events that came while the log was held still. */
  readonly waiting: number;
  compose(): void;
  /** Asks for a log to open. */
  open(): void;
}

function totals(host: PanelHost, strings: FrameStrings): TemplateResult {
  const { counts } = host.log();
  const failures = counts
    .all()
    .reduce((sum, { type, count }) => (isFailureType(type) ? sum + count : sum), 0);
  return html`<p class="totals">
    <span part="total" class="total">${strings.total(counts.total)}</span>
    <span class="server"
      ><span class="arrow" aria-hidden="true">↓</span> ${strings.sides.server(counts.from('server'))}</span
    >
    <span class="client"
      ><span class="arrow" aria-hidden="true">↑</span> ${strings.sides.client(counts.from('client'))}</span
    >
    ${failures > 0 ? html`<span class="problem">${strings.failures(failures)}</span>` : nothing}
  </p>`;
}

function tools({ panel, sources }: PanelHost, strings: FrameStrings, actions: HeaderActions): TemplateResult {
  return html`${pauseButton(panel, strings, actions.waiting)}
  ${iconButton(strings.clear, panelIcons.clear, () => panel.clear(), { part: 'clear-button' })}
  ${iconButton(strings.download, panelIcons.download, () => void panel.download(), { part: 'export-button' })}
  ${iconButton(strings.import, panelIcons.open, () => actions.open())}
  ${
    sources.canSend
      ? iconButton(strings.compose, panelIcons.compose, () => actions.compose(), {
          pressed: actions.composing,
        })
      : nothing
  }`;
}

function pauseButton(panel: Panel, strings: FrameStrings, waiting: number): TemplateResult {
  if (!panel.paused) {
    return iconButton(strings.pause, panelIcons.pause, () => (panel.paused = true), { part: 'pause-button' });
  }
  return html`<button
    type="button"
    class="tool wide"
    part="pause-button"
    title=${strings.resume}
    @click=${() => (panel.paused = false)}
  >
    ${panelIcons.resume}<span class="spoken">${strings.resume}</span><span>${strings.paused(waiting)}</span>
  </button>`;
}
