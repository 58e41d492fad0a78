import { html, nothing, type TemplateResult } from 'lit';
import { writeLog } from '../event-log/write-log.js';
import type { PanelStrings } from '../localize/panel-strings.js';
import { iconButton } from './icon-button.template.js';
import type { PanelHost } from './panel-host.js';
import { panelIcons } from './panel-icons.js';
import type { ReplayTarget, Tape } from './replay-target.js';

const SPEEDS: readonly number[] = [0.5, 1, 2, 5, 20];

/** Plays the log on show into the watched element, and turns the tape while it plays. */
export class ReplayBar {
  readonly #host: PanelHost;
  readonly #strings: PanelStrings;
  #target: ReplayTarget | undefined;

  constructor(host: PanelHost, strings: PanelStrings) {
    this.#host = host;
    this.#strings = strings;
  }

  /** True when there is an element that can play, and it has nothing else to do. */
  get possible(): boolean {
    const target = this.#host.sources.replayTarget;
    return target !== undefined && !this.#playing && ['idle', 'failed'].includes(target.status);
  }

  /** Plays the log on show; its events come in like live ones, after those that were there before. Rejects when it cannot be played. */
  async play(): Promise<void> {
    const target = this.#host.sources.replayTarget;
    if (!target) return;
    const envelopes = this.#host
      .log()
      .entries()
      .map(({ envelope }) => envelope);
    const url = URL.createObjectURL(new Blob([writeLog(envelopes, 'jsonl')]));
    this.#host.closeImport();
    target.replay = url;
    try {
      await target.start();
      this.#target = target;
    } finally {
      // It has been read by now: the next start is a call again, whoever asks for it.
      if (target.replay === url) target.replay = undefined;
      URL.revokeObjectURL(url);
      this.#host.panel.requestUpdate();
    }
  }

  render(): TemplateResult | typeof nothing {
    const target = this.#target;
    const tape = target?.player;
    if (!tape) this.#target = undefined;
    if (!target || !tape) return nothing;
    const { replay } = this.#strings;
    return html`<div class="banner" role="group" aria-label=${replay.playing}>
      <span>${replay.playing} · ${replay.position(tape.position, tape.length)}</span>
      ${
        tape.paused
          ? iconButton(replay.resume, panelIcons.resume, () => this.#turn(() => tape.resume()))
          : iconButton(replay.pause, panelIcons.pause, () => this.#turn(() => tape.pause()))
      }
      ${iconButton(replay.step, panelIcons.step, () => this.#turn(() => tape.step()))}
      <label>
        <span class="spoken">${replay.speed}</span>
        <select @change=${(event: Event) => this.#setSpeed(event, tape)}>
          ${SPEEDS.map((speed) => html`<option value=${speed} ?selected=${speed === tape.speed}>${speed}×</option>`)}
        </select>
      </label>
      <button type="button" class="link" @click=${() => this.#turn(() => target.stop())}>
        ${replay.stop}
      </button>
    </div>`;
  }

  get #playing(): boolean {
    return this.#target?.player != null;
  }

  #turn(change: () => void): void {
    change();
    this.#host.panel.requestUpdate();
  }

  #setSpeed(event: Event, tape: Tape): void {
    if (event.currentTarget instanceof HTMLSelectElement) tape.speed = Number(event.currentTarget.value);
  }
}
