import { css } from 'lit';
import { countsStyles } from './counts.styles.js';

const frame = css`
  /* As in the widget: what a page says of all its elements it says of the host, too. */
  .panel {
    all: initial;
    --rv-accent: var(--realtime-accent, light-dark(#2f5bea, #8ea8ff));
    --rv-surface: var(--realtime-surface, light-dark(#ffffff, #17181c));
    --rv-text: var(--realtime-text, light-dark(#1a1c22, #f1f2f5));
    /* Mixed with the text, so that they are read on whatever the text is read on. */
    --rv-muted: var(--realtime-muted, color-mix(in srgb, var(--rv-text) 72%, var(--rv-surface)));
    --rv-border: var(--realtime-border, color-mix(in srgb, var(--rv-text) 14%, var(--rv-surface)));
    --rv-danger: var(--realtime-danger, color-mix(in srgb, #ff3d4a 70%, var(--rv-text)));
    --rv-on-accent: light-dark(#ffffff, #10131c);
    --rv-sent: color-mix(in srgb, #00be72, var(--rv-text));
    --rv-warning: color-mix(in srgb, #f79300, var(--rv-text));
    /* For words: so much of the text's colour that any accent can be read. */
    --rv-word: color-mix(in srgb, var(--rv-accent) 35%, var(--rv-text));
    --rv-radius: var(--realtime-radius, 16px);
    --rv-gap: var(--realtime-gap, 12px);
    --rv-soft: color-mix(in srgb, var(--rv-accent) 8%, var(--rv-surface));
    --rv-raised: color-mix(in srgb, var(--rv-text) 4%, var(--rv-surface));
    --rv-code:
      ui-monospace, 'SF Mono', 'Cascadia Code', Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono',
      monospace;
    box-sizing: border-box;
    color-scheme: inherit;
    visibility: inherit;
    display: flex;
    flex-direction: column;
    block-size: min(600px, 80dvh);
    /* Scrolls only where a low window, large text or the form leaves no room. */
    overflow: hidden auto;
    container-type: inline-size;
    color: var(--rv-text);
    background: var(--rv-surface);
    border: 1px solid var(--rv-border);
    border-radius: var(--rv-radius);
    font: 400 14px/1.45 var(--realtime-font, system-ui, 'Hiragino Sans', 'Noto Sans JP', sans-serif);
    -webkit-text-size-adjust: 100%;
  }
  /* As in the widget: white or black, whichever is read on the accent. */
  @supports (color: color(from red xyz x y z)) {
    .panel {
      --rv-light: clamp(0, (0.18 - y) * 1e9, 1);
      --rv-on-accent: color(
        from var(--rv-accent) xyz calc(0.9505 * var(--rv-light)) var(--rv-light) calc(1.089 * var(--rv-light))
      );
    }
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h2,
  h3,
  p,
  dl,
  dd {
    margin: 0;
  }
  /* The words are in the panel's language or the protocol's, whichever way the page runs. */
  .panel :is(p, h2, h3, b, dt, dd, li, td, th, span, label, button) {
    unicode-bidi: plaintext;
  }
  :host(:dir(rtl)) .panel {
    text-align: right;
  }
  button,
  input,
  select,
  textarea {
    color: inherit;
    font: inherit;
    letter-spacing: inherit;
  }
  button {
    cursor: pointer;
    background: none;
    border: 0;
    border-radius: 8px;
  }
  :focus-visible {
    outline: 2px solid var(--rv-word);
    outline-offset: 1px;
  }
  .spoken {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .icon {
    display: block;
    inline-size: 20px;
    block-size: 20px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.7;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .panel > :not(.body) {
    flex: none;
  }
  :host([collapsed]:is([placement='top-end'], [placement='bottom-end'])) .panel {
    block-size: auto;
    container-type: normal;
  }
  :host(:is([placement='top-end'], [placement='bottom-end'])) .panel {
    box-shadow: 0 12px 40px rgb(0 0 0 / 22%);
  }
  .header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px var(--rv-gap);
    padding-block: 10px 6px;
    padding-inline: 18px 10px;
  }
  .heading {
    font-size: 16px;
    font-weight: 600;
  }
  .totals {
    display: flex;
    flex-wrap: wrap;
    gap: 0 10px;
    flex: 1;
    color: var(--rv-muted);
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }
  .server {
    --rv-side: var(--rv-word);
  }
  .client {
    --rv-side: var(--rv-sent);
  }
  .local {
    --rv-side: var(--rv-muted);
  }
  .failure {
    --rv-side: var(--rv-danger);
  }
  .arrow {
    color: var(--rv-side);
    font-weight: 700;
  }
  .tools {
    display: flex;
    margin-inline-start: auto;
  }
  .tool {
    display: grid;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    color: var(--rv-muted);
  }
  .tool.wide {
    display: flex;
    align-items: center;
    gap: 6px;
    inline-size: auto;
    padding-inline: 10px;
    color: var(--rv-warning);
    font-size: 13px;
    font-weight: 600;
  }
  .tool:hover,
  .tool[aria-pressed='true'] {
    color: var(--rv-text);
    background: var(--rv-soft);
  }
  .toolbar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px var(--rv-gap);
    padding-inline: 10px;
    border-block-end: 1px solid var(--rv-border);
  }
  .toolbar > .link {
    min-block-size: 40px;
    margin-inline-start: 4px;
    font-size: 13px;
  }
  .tabs {
    display: flex;
  }
  .tabs button {
    padding: 9px 10px;
    color: var(--rv-muted);
    border-radius: 8px 8px 0 0;
    border-block-end: 2px solid transparent;
    font-weight: 500;
  }
  .tabs button:hover {
    color: var(--rv-text);
  }
  .tabs button[aria-selected='true'] {
    color: var(--rv-text);
    border-block-end-color: var(--rv-accent);
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
  }
  .chip {
    min-block-size: 28px;
    padding-inline: 10px;
    color: var(--rv-muted);
    border: 1px solid var(--rv-border);
    border-radius: 14px;
    font-size: 12.5px;
  }
  .chip[aria-pressed='true'] {
    color: var(--rv-word);
    background: var(--rv-soft);
    border-color: currentColor;
  }
  .chip.errors[aria-pressed='true'] {
    color: var(--rv-danger);
    background: color-mix(in srgb, var(--rv-danger) 8%, var(--rv-surface));
  }
  .body {
    position: relative;
    flex: 1;
    min-block-size: 120px;
    overflow: auto;
    overscroll-behavior: contain;
  }
  .empty {
    display: grid;
    place-items: center;
    block-size: 100%;
    padding: 24px;
    color: var(--rv-muted);
    text-align: center;
  }
  .note,
  .banner {
    padding: 8px 18px;
    color: var(--rv-muted);
    font-size: 13px;
  }
  .banner {
    display: flex;
    align-items: center;
    gap: var(--rv-gap);
    background: var(--rv-soft);
    border-block-end: 1px solid var(--rv-border);
  }
  .banner select {
    min-block-size: 32px;
    background: var(--rv-surface);
    border: 1px solid var(--rv-border);
    border-radius: 8px;
  }
  .problem {
    color: var(--rv-danger);
  }
  .link {
    min-block-size: 24px;
    padding: 0 2px;
    color: var(--rv-word);
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  @container (max-width: 520px) {
    .header {
      column-gap: 4px;
    }
    .heading {
      flex: 1;
      white-space: nowrap;
    }
    .tool {
      inline-size: 32px;
    }
    .totals {
      flex-basis: 100%;
      order: 1;
      padding-block-end: 4px;
    }
  }
  @media (pointer: coarse) {
    .tool,
    .tabs button {
      min-inline-size: 44px;
      min-block-size: 44px;
    }
    .chip {
      min-block-size: 36px;
    }
  }
  @media (forced-colors: active) {
    .tabs button[aria-selected='true'],
    .tool[aria-pressed='true'],
    .chip[aria-pressed='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    .icon {
      stroke: ButtonText;
    }
  }
`;

/** The look of the view; its other parts bring their own. Sizes in px, since `rem` belongs to the page. */
export const viewStyles = [frame, countsStyles];
