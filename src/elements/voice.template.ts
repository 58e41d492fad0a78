import { html, nothing, type TemplateResult } from 'lit';
import { controlsTemplate, settingsTemplate, textFormTemplate } from './controls.template.js';
import { icons } from './icons.js';
import type { VoiceFace } from './voice-face.js';
import { notices, type Notice } from './voice-notices.js';

/** The whole widget, except for the turns: those are written by the transcript view. */
export function voiceTemplate(face: VoiceFace): TemplateResult {
  const { element, session, language, strings, actions } = face;
  const { layout, placement } = element;
  const floating = layout === 'floating';
  const sides = placement.replace('-', ' ');
  return html`
    <div
      part="base"
      class="base ${layout} ${session.status} ${floating ? sides : ''}"
      lang=${language}
      @keydown=${actions.heldKey}
    >
      ${floating ? launcherTemplate(face) : nothing}
      <section
        part="panel"
        class="panel"
        aria-labelledby="heading"
        popover=${floating ? 'manual' : nothing}
        @keydown=${floating ? actions.panelKey : nothing}
      >
        ${headerTemplate(face)} ${bodyTemplate(face)}
        ${notices(face).map((notice) => notice && noticeTemplate(notice))} ${controlsTemplate(face)}
        ${settingsTemplate(face)} ${textFormTemplate(face)}
        <p part="notice" class="ai">${strings.aiNotice}</p>
        <slot name="footer"></slot>
      </section>
      <div class="announcer hidden" role="status"></div>
    </div>
  `;
}

function launcherTemplate({ strings, element, actions }: VoiceFace): TemplateResult {
  const { open } = element;
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

function headerTemplate(face: VoiceFace): TemplateResult {
  const { strings, timer, element, actions } = face;
  return html`
    <header part="header">
      <div class="titles">
        <span id="heading" part="heading" class="heading"
          ><slot name="heading">${element.heading ?? strings.heading}</slot></span
        >
        <span class="state">
          <span part="status">${face.statusText()}</span>
          ${timer ? html`<span part="timer" class="timer" role="timer">${timer}</span>` : nothing}
        </span>
      </div>
      <div part="visualizer" class="visualizer" aria-hidden="true"><i></i><i></i><i></i><i></i><i></i></div>
      ${
        element.layout === 'floating'
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

function bodyTemplate(face: VoiceFace): TemplateResult {
  const { session, strings, consent, isEmpty, reading, actions } = face;
  const { running } = session;
  return html`
    <div
      part="transcript"
      class="transcript ${isEmpty && !consent.asked ? 'none' : ''} ${reading ? 'reading' : ''}"
      role="region"
      tabindex="0"
      aria-label=${strings.conversation}
    >
      <div class="turns"></div>
      ${consent.asked ? consentTemplate(face) : nothing}
      ${isEmpty && !consent.asked ? html`<div class="empty"><slot name="empty">${running ? nothing : strings.empty}</slot></div>` : nothing}
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

function consentTemplate({ strings, actions }: VoiceFace): TemplateResult {
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
