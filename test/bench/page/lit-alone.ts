import { LitElement, css, html } from 'lit';

/** The smallest element that Lit makes: what any component with Lit pays before it does anything. */
class LitAlone extends LitElement {
  static override styles = css`
    p {
      margin: 0;
    }
  `;

  protected override render(): unknown {
    return html`<p>${this.localName}</p>`;
  }
}

customElements.define('lit-alone', LitAlone);
