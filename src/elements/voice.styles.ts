import { css } from 'lit';

/** The look of `<realtime-voice>`. Sizes in px, since `rem` belongs to the page. */
export const voiceStyles = css`
  :host {
    --accent: var(--realtime-accent, light-dark(#2f5bea, #8ea8ff));
    --surface: var(--realtime-surface, light-dark(#ffffff, #17181c));
    --text: var(--realtime-text, light-dark(#1a1c22, #f1f2f5));
    --muted: var(--realtime-muted, light-dark(#5c6270, #a4aab8));
    --border: var(--realtime-border, light-dark(#dfe2e8, #33363f));
    --danger: var(--realtime-danger, light-dark(#c02b37, #ff8b92));
    --radius: var(--realtime-radius, 16px);
    --gap: var(--realtime-gap, 12px);
    --soft: color-mix(in srgb, var(--accent) 9%, var(--surface));
    --on-accent: light-dark(#ffffff, #10131c);
    display: block;
    container-type: inline-size;
    box-sizing: border-box;
    max-inline-size: 560px;
    color: var(--text);
    font: 400 16px/1.5 var(--realtime-font, system-ui, 'Hiragino Sans', 'Noto Sans JP', sans-serif);
    letter-spacing: normal;
    word-spacing: normal;
    text-align: start;
    text-indent: 0;
    text-shadow: none;
    text-transform: none;
    white-space: normal;
    cursor: auto;
    visibility: visible;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  *::before {
    box-sizing: border-box;
  }
  .panel {
    display: flex;
    flex-direction: column;
    block-size: min(560px, 80dvh);
    min-block-size: 320px;
    overflow: hidden;
    background: var(--surface);
    border: 1px solid var(--border);
    border-radius: var(--radius);
  }
  header {
    display: flex;
    align-items: center;
    gap: var(--gap);
    padding: 14px 18px;
    border-block-end: 1px solid var(--border);
  }
  .titles {
    flex: 1;
    min-inline-size: 0;
  }
  .heading {
    display: block;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .state {
    display: flex;
    gap: 8px;
    align-items: center;
    color: var(--muted);
    font-size: 14px;
  }
  .state::before {
    content: '';
    flex: none;
    inline-size: 8px;
    block-size: 8px;
    border-radius: 50%;
    background: var(--border);
  }
  .live .state::before {
    background: light-dark(#1b8a4b, #5fd394);
  }
  .failed .state::before {
    background: var(--danger);
  }
  .timer {
    font-variant-numeric: tabular-nums;
  }
  .visualizer {
    display: flex;
    align-items: center;
    gap: 3px;
    block-size: 28px;
  }
  .visualizer i {
    inline-size: 4px;
    block-size: calc(4px + 24px * var(--level, 0) * var(--share, 1));
    border-radius: 2px;
    background: var(--accent);
  }
  .visualizer i:nth-child(odd) {
    --share: 0.55;
  }
  .transcript {
    flex: 1;
    min-block-size: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    display: flex;
    flex-direction: column-reverse;
    padding: 18px;
  }
  .transcript.reading {
    display: block;
  }
  .turns {
    display: flow-root;
    margin-block-end: auto;
  }
  .section {
    content-visibility: auto;
    contain-intrinsic-size: auto 1600px;
    display: flex;
    flex-direction: column;
    gap: 14px;
    padding-block-end: 14px;
  }
  .empty {
    margin: auto;
    padding: 24px;
    color: var(--muted);
    text-align: center;
    text-wrap: balance;
  }
  .turn {
    max-inline-size: 88%;
    overflow-wrap: anywhere;
  }
  .speaker {
    display: block;
    color: var(--muted);
    font-size: 13px;
    font-weight: 600;
  }
  .text {
    unicode-bidi: isolate;
    white-space: pre-wrap;
    transition: color 0.2s;
  }
  .turn.user {
    align-self: flex-end;
    padding: 8px 14px;
    background: var(--soft);
    border-radius: var(--radius);
    border-end-end-radius: 4px;
  }
  .turn.system,
  .turn.tool {
    color: var(--muted);
    font-size: 14px;
  }
  .streaming .text,
  .placeholder .text {
    color: var(--muted);
  }
  .placeholder .text {
    font-style: italic;
  }
  .text-unheard {
    color: var(--muted);
  }
  .turn-note {
    margin-inline-start: 8px;
    padding-inline: 8px;
    border: 1px solid var(--border);
    border-radius: 99px;
    color: var(--muted);
    font-size: 12px;
  }
  .turn img {
    display: block;
    max-inline-size: 100%;
    max-block-size: 200px;
    border-radius: 8px;
  }
  .turn time {
    display: none;
    color: var(--muted);
    font-size: 12px;
  }
  .turn code {
    display: block;
    margin-block: 4px;
    padding: 8px;
    background: var(--soft);
    border-radius: 8px;
    font:
      13px/1.4 ui-monospace,
      monospace;
    white-space: pre-wrap;
  }
  summary {
    cursor: pointer;
  }
  .turn button {
    margin: 8px 8px 0 0;
  }
  .jump {
    align-self: center;
    margin-block-start: -60px;
    margin-block-end: 12px;
    box-shadow: 0 2px 10px #0003;
  }
  .notice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px var(--gap);
    margin: 0;
    padding: 10px 18px;
    border-block-start: 1px solid var(--border);
    font-size: 14px;
  }
  .notice span {
    flex: 1 1 200px;
  }
  .notice.error {
    color: var(--danger);
    background: color-mix(in srgb, var(--danger) 7%, var(--surface));
  }
  .ai {
    padding: 8px 18px;
    margin: 0;
    color: var(--muted);
    font-size: 13px;
    border-block-start: 1px solid var(--border);
  }
  .consent {
    display: flex;
    flex-direction: column;
    gap: var(--gap);
    margin: auto;
    padding: 24px;
    text-align: center;
  }
  .controls {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: 10px;
    padding: 12px 18px;
    border-block-start: 1px solid var(--border);
  }
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-block-size: 44px;
    min-inline-size: 44px;
    padding: 8px 16px;
    border: 1px solid var(--border);
    border-radius: 99px;
    background: var(--surface);
    color: inherit;
    font: inherit;
    font-weight: 500;
    cursor: pointer;
    touch-action: manipulation;
    -webkit-user-select: none;
    user-select: none;
  }
  button.icon {
    padding: 0;
  }
  button:hover {
    background: var(--soft);
  }
  button.primary {
    border-color: transparent;
    background: var(--accent);
    color: var(--on-accent);
  }
  button.primary:hover {
    background: color-mix(in srgb, var(--accent) 88%, var(--text));
  }
  button.danger {
    border-color: var(--danger);
    color: var(--danger);
  }
  button[aria-pressed='true'] {
    border-color: var(--danger);
    color: var(--danger);
  }
  button.talk[aria-pressed='true'] {
    border-color: transparent;
    background: var(--accent);
    color: var(--on-accent);
  }
  button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  :focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
  }
  svg {
    flex: none;
    inline-size: 22px;
    block-size: 22px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.8;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  form {
    display: flex;
    align-items: flex-end;
    gap: 8px;
    padding: 0 18px 14px;
  }
  textarea {
    flex: 1;
    min-inline-size: 0;
    min-block-size: 44px;
    max-block-size: 120px;
    field-sizing: content;
    padding: 9px 14px;
    border: 1px solid color-mix(in srgb, var(--muted) 70%, var(--surface));
    border-radius: 22px;
    background: var(--surface);
    color: inherit;
    font: inherit;
    resize: none;
  }
  textarea::placeholder {
    color: var(--muted);
    opacity: 1;
  }
  .settings {
    display: grid;
    gap: var(--gap);
    padding: 12px 18px;
    border-block-start: 1px solid var(--border);
    font-size: 14px;
  }
  .settings label {
    display: grid;
    gap: 4px;
  }
  select,
  input[type='range'] {
    inline-size: 100%;
    min-block-size: 44px;
    color: inherit;
    font: inherit;
    accent-color: var(--accent);
  }
  select {
    padding-inline: 10px;
    border: 1px solid color-mix(in srgb, var(--muted) 70%, var(--surface));
    border-radius: 10px;
    background: var(--surface);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: center;
  }
  .hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .compact .panel {
    block-size: auto;
    min-block-size: 0;
  }
  .compact .transcript {
    max-block-size: 180px;
  }
  .compact .transcript.none {
    display: none;
  }
  :host([layout='floating']) {
    display: contents;
  }
  .floating .panel,
  .launcher {
    position: fixed;
    inset: auto;
    margin: 0;
    z-index: var(--realtime-z-index, 2147483000);
    inset-block-end: calc(20px + env(safe-area-inset-bottom, 0px));
    inset-inline-end: calc(20px + env(safe-area-inset-right, 0px));
    color: var(--text);
  }
  .floating .panel {
    inline-size: min(400px, calc(100vw - 24px));
    block-size: min(620px, calc(100dvh - 40px));
    padding: 0;
    box-shadow: 0 12px 48px #0004;
    container-type: inline-size;
  }
  .floating .panel:not(:popover-open) {
    display: none;
  }
  .launcher {
    min-block-size: 60px;
    min-inline-size: 60px;
    box-shadow: 0 6px 24px #0004;
  }
  .start .panel,
  .start .launcher {
    inset-inline-end: auto;
    inset-inline-start: calc(20px + env(safe-area-inset-left, 0px));
  }
  .top .panel,
  .top .launcher {
    inset-block-end: auto;
    inset-block-start: calc(20px + env(safe-area-inset-top, 0px));
  }
  @container (inline-size < 380px) {
    header,
    .controls,
    .notice,
    .ai {
      padding-inline: 12px;
    }
    form {
      padding-inline: 12px;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      transition: none !important;
      animation: none !important;
    }
    .visualizer i {
      block-size: 10px;
    }
  }
  @media (forced-colors: active) {
    .state::before {
      background: CanvasText;
      forced-color-adjust: none;
    }
    .turn.user {
      border: 1px solid CanvasText;
    }
    .visualizer i {
      background: CanvasText;
    }
    button.primary {
      border-color: ButtonText;
    }
  }
`;
