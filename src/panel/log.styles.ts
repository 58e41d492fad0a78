import { css } from 'lit';

/** The log, its rows and the chosen one. */
export const logStyles = css`
  .log-layout {
    --rv-row-height: 32px;
    display: grid;
    position: relative;
    block-size: 100%;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
  }
  .log-layout.split {
    grid-template: minmax(0, 1fr) / minmax(0, 1fr) minmax(300px, 42%);
  }
  .log {
    grid-area: 1 / 1;
    overflow: hidden auto;
    overscroll-behavior: contain;
    overflow-anchor: none;
    contain: strict;
  }
  .log:focus-visible {
    outline-offset: -2px;
  }
  .probe {
    position: absolute;
    visibility: hidden;
    block-size: var(--rv-row-height);
    inline-size: 1px;
  }
  .spacer {
    block-size: calc(var(--rv-rows, 0) * var(--rv-row-height));
  }
  .window {
    transform: translateY(calc(var(--rv-first, 0) * var(--rv-row-height)));
  }
  .row {
    display: flex;
    align-items: center;
    gap: 10px;
    block-size: var(--rv-row-height);
    padding-inline: 18px;
    overflow: hidden;
    white-space: nowrap;
    cursor: pointer;
    border-inline-start: 3px solid transparent;
  }
  .row:hover {
    background: var(--rv-raised);
  }
  .log:focus-visible .row[id] {
    box-shadow: inset 0 0 0 2px var(--rv-text);
  }
  .row[aria-selected='true'] {
    background: var(--rv-soft);
    border-inline-start-color: var(--rv-accent);
  }
  .row.failure {
    color: var(--rv-danger);
    background: color-mix(in srgb, var(--rv-danger) 7%, var(--rv-surface));
  }
  .time {
    flex: none;
    min-inline-size: 58px;
    color: var(--rv-muted);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
    text-align: end;
  }
  .direction {
    flex: none;
    min-inline-size: 74px;
    color: var(--rv-muted);
    font-size: 12px;
  }
  .direction .arrow {
    margin-right: 5px;
    font-size: 14px;
  }
  .type {
    flex: 0 1 auto;
    direction: ltr;
    overflow: hidden;
    text-overflow: ellipsis;
    font: 500 12.5px/1.5 var(--rv-code);
  }
  .repeat,
  .call {
    flex: none;
    padding-inline: 6px;
    background: var(--rv-raised);
    border: 1px solid var(--rv-border);
    border-radius: 9px;
    font-size: 11.5px;
    font-variant-numeric: tabular-nums;
  }
  .summary {
    flex: 1 1 0;
    min-inline-size: 40px;
    overflow: hidden;
    color: var(--rv-muted);
    font-size: 13px;
    text-overflow: ellipsis;
  }
  .failure .summary {
    color: inherit;
  }
  .over {
    position: absolute;
    inset: 0;
    pointer-events: none;
  }
  .latest {
    z-index: 1;
    grid-area: 1 / 1;
    place-self: end center;
    margin-block-end: 14px;
    min-block-size: 36px;
    padding-inline: 14px;
    color: var(--rv-on-accent);
    background: var(--rv-accent);
    border-radius: 18px;
    box-shadow: 0 4px 14px rgb(0 0 0 / 25%);
    font-weight: 500;
  }
  .detail {
    overflow: auto;
    overscroll-behavior: contain;
    padding: 10px 14px 18px;
    background: var(--rv-surface);
    border-inline-start: 1px solid var(--rv-border);
  }
  .detail-head {
    display: flex;
    align-items: start;
  }
  .detail-title {
    flex: 1;
    min-inline-size: 0;
    padding-block: 7px;
    font: inherit;
  }
  .detail-title > :first-child {
    color: var(--rv-side);
    font-size: 12px;
    font-weight: 600;
  }
  .detail-type {
    display: block;
    unicode-bidi: plaintext;
    overflow-wrap: anywhere;
    font: 600 13.5px/1.4 var(--rv-code);
  }
  .detail-facts {
    margin-block-end: 8px;
    color: var(--rv-muted);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
  .guide {
    margin-block: 10px;
    padding: 10px 12px;
    background: var(--rv-soft);
    border-radius: 10px;
    font-size: 13.5px;
  }
  .guide-title {
    font-weight: 600;
  }
  .guide dt {
    margin-block-start: 7px;
    color: var(--rv-muted);
    font-size: 12px;
  }
  .guide code {
    display: inline-block;
    margin-inline-end: 6px;
    font: 500 12px/1.5 var(--rv-code);
    overflow-wrap: anywhere;
  }
  .joined {
    margin-block: 10px;
    padding: 8px 12px;
    border-inline-start: 3px solid var(--rv-border);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .payload {
    margin-block-start: 10px;
    direction: ltr;
    text-align: left;
    font: 400 12.5px/1.6 var(--rv-code);
  }
  .payload .branch {
    margin-inline-start: 5px;
    padding-inline-start: 13px;
    border-inline-start: 1px solid var(--rv-border);
  }
  .payload summary {
    min-block-size: 24px;
    padding-block: 2px;
    cursor: pointer;
    border-radius: 4px;
  }
  .leaf {
    min-block-size: 24px;
    padding-block: 2px;
    overflow-wrap: anywhere;
  }
  .key {
    color: var(--rv-muted);
  }
  .key::after {
    content: ':';
  }
  .size {
    color: var(--rv-muted);
  }
  .value {
    white-space: pre-wrap;
  }
  .value.number,
  .value.boolean,
  .value.null {
    color: var(--rv-word);
  }
  @container (max-width: 719px) {
    .log-layout.split {
      grid-template: minmax(88px, 2fr) minmax(120px, 3fr) / minmax(0, 1fr);
    }
    .detail {
      border-inline-start: 0;
      border-block-start: 1px solid var(--rv-border);
    }
    .direction .word {
      display: none;
    }
    .direction {
      min-inline-size: 0;
    }
    .row {
      padding-inline: 10px;
      gap: 8px;
    }
  }
  @container (max-width: 480px) {
    .time {
      min-inline-size: 50px;
    }
    .row .summary {
      min-inline-size: 0;
    }
  }
  @media (pointer: coarse) {
    .log-layout {
      --rv-row-height: 44px;
    }
  }
  @media (forced-colors: active) {
    .row[aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    .row.failure .type {
      text-decoration: underline;
    }
  }
`;
