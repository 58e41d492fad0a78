import { css } from 'lit';

/** What the events give away about the client. */
export const hintsStyles = css`
  .hints {
    border-block-end: 1px solid var(--rv-border);
    background: color-mix(in srgb, var(--rv-warning) 8%, var(--rv-surface));
    font-size: 13px;
  }
  .hints summary {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 36px;
    padding-inline: 18px;
    color: var(--rv-warning);
    font-weight: 600;
    cursor: pointer;
    list-style: none;
  }
  .hints summary::after {
    inline-size: 7px;
    block-size: 7px;
    margin-inline-start: auto;
    border: solid currentColor;
    border-width: 0 1.5px 1.5px 0;
    content: '';
    rotate: 45deg;
  }
  .hints[open] summary::after {
    rotate: 225deg;
  }
  .hints ul {
    max-block-size: 200px;
    margin: 0;
    padding-block: 0 10px;
    padding-inline: 46px 18px;
    overflow: auto;
    list-style: disc;
  }
  .hints li {
    padding-block: 3px;
  }
`;
