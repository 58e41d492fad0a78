import { css } from 'lit';
import { countsStyles } from './counts.styles.js';

const frame = css`
  :host {
    --accent: var(--realtime-accent, light-dark(#2f5bea, #8ea8ff));
    --surface: var(--realtime-surface, light-dark(#ffffff, #17181c));
    --text: var(--realtime-text, light-dark(#1a1c22, #f1f2f5));
    --muted: var(--realtime-muted, color-mix(in srgb, var(--text) 72%, var(--surface)));
    --border: var(--realtime-border, color-mix(in srgb, var(--text) 14%, var(--surface)));
    --danger: var(--realtime-danger, light-dark(#c02b37, #ff8b92));
    --on-accent: light-dark(#ffffff, #10131c);
    --sent: light-dark(#0b7052, #5ed2a6);
    --warning: light-dark(#8a5a00, #f2c063);
    --radius: var(--realtime-radius, 16px);
    --gap: var(--realtime-gap, 12px);
    --soft: color-mix(in srgb, var(--accent) 8%, var(--surface));
    --raised: color-mix(in srgb, var(--text) 4%, var(--surface));
    --code:
      ui-monospace, 'SF Mono', 'Cascadia Code', Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono',
      monospace;
    color: var(--text);
    font: 400 14px/1.45 var(--realtime-font, system-ui, 'Hiragino Sans', 'Noto Sans JP', sans-serif);
    letter-spacing: normal;
    word-spacing: normal;
    text-align: start;
    text-indent: 0;
    text-shadow: none;
    text-transform: none;
    white-space: normal;
    cursor: auto;
  }
  /* As in the widget: white or black, whichever is read on the accent. */
  @supports (color: color(from red xyz x y z)) {
    :host {
      --light: clamp(0, (0.18 - y) * 1e9, 1);
      --on-accent: color(
        from var(--accent) xyz calc(0.9505 * var(--light)) var(--light) calc(1.089 * var(--light))
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
    outline: 2px solid var(--accent);
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
  .panel {
    display: flex;
    flex-direction: column;
    block-size: min(600px, 80dvh);
    overflow: hidden;
    background: var(--surface);
    border: 1px solid var(--border);
    border-radius: var(--radius);
  }
  :host([collapsed]:is([placement='top-end'], [placement='bottom-end'])) .panel {
    block-size: auto;
  }
  :host(:is([placement='top-end'], [placement='bottom-end'])) .panel {
    box-shadow: 0 12px 40px rgb(0 0 0 / 22%);
  }
  .header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px var(--gap);
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
    color: var(--muted);
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }
  .server {
    --side: var(--accent);
  }
  .client {
    --side: var(--sent);
  }
  .local {
    --side: var(--muted);
  }
  .failure {
    --side: var(--danger);
  }
  .arrow {
    color: var(--side);
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
    color: var(--muted);
  }
  .tool.wide {
    display: flex;
    align-items: center;
    gap: 6px;
    inline-size: auto;
    padding-inline: 10px;
    color: var(--warning);
    font-size: 13px;
    font-weight: 600;
  }
  .tool:hover,
  .tool[aria-pressed='true'] {
    color: var(--text);
    background: var(--soft);
  }
  .toolbar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px var(--gap);
    padding-inline: 10px;
    border-block-end: 1px solid var(--border);
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
    color: var(--muted);
    border-radius: 8px 8px 0 0;
    border-block-end: 2px solid transparent;
    font-weight: 500;
  }
  .tabs button:hover {
    color: var(--text);
  }
  .tabs button[aria-selected='true'] {
    color: var(--text);
    border-block-end-color: var(--accent);
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
  }
  .chip {
    min-block-size: 28px;
    padding-inline: 10px;
    color: var(--muted);
    border: 1px solid var(--border);
    border-radius: 14px;
    font-size: 12.5px;
  }
  .chip[aria-pressed='true'] {
    color: var(--accent);
    background: var(--soft);
    border-color: currentColor;
  }
  .chip.errors[aria-pressed='true'] {
    color: var(--danger);
    background: color-mix(in srgb, var(--danger) 8%, var(--surface));
  }
  .body {
    position: relative;
    flex: 1;
    min-block-size: 0;
    overflow: auto;
    overscroll-behavior: contain;
  }
  .empty {
    display: grid;
    place-items: center;
    block-size: 100%;
    padding: 24px;
    color: var(--muted);
    text-align: center;
  }
  .note,
  .banner {
    padding: 8px 18px;
    color: var(--muted);
    font-size: 13px;
  }
  .banner {
    display: flex;
    align-items: center;
    gap: var(--gap);
    background: var(--soft);
    border-block-end: 1px solid var(--border);
  }
  .banner select {
    min-block-size: 32px;
    background: var(--surface);
    border: 1px solid var(--border);
    border-radius: 8px;
  }
  .problem {
    color: var(--danger);
  }
  .link {
    min-block-size: 24px;
    padding: 0 2px;
    color: var(--accent);
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
