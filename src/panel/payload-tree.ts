import { html, type TemplateResult } from 'lit';
import type { PanelStrings } from '../localize/panel-strings.js';

/** Entries of a list, and characters of a text, that are shown before somebody asks for the rest. */
const FIRST_ENTRIES = 100;
const FIRST_CHARACTERS = 600;

/** A value as a tree of branches that open and close. What is closed is not in the document. */
export class PayloadTree {
  readonly #strings: PanelStrings;
  readonly #changed: () => void;
  /** Branches that are not as they were at first, by their path. */
  #turned = new Set<string>();
  #whole = new Set<string>();

  constructor(strings: PanelStrings, changed: () => void) {
    this.#strings = strings;
    this.#changed = changed;
  }

  /** Another value will be shown. */
  reset(): void {
    this.#turned = new Set();
    this.#whole = new Set();
  }

  render(value: unknown): TemplateResult {
    return html`<div part="payload" class="payload">${this.#children(value as object, '', 0)}</div>`;
  }

  #children(value: object, path: string, depth: number): unknown {
    const entries = Object.entries(value);
    const shown = this.#whole.has(path) ? entries : entries.slice(0, FIRST_ENTRIES);
    const rest = entries.length - shown.length;
    return [
      ...shown.map(([key, inner]) => this.#node(key, inner, `${path}/${key}`, depth)),
      rest > 0 ? this.#moreButton(path, this.#strings.detail.moreEntries(rest)) : '',
    ];
  }

  #node(key: string, value: unknown, path: string, depth: number): TemplateResult {
    if (typeof value !== 'object' || value === null) return this.#leaf(key, value, path);
    const open = this.#turned.has(path) ? depth > 0 : depth < 1;
    const size = Object.keys(value).length;
    const label = Array.isArray(value) ? `[${size}]` : `{${size}}`;
    if (size === 0)
      return html`<div class="leaf">
        <span class="key">${marked(key)}</span> <span class="size">${label}</span>
      </div>`;
    return html`<details ?open=${open} @toggle=${(event: Event) => this.#toggled(event, path, open)}>
      <summary><span class="key">${marked(key)}</span> <span class="size">${label}</span></summary>
      ${open ? html`<div class="branch">${this.#children(value, path, depth + 1)}</div>` : ''}
    </details>`;
  }

  #leaf(key: string, value: unknown, path: string): TemplateResult {
    const full = typeof value === 'string' ? value : String(value);
    const cut = full.length > FIRST_CHARACTERS && !this.#whole.has(path);
    const kind = value === null ? 'null' : typeof value;
    return html`<div class="leaf">
      <span class="key">${marked(key)}</span>
      <span class=${`value ${kind}`}>${marked(cut ? `${full.slice(0, FIRST_CHARACTERS)}…` : full)}</span>
      ${cut ? this.#moreButton(path, this.#strings.detail.moreText(full.length)) : ''}
    </div>`;
  }

  #moreButton(path: string, name: string): TemplateResult {
    return html`<button type="button" class="link" @click=${() => this.#showWhole(path)}>${name}</button>`;
  }

  #showWhole(path: string): void {
    this.#whole.add(path);
    this.#changed();
  }

  #toggled(event: Event, path: string, drawnOpen: boolean): void {
    // Drawing a branch open makes it report a toggle too.
    if (!(event.currentTarget instanceof HTMLDetailsElement) || event.currentTarget.open === drawnOpen)
      return;
    if (!this.#turned.delete(path)) this.#turned.add(path);
    this.#changed();
  }
}

/** Characters that turn round the reading direction or show nothing, written as they are in JSON. */
function marked(text: string): string {
  return text.replace(
    /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
