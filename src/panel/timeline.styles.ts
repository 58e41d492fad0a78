import { css } from 'lit';

/** The timeline: the medians, and the lanes of each turn. */
export const timelineStyles = css`
  .timeline {
    padding: 14px 18px 20px;
    font-variant-numeric: tabular-nums;
  }
  .basis {
    color: var(--rv-muted);
    font-size: 12.5px;
  }
  .medians {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(130px, 1fr));
    gap: 10px;
    margin-block: 8px 6px;
  }
  .median {
    display: flex;
    flex-direction: column-reverse;
    justify-content: flex-end;
    padding: 10px 14px;
    background: var(--rv-raised);
    border-radius: 10px;
  }
  .median dt {
    color: var(--rv-muted);
    font-size: 12.5px;
  }
  .median dd {
    font-size: 22px;
    font-weight: 600;
  }
  .turn {
    padding-block: 14px 4px;
    border-block-end: 1px solid var(--rv-border);
  }
  .turn:last-child {
    border-block-end: 0;
  }
  .turn-title {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 14px;
    margin-block-end: 6px;
    font-size: 14px;
    font-weight: 600;
  }
  .fact {
    color: var(--rv-muted);
    font-size: 12.5px;
    font-weight: 400;
  }
  .fact b {
    color: var(--rv-text);
    font-weight: 600;
  }
  .lane {
    display: flex;
    align-items: center;
    gap: 10px;
    block-size: 22px;
  }
  .lane-name {
    flex: none;
    inline-size: 92px;
    overflow: hidden;
    color: var(--rv-muted);
    font-size: 12px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .track {
    flex: 1;
    block-size: 16px;
    overflow: hidden;
    background: var(--rv-raised);
    border-radius: 4px;
  }
  :host(:dir(rtl)) .track {
    transform: scaleX(-1);
  }
  .lane-user {
    --rv-lane: var(--rv-sent);
  }
  .lane-generation {
    --rv-lane: color-mix(in srgb, var(--rv-accent) 45%, var(--rv-surface));
  }
  .lane-audio {
    --rv-lane: var(--rv-accent);
  }
  .lane-tools {
    --rv-lane: var(--rv-warning);
  }
  .span {
    fill: var(--rv-lane);
  }
  .span.cut {
    stroke: var(--rv-danger);
    stroke-width: 2;
  }
  .mark {
    stroke: var(--rv-text);
    stroke-width: 1.5;
    stroke-dasharray: 2 2;
  }
  .lesson-box summary {
    min-block-size: 32px;
    padding-block: 6px;
    color: var(--rv-word);
    cursor: pointer;
    font-size: 13.5px;
    font-weight: 500;
  }
  .lesson {
    margin: 4px 0 12px;
    padding: 14px;
    background: var(--rv-raised);
    border-radius: 12px;
    list-style: none;
  }
  .lesson li {
    display: grid;
    grid-template-columns: max-content 12px minmax(0, 1fr);
    column-gap: 8px;
    padding-block-end: 14px;
    font-size: 14px;
  }
  .lesson li:last-child {
    padding-block-end: 0;
  }
  .at {
    min-inline-size: 38px;
    color: var(--rv-muted);
    font-size: 12px;
    line-height: 20px;
    text-align: end;
  }
  .told {
    grid-column: 3;
  }
  .lesson b {
    font-weight: 600;
  }
  .lesson .failure b {
    color: var(--rv-danger);
  }
  .words {
    margin-inline-start: 4px;
    overflow-wrap: anywhere;
  }
  .lesson .meaning {
    color: var(--rv-muted);
    font-size: 13px;
  }
  .lesson .link {
    padding: 0;
    color: var(--rv-muted);
    font: 400 12px/1.5 var(--rv-code);
    overflow-wrap: anywhere;
    text-align: inherit;
    text-decoration-color: var(--rv-border);
  }
  .lesson .passed {
    grid-template-columns: 38px 12px minmax(0, 1fr);
    color: var(--rv-muted);
    font-size: 12.5px;
  }
  .passed .link {
    margin-inline-end: 8px;
  }
  .scale {
    display: flex;
    justify-content: space-between;
    padding-inline-start: 102px;
    color: var(--rv-muted);
    font-size: 11px;
  }
  @media (forced-colors: active) {
    .track {
      border: 1px solid CanvasText;
      forced-color-adjust: none;
    }
    .span {
      fill: Highlight;
    }
  }
`;
