import { html, nothing, type TemplateResult } from 'lit';
import { keepTyping } from '../controllers/typing.js';
import { dollars } from '../localize/formats.js';
import type { Control } from './controls.js';
import { icons } from './icons.js';
import type { VoiceFace } from './voice-face.js';

type Part = TemplateResult | typeof nothing;

/**
 * The buttons of the call. Those that can do nothing at the moment say so, but are not disabled: that would take the focus
 * away from who has just pressed them.
 */
export function controlsTemplate(face: VoiceFace): Part {
  const { controls, element, strings, settingsOpen, actions } = face;
  if (controls.size === 0) return nothing;
  return html`
    <div part="controls" class="controls">
      ${controls.has('start') ? callButton(face) : nothing} ${element.pushToTalk ? talkButton(face) : nothing}
      ${controls.has('mute') ? muteButton(face) : nothing}
      ${controls.has('interrupt') ? interruptButton(face) : nothing}
      ${
        hasSettings(controls)
          ? html`<button
              type="button"
              class="icon"
              aria-label=${strings.more}
              aria-expanded=${settingsOpen}
              @click=${actions.toggleSettings}
            >
              ${icons.more}
            </button>`
          : nothing
      }
    </div>
  `;
}

function hasSettings(controls: ReadonlySet<Control>): boolean {
  return (['devices', 'volume', 'transcript', 'usage'] as const).some((name) => controls.has(name));
}

/** One button whose name changes, so that the focus stays where it is. */
function callButton({ session, strings, actions }: VoiceFace): TemplateResult {
  const { running } = session;
  const label = running ? strings.stop : session.status === 'failed' ? strings.retry : strings.start;
  return html`<button
    type="button"
    part=${running ? 'stop-button' : 'start-button'}
    class=${running ? 'danger' : 'primary'}
    @click=${actions.toggleCall}
  >
    <slot name=${running ? 'stop' : 'start'}>${icons.receiver}<span>${label}</span></slot>
  </button>`;
}

function muteButton({ session, strings, actions }: VoiceFace): TemplateResult {
  return html`<button
    type="button"
    part="mute-button"
    class="icon"
    aria-label=${strings.mute}
    aria-pressed=${session.muted}
    aria-disabled=${!session.running}
    @click=${actions.toggleMute}
  >
    ${session.muted ? icons.muted : icons.microphone}
  </button>`;
}

function talkButton({ session, strings, actions }: VoiceFace): TemplateResult {
  return html`<button
    type="button"
    part="talk-button"
    class="talk"
    aria-pressed=${session.talking}
    aria-disabled=${session.status !== 'connected'}
    @pointerdown=${actions.talk}
    @pointerup=${actions.talk}
    @pointercancel=${actions.talk}
    @click=${actions.talk}
    @keydown=${actions.talk}
    @keyup=${actions.talk}
    @blur=${actions.talk}
    @contextmenu=${(event: Event) => event.preventDefault()}
  >
    ${icons.voice}<span>${session.talking ? strings.talking : strings.talk}</span>
  </button>`;
}

function interruptButton({ session, strings, actions }: VoiceFace): TemplateResult {
  const busy = session.activity === 'speaking' || session.activity === 'thinking';
  return html`<button
    type="button"
    part="interrupt-button"
    class="icon"
    aria-label=${strings.interrupt}
    aria-disabled=${!busy}
    @click=${actions.interrupt}
  >
    ${icons.stop}
  </button>`;
}

/** The text box. It is there before the call too: Enter then starts one. Frames may forbid forms, so none is submitted. */
export function textFormTemplate({ controls, strings, actions }: VoiceFace): Part {
  if (!controls.has('text')) return nothing;
  return html`
    <form part="text-form">
      <textarea
        part="text-input"
        rows="1"
        enterkeyhint="send"
        aria-label=${strings.message}
        placeholder=${strings.message}
        @keydown=${actions.key}
        @keyup=${keepTyping}
        @keypress=${keepTyping}
      ></textarea>
      <button type="button" part="send-button" class="icon" aria-label=${strings.send} @click=${actions.send}>
        ${icons.send}
      </button>
    </form>
  `;
}

/** Devices, volume, transcript and usage, when asked for. */
export function settingsTemplate(face: VoiceFace): Part {
  const { settingsOpen, controls, strings, actions, audio } = face;
  if (!settingsOpen || !hasSettings(controls)) return nothing;
  return html`
    <div class="settings" @keydown=${keepTyping} @keyup=${keepTyping} @keypress=${keepTyping}>
      ${controls.has('devices') ? devicesTemplate(face) : nothing}
      ${
        controls.has('volume') && audio.canSetVolume
          ? html`<label part="volume"
              >${strings.volume}
              <input
                type="range"
                min="0"
                max="100"
                .value=${String(audio.volume * 100)}
                @input=${actions.setVolume}
            /></label>`
          : nothing
      }
      ${
        controls.has('transcript')
          ? html`<div class="row">
              <button type="button" @click=${actions.copy}>
                ${face.copied ? strings.copied : strings.copy}
              </button>
              <button type="button" @click=${actions.download}>${strings.download}</button>
            </div>`
          : nothing
      }
      ${controls.has('usage') ? html`<div part="usage">${usageText(face)}</div>` : nothing}
    </div>
  `;
}

function devicesTemplate({ devices, strings, actions, element }: VoiceFace): TemplateResult {
  const options = (list: readonly MediaDeviceInfo[], chosen = ''): TemplateResult[] => [
    html`<option value="" .selected=${chosen === ''}>${strings.systemDefault}</option>`,
    ...list
      .filter(({ deviceId }) => deviceId !== 'default')
      .map(
        (device) =>
          html`<option value=${device.deviceId} .selected=${device.deviceId === chosen}>
            ${device.label}
          </option>`,
      ),
  ];
  const canChooseSpeaker = devices.outputs.length > 0 && 'setSinkId' in HTMLMediaElement.prototype;
  return html`
    <div part="devices" class="settings-devices">
      <label
        >${strings.microphone}<select @change=${actions.chooseInput}>
          ${options(devices.inputs, element.inputDevice)}
        </select></label
      >
      ${
        canChooseSpeaker
          ? html`<label
              >${strings.speaker}<select @change=${actions.chooseOutput}>
                ${options(devices.outputs, element.outputDevice)}
              </select></label
            >`
          : nothing
      }
    </div>
  `;
}

function usageText({ session, strings, language }: VoiceFace): string {
  const { text, audio, image } = session.usage;
  const tokens = [text, audio, image].reduce((sum, kind) => sum + kind.input + kind.cached + kind.output, 0);
  const cost = session.cost === null ? null : dollars(session.cost, language);
  const form = new Intl.PluralRules(language).select(tokens);
  return strings.usage(new Intl.NumberFormat(language).format(tokens), cost, form);
}
