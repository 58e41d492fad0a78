import { css } from 'lit';

/** The look of `<realtime-voice>`. Sizes in px, since `rem` belongs to the page. */
export const voiceStyles = css`
  :host {
    display: block;
    box-sizing: border-box;
    /* Within a place that is as wide as its content, too. */
    min-inline-size: 0;
    max-inline-size: min(560px, 100%);
  }
  :host([layout='floating']) {
    display: contents;
  }
  :host([hidden]) {
    display: none !important;
  }
  /* What a page says of all its elements it says of the host, too: everything starts anew one step further in. */
  .base {
    all: initial;
    overflow-anchor: none;
    --rv-accent: var(--realtime-accent, light-dark(#2f5bea, #8ea8ff));
    --rv-surface: var(--realtime-surface, light-dark(#ffffff, #17181c));
    --rv-text: var(--realtime-text, light-dark(#1a1c22, #f1f2f5));
    /* Of the two above, so that a page that changes those has not to think of these. */
    --rv-muted: var(--realtime-muted, color-mix(in srgb, var(--rv-text) 72%, var(--rv-surface)));
    --rv-border: var(--realtime-border, color-mix(in srgb, var(--rv-text) 14%, var(--rv-surface)));
    --rv-danger: var(--realtime-danger, light-dark(#c02b37, #ff8b92));
    --rv-radius: var(--realtime-radius, 16px);
    --rv-gap: var(--realtime-gap, 12px);
    --rv-soft: color-mix(in srgb, var(--rv-accent) 9%, var(--rv-surface));
    --rv-on-accent: light-dark(#ffffff, #10131c);
    --rv-off-accent: var(--rv-text);
    --rv-level: max(var(--realtime-input-level, 0), var(--realtime-output-level, 0));
    position: relative;
    color-scheme: inherit;
    visibility: inherit;
    display: block;
    container-type: inline-size;
    /* Its content has no width to ask for; without this it would have none where it is not stretched. */
    contain-intrinsic-inline-size: min(320px, 80vw);
    color: var(--rv-text);
    font: 400 16px/1.5 var(--realtime-font, system-ui, 'Hiragino Sans', 'Noto Sans JP', sans-serif);
    -webkit-text-size-adjust: 100%;
  }
  /* White or black, whichever is read on the accent of the page: at this luminance both have a contrast of 4.5. */
  @supports (color: color(from red xyz x y z)) {
    .base {
      --rv-light: clamp(0, (0.18 - y) * 1e9, 1);
      --rv-on-accent: color(
        from var(--rv-accent) xyz calc(0.9505 * var(--rv-light)) var(--rv-light) calc(1.089 * var(--rv-light))
      );
      --rv-off-accent: color(from var(--rv-on-accent) srgb calc(1 - r) calc(1 - g) calc(1 - b));
    }
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
    /* Scrolls only where a low window, large text or many notices leave no room. */
    overflow: hidden auto;
    background: var(--rv-surface);
    border: 1px solid var(--rv-border);
    border-radius: var(--rv-radius);
  }
  .panel > :not(.transcript, .settings) {
    flex: none;
  }
  header {
    display: flex;
    align-items: center;
    gap: var(--rv-gap);
    padding: 14px 18px;
    border-block-end: 1px solid var(--rv-border);
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
    color: var(--rv-muted);
    font-size: 14px;
  }
  .state::before {
    content: '';
    display: inline-block;
    inline-size: 8px;
    block-size: 8px;
    margin-inline-end: 4px;
    border-radius: 50%;
    background: var(--rv-border);
  }
  .connecting .state::before,
  .reconnecting .state::before {
    background: light-dark(#b26a00, #f2c063);
    animation: blink 1.2s ease-in-out infinite alternate;
  }
  @keyframes blink {
    to {
      opacity: 0.25;
    }
  }
  .connected .state::before {
    background: light-dark(#1b8a4b, #5fd394);
  }
  .failed .state::before {
    background: var(--rv-danger);
  }
  .timer {
    margin-inline-start: 4px;
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
    block-size: calc(4px + 24px * var(--rv-level) * var(--rv-share, 1));
    border-radius: 2px;
    background: var(--rv-accent);
  }
  :is(.idle, .failed) .visualizer i {
    background: var(--rv-border);
  }
  :host([data-activity='hearing']) .visualizer i {
    background: var(--rv-text);
  }
  .visualizer i:nth-child(odd) {
    --rv-share: 0.55;
  }
  .jump {
    /* Turns are painted as layers of their own; the button lies on them and takes no room. */
    position: relative;
    align-self: center;
    margin-block-start: -56px;
    margin-block-end: 12px;
    box-shadow: 0 2px 10px #0003;
  }
  .notice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px var(--rv-gap);
    margin: 0;
    padding: 10px 18px;
    border-block-start: 1px solid var(--rv-border);
    font-size: 14px;
  }
  .notice span {
    flex: 1 1 200px;
  }
  .notice.info {
    background: var(--rv-soft);
  }
  .notice.error {
    color: var(--rv-danger);
    background: color-mix(in srgb, var(--rv-danger) 7%, var(--rv-surface));
  }
  .ai {
    margin: 0;
    padding: 0 18px 12px;
    color: var(--rv-muted);
    font-size: 13px;
    text-align: center;
    text-wrap: balance;
  }
  .consent {
    display: flex;
    flex-direction: column;
    gap: var(--rv-gap);
    order: -1;
    margin: auto;
    padding: 24px 6px;
    text-align: center;
  }
  .consent .row {
    justify-content: center;
  }
  .hidden {
    position: absolute;
    inset: 0 auto auto 0;
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
  /* As high before the first word as after many, so that nothing moves while somebody speaks. */
  .compact .transcript {
    flex: none;
    block-size: 172px;
  }
  .compact .transcript:has(.consent) {
    block-size: auto;
  }
  .compact:is(.idle, .failed) .transcript.none {
    display: none;
  }
  .floating {
    contain-intrinsic-inline-size: none;
  }
  .floating .panel,
  .launcher {
    position: fixed;
    inset: auto;
    margin: 0;
    z-index: var(--realtime-z-index, 2147483000);
    inset-block-end: calc(20px + max(env(safe-area-inset-bottom, 0px), var(--rv-below, 0px)));
    inset-inline-end: calc(20px + env(safe-area-inset-right, 0px));
    color: var(--rv-text);
  }
  .floating .panel {
    inline-size: 400px;
    /* What a keyboard leaves of the window, where there is one. */
    block-size: min(620px, calc(var(--rv-seen, 100dvh) - 40px));
    /* A low window leaves less than it would take in a page. */
    min-block-size: 0;
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
  /* Whoever closes the panel must still see that a call is going on. */
  .base:not(.idle, .failed) .launcher {
    box-shadow:
      0 0 0 calc(4px + 10px * var(--rv-level)) color-mix(in srgb, var(--rv-accent) 35%, transparent),
      0 6px 24px #0004;
  }
  .launcher[hidden] {
    display: none;
  }
  .start .panel,
  .start .launcher {
    inset-inline-end: auto;
    inset-inline-start: calc(20px + env(safe-area-inset-left, 0px));
  }
  .top .panel,
  .top .launcher {
    inset-block-end: auto;
    inset-block-start: calc(20px + env(safe-area-inset-top, 0px) + var(--rv-above, 0px));
  }
  @media (width < 480px) {
    .floating .panel {
      inset-inline: max(8px, env(safe-area-inset-left, 0px)) max(8px, env(safe-area-inset-right, 0px));
      inline-size: auto;
      block-size: min(620px, calc(var(--rv-seen, 100dvh) - 32px - env(safe-area-inset-bottom, 0px)));
    }
  }
  @container (inline-size < 380px) {
    header,
    .controls,
    .notice,
    .ai,
    .transcript,
    .settings,
    form {
      padding-inline: 12px;
    }
    .controls {
      gap: 6px;
    }
    .controls button:not(.icon) {
      padding-inline: 12px;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before {
      transition: none !important;
      animation: none !important;
    }
    .base {
      --rv-level: 0.25;
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
    :is(.streaming, .placeholder) .text,
    .text-unheard {
      color: GrayText;
    }
    .visualizer i {
      background: CanvasText !important;
      forced-color-adjust: none;
    }
    button[aria-pressed='true'] {
      outline: 2px solid Highlight;
    }
    button[aria-pressed='true']:focus-visible {
      outline-width: 4px;
    }
    .base:not(.idle, .failed) .launcher {
      padding: 0;
      border: 6px double;
    }
  }
`;
