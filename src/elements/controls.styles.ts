import { css } from 'lit';

/** The look of buttons, the text box and the settings. */
export const controlsStyles = css`
  .controls {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: 10px;
    padding: 12px 18px;
    border-block-start: 1px solid var(--rv-border);
  }
  /* Before the call they would only be in the way; whoever is on one when the call ends is left there. */
  :is(.idle, .failed) .controls [aria-disabled='true']:not(:focus) {
    display: none;
  }
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-block-size: 44px;
    min-inline-size: 44px;
    padding: 8px 16px;
    border: 1px solid var(--rv-border);
    border-radius: 99px;
    background: var(--rv-surface);
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
    background: var(--rv-soft);
  }
  button.primary {
    border-color: transparent;
    background: var(--rv-accent);
    color: var(--rv-on-accent);
  }
  button.primary:hover {
    background: color-mix(in srgb, var(--rv-accent) 88%, var(--rv-off-accent));
  }
  /* Lifted; to end the call it is put down. */
  [part='start-button'] svg {
    rotate: -135deg;
  }
  button.danger,
  button[aria-pressed='true'] {
    border-color: transparent;
    background: color-mix(in srgb, var(--rv-danger) 12%, var(--rv-surface));
    color: var(--rv-danger);
  }
  button.danger:hover {
    background: color-mix(in srgb, var(--rv-danger) 15%, var(--rv-surface));
  }
  header button {
    border-color: transparent;
  }
  button.talk {
    flex: 1 0 100%;
    order: -1;
    min-block-size: 56px;
    background: var(--rv-soft);
  }
  button.talk[aria-pressed='true'] {
    border-color: transparent;
    background: var(--rv-accent);
    color: var(--rv-on-accent);
  }
  button[aria-disabled='true'] {
    opacity: 0.5;
    cursor: default;
  }
  :focus-visible {
    /* A pale accent alone would not be seen. */
    outline: 2px solid color-mix(in srgb, var(--rv-accent) 40%, var(--rv-text));
    outline-offset: 2px;
  }
  :is(.transcript, .settings):focus-visible {
    outline-offset: -2px;
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
    border: 1px solid color-mix(in srgb, var(--rv-muted) 70%, var(--rv-surface));
    border-radius: 22px;
    background: var(--rv-surface);
    color: inherit;
    font: inherit;
    resize: none;
  }
  textarea::placeholder {
    color: var(--rv-muted);
    opacity: 1;
  }
  .settings {
    flex: 0 1 auto;
    min-block-size: 88px;
    overflow-y: auto;
    display: grid;
    gap: var(--rv-gap);
    padding: 12px 18px;
    border-block-start: 1px solid var(--rv-border);
    font-size: 14px;
  }
  .settings + form {
    padding-block-start: 12px;
    border-block-start: 1px solid var(--rv-border);
  }
  .settings label,
  .settings-devices {
    display: grid;
    gap: 4px;
  }
  .settings-devices {
    grid-template-columns: repeat(auto-fit, minmax(200px, 1fr));
    gap: var(--rv-gap);
  }
  select,
  input[type='range'] {
    inline-size: 100%;
    min-block-size: 44px;
    margin: 0;
    color: inherit;
    font: inherit;
    accent-color: var(--rv-accent);
  }
  select {
    padding-inline: 10px;
    border: 1px solid color-mix(in srgb, var(--rv-muted) 70%, var(--rv-surface));
    border-radius: 10px;
    background: var(--rv-surface);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: center;
  }
`;
