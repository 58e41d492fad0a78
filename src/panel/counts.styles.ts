import { css } from 'lit';

/** The table of counts. */
export const countsStyles = css`
  .counts {
    inline-size: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  .counts th {
    text-align: inherit;
    font-weight: 400;
  }
  .counts thead th {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    padding: 6px 8px;
    color: var(--rv-muted);
    background: var(--rv-surface);
    box-shadow: 0 1px 0 var(--rv-border);
    font-size: 12px;
    white-space: nowrap;
  }
  .counts td,
  .counts tbody th {
    padding: 5px 8px;
    vertical-align: middle;
    border-block-end: 1px solid color-mix(in srgb, var(--rv-border) 60%, transparent);
  }
  .counts tr > :first-child {
    padding-inline-start: 18px;
  }
  .counts tr > :last-child {
    padding-inline-end: 18px;
  }
  .counts tbody tr {
    position: relative;
  }
  .counts tbody tr:hover {
    background: var(--rv-soft);
  }
  .counts tr.failure {
    color: var(--rv-danger);
    background: color-mix(in srgb, var(--rv-danger) 7%, var(--rv-surface));
  }
  .side-cell {
    inline-size: 1px;
    white-space: nowrap;
    color: var(--rv-muted);
    font-size: 12px;
  }
  .side-cell .arrow {
    margin-right: 5px;
    font-size: 14px;
  }
  .type-cell button {
    padding: 0;
    border-radius: 4px;
    font: 500 12.5px/1.5 var(--rv-code);
    overflow-wrap: anywhere;
    text-align: inherit;
  }
  /* The whole row is the button's. */
  tbody .type-cell button::after {
    position: absolute;
    inset: 0;
    content: '';
  }
  .counts .sort {
    min-block-size: 24px;
    padding: 0 4px;
    margin-inline: -4px;
    color: inherit;
    font: inherit;
  }
  .counts .sort:hover {
    color: var(--rv-text);
  }
  .sorted {
    display: inline-block;
    inline-size: 1.1em;
    text-align: end;
  }
  .meaning {
    display: block;
    color: var(--rv-muted);
    font-size: 12px;
  }
  .mark {
    margin-right: 4px;
    white-space: nowrap;
  }
  /* A border, since forced colours take backgrounds away. */
  .mark::before {
    display: inline-block;
    box-sizing: border-box;
    inline-size: 8px;
    block-size: 8px;
    margin-right: 4px;
    border: 1.5px solid currentColor;
    border-radius: 50%;
    content: '';
  }
  .essential .mark {
    color: var(--rv-word);
    font-weight: 600;
  }
  .essential .mark::before {
    border-width: 4px;
  }
  .useful .mark {
    color: var(--rv-word);
  }
  .rare .mark::before,
  .ignore .mark::before {
    inline-size: 7px;
    block-size: 0;
    margin-block-end: 4px;
    border-width: 0 0 1.5px;
    border-radius: 0;
  }
  tr.rare .type-cell,
  tr.ignore .type-cell {
    color: var(--rv-muted);
  }
  tr.failure .mark {
    color: inherit;
  }
  .counts .number {
    text-align: end;
    white-space: nowrap;
  }
  .counts td.number[part] {
    font-weight: 600;
  }
  .bar-cell {
    inline-size: 26%;
    white-space: nowrap;
  }
  .bar {
    display: inline-block;
    inline-size: calc(100% - 54px);
    block-size: 8px;
    vertical-align: middle;
    background: var(--rv-raised);
    border-radius: 4px;
    fill: var(--rv-side);
  }
  .server .bar {
    fill: var(--rv-accent);
  }
  [dir='rtl'] .bar,
  :host(:dir(rtl)) .bar {
    transform: scaleX(-1);
  }
  .share {
    display: inline-block;
    inline-size: 50px;
    color: var(--rv-muted);
    font-size: 12px;
    text-align: end;
  }
  .rate-cell,
  .last-cell {
    inline-size: 1px;
    color: var(--rv-muted);
    font-size: 12.5px;
  }
  @container (max-width: 640px) {
    .last-cell,
    .counts tbody .side-cell .word {
      display: none;
    }
    .bar-cell {
      inline-size: 20%;
    }
  }
  @container (max-width: 480px) {
    .rate-cell,
    .share {
      display: none;
    }
    .bar {
      inline-size: 100%;
    }
    .bar-cell {
      inline-size: 48px;
    }
    .counts tr > :first-child {
      padding-inline-start: 12px;
    }
  }
  @media (pointer: coarse) {
    .counts td,
    .counts tbody th {
      padding-block: 9px;
    }
  }
  @media (forced-colors: active) {
    .bar {
      border: 1px solid CanvasText;
      fill: Highlight;
      forced-color-adjust: none;
    }
    .counts tr.failure .type-cell {
      text-decoration: underline;
    }
  }
`;
