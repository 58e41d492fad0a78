import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { isComposing, keepTyping } from '../controllers/typing.js';
import { CLIENT_TEMPLATES, composeExample, readComposed } from '../event-log/compose.js';
import type { PanelStrings } from '../localize/panel-strings.js';
import type { PanelHost } from './panel-host.js';

export { composeStyles } from './compose.styles.js';

const FIRST = 'conversation.item.create';

/** The form that sends a client event, checked before it goes. */
export class ComposeView {
  readonly #host: PanelHost;
  readonly #strings: PanelStrings;
  readonly #closed: () => void;
  #type = FIRST;
  #source = composeExample(FIRST);
  #message = '';
  #failed = false;

  /** `closed` is called when somebody closes the form. */
  constructor(host: PanelHost, strings: PanelStrings, closed: () => void) {
    this.#host = host;
    this.#strings = strings;
    this.#closed = closed;
  }

  /** Starts from an event that was sent before. */
  fill(event: object): void {
    this.#source = JSON.stringify(event, null, 2);
    this.#say('', false);
  }

  render(): TemplateResult {
    const { composer: compose } = this.#strings;
    return html`<form
      class="compose"
      @submit=${this.#submit}
      @keydown=${this.#pressed}
      @keyup=${keepTyping}
      @keypress=${keepTyping}
    >
      <label class="field">
        <span>${compose.type}</span>
        <select @change=${this.#choose}>
          ${Object.keys(CLIENT_TEMPLATES).map(
            (type) => html`<option value=${type} ?selected=${type === this.#type}>${type}</option>`,
          )}
        </select>
      </label>
      <textarea
        aria-label=${compose.content}
        aria-describedby="compose-message"
        aria-invalid=${this.#failed ? 'true' : nothing}
        rows="7"
        spellcheck="false"
        .value=${live(this.#source)}
        @input=${this.#typed}
      ></textarea>
      <div class="compose-end">
        <p id="compose-message" role="status" class=${this.#failed ? 'problem' : ''}>${this.#message}</p>
        <button type="button" class="plain" @click=${() => this.#closed()}>${compose.cancel}</button>
        <button type="submit" class="primary">${compose.send}</button>
      </div>
    </form>`;
  }

  readonly #choose = (event: Event): void => {
    if (!(event.currentTarget instanceof HTMLSelectElement)) return;
    this.#type = event.currentTarget.value;
    this.#source = composeExample(this.#type);
    this.#say('', false);
  };

  readonly #typed = (event: Event): void => {
    if (event.currentTarget instanceof HTMLTextAreaElement) this.#source = event.currentTarget.value;
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    keepTyping(event);
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    if (!isComposing(event)) this.#closed();
  };

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    void this.#send();
  };

  async #send(): Promise<void> {
    const read = readComposed(this.#source);
    if ('problem' in read) {
      this.#say(this.#strings.composer.problem(read.problem), true);
      return;
    }
    try {
      await this.#host.sources.send(read.event);
      this.#say(this.#strings.composer.sent(read.event.type), false);
    } catch (error) {
      this.#say(this.#strings.composer.refused(error instanceof Error ? error.message : String(error)), true);
    }
  }

  #say(message: string, failed: boolean): void {
    this.#message = message;
    this.#failed = failed;
    this.#host.panel.requestUpdate();
  }
}
