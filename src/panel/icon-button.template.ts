import { html, nothing, type TemplateResult } from 'lit';

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
