import { html, nothing, type TemplateResult } from 'lit';
import { controlsTemplate, settingsTemplate, textFormTemplate } from './controls.template.js';
import { icons } from './icons.js';
import type { Notice, VoiceView } from './view-model.js';

/** The whole widget, except for the turns: those are written by the transcript view. */
export function voiceTemplate(view: VoiceView): TemplateResult {
  const {
    layout,
    placement,
    session: { status },
  } = view;
  const floating = layout === 'floating';
  const sides = placement.replace('-', ' ');
  return html`
    <div part="base" class="base ${layout} ${status} ${floating ? sides : ''}" lang=${view.language}>
      ${floating ? launcherTemplate(view) : nothing}
      <section
        part="panel"
        class="panel"
        aria-labelledby="heading"
        popover=${floating ? 'manual' : nothing}
        @keydown=${floating ? view.do.panelKey : nothing}
      >
        ${headerTemplate(view)} ${bodyTemplate(view)}
        ${view.notices.map((notice) => notice && noticeTemplate(notice))} ${controlsTemplate(view)}
        ${settingsTemplate(view)} ${textFormTemplate(view)}
        <p part="notice" class="ai">${view.strings.aiNotice}</p>
        <slot name="footer"></slot>
      </section>
      <div class="announcer hidden" role="status"></div>
    </div>
  `;
}

function launcherTemplate({ strings, open, do: actions }: VoiceView): TemplateResult {
  return html`<button
    type="button"
    part="launcher"
    class="launcher primary"
    aria-expanded=${open}
    popover="manual"
    ?hidden=${open}
    @click=${() => actions.show(true)}
  >
    <slot name="launcher">${icons.chat}<span class="hidden">${strings.open}</span></slot>
  </button>`;
}

function headerTemplate(view: VoiceView): TemplateResult {
  const { strings, timer, layout, do: actions } = view;
  return html`
    <header part="header">
      <div class="titles">
        <span id="heading" part="heading" class="heading"><slot name="heading">${view.heading}</slot></span>
        <span class="state">
          <span part="status">${view.statusText}</span>
          ${timer ? html`<span part="timer" class="timer" role="timer">${timer}</span>` : nothing}
        </span>
      </div>
      <div part="visualizer" class="visualizer" aria-hidden="true"><i></i><i></i><i></i><i></i><i></i></div>
      ${
        layout === 'floating'
          ? html`<button
              type="button"
              class="icon"
              aria-label=${strings.close}
              @click=${() => actions.show(false)}
            >
              ${icons.close}
            </button>`
          : nothing
      }
    </header>
  `;
}

function bodyTemplate(view: VoiceView): TemplateResult {
  const { session, strings, consentAsked, isEmpty, reading, do: actions } = view;
  const running = session.status !== 'idle' && session.status !== 'failed';
  return html`
    <div
      part="transcript"
      class="transcript ${isEmpty && !consentAsked ? 'none' : ''} ${reading ? 'reading' : ''}"
      role="region"
      tabindex="0"
      aria-label=${strings.conversation}
    >
      <div class="turns"></div>
      ${consentAsked ? consentTemplate(view) : nothing}
      ${isEmpty && !consentAsked ? html`<div class="empty"><slot name="empty">${running ? nothing : strings.empty}</slot></div>` : nothing}
    </div>
    ${
      reading
        ? html`<button type="button" part="jump-button" class="jump" @click=${actions.jump}>
            ${icons.down}<span>${strings.jump}</span>
          </button>`
        : nothing
    }
  `;
}

function consentTemplate({ strings, do: actions }: VoiceView): TemplateResult {
  return html`
    <div
      part="consent"
      class="consent"
      role="group"
      tabindex="-1"
      aria-describedby="terms"
      aria-label=${strings.phases.consent}
    >
      <div id="terms"><slot name="consent">${strings.consent}</slot></div>
      <div class="row">
        <button type="button" part="accept-button" class="primary" @click=${() => actions.accept(true)}>
          ${strings.accept}
        </button>
        <button type="button" part="decline-button" @click=${() => actions.accept(false)}>
          ${strings.decline}
        </button>
      </div>
    </div>
  `;
}

function noticeTemplate({ text, kind, counts, actions = [] }: Notice): TemplateResult {
  const role = counts ? nothing : kind === 'error' ? 'alert' : 'status';
  return html`
    <div part="notice" class="notice ${kind}" role=${role}>
      <span>${text}</span>
      ${actions.map(({ label, run }) => html`<button type="button" @click=${run}>${label}</button>`)}
    </div>
  `;
}
