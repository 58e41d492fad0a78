import { html, nothing, type TemplateResult } from 'lit';
import type { PanelStrings } from '../localize/panel-strings.js';
import type { PanelHost } from './panel-host.js';
import { ReplayBar } from './replay-bar.js';

/** Opens logs, by a file dialog or by dropping a file on the panel, and says which one is open or why it is not. */
export class ImportBar {
  readonly #host: PanelHost;
  readonly #strings: PanelStrings;
  readonly #replay: ReplayBar;
  #problem = '';

  constructor(host: PanelHost, strings: PanelStrings) {
    this.#host = host;
    this.#strings = strings;
    this.#replay = new ReplayBar(host, strings);
  }

  render(): TemplateResult {
    const name = this.#host.imported();
    return html`${
      this.#problem
        ? html`<p class="banner problem" role="alert">
            <span>${this.#problem}</span>
            <button type="button" class="link" @click=${() => this.#say('')}>
              ${this.#strings.detail.close}
            </button>
          </p>`
        : nothing
    }
    ${
      name === null
        ? nothing
        : html`<p class="banner">
            <span>${this.#strings.imported(name, this.#host.log().counts.total)}</span>
            ${
              this.#replay.possible
                ? html`<button type="button" class="link" @click=${this.#play}>
                    ${this.#strings.replay.play}
                  </button>`
                : nothing
            }
            <button type="button" class="link" @click=${() => this.#host.closeImport()}>
              ${this.#strings.closeImport}
            </button>
          </p>`
    }
    ${this.#replay.render()}`;
  }

  readonly #play = (): void => {
    void this.#replay.play().catch((error: unknown) => {
      this.#say(error instanceof Error ? error.message : this.#strings.unreadable);
    });
  };

  /** Asks for a file. */
  choose(): void {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = '.jsonl,.json,.ndjson,.txt,application/json';
    input.addEventListener('change', () => {
      const file = input.files?.[0];
      if (file) void this.open(file);
    });
    input.click();
  }

  /** Opens a file, and says so when it cannot be read. */
  async open(file: File): Promise<void> {
    try {
      await this.#host.panel.import(file);
      this.#say('');
    } catch (error) {
      this.#say(this.#explain(error));
    }
  }

  #explain(error: unknown): string {
    if (!(error instanceof Error) || !('line' in error)) return this.#strings.unreadable;
    return this.#strings.importFailed(Number(error.line), error.message.replace(/^Line \d+: /, ''));
  }

  #say(problem: string): void {
    this.#problem = problem;
    this.#host.panel.requestUpdate();
  }
}
