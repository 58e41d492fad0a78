import { css } from 'lit';

/** The hints, and the form that sends an event. */
export const composeStyles = css`
  .hints {
    border-block-end: 1px solid var(--border);
    background: color-mix(in srgb, var(--warning) 8%, var(--surface));
    font-size: 13px;
  }
  .hints summary {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 36px;
    padding-inline: 18px;
    color: var(--warning);
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
  .compose {
    display: grid;
    gap: 8px;
    padding: 12px 18px;
    background: var(--raised);
    border-block-end: 1px solid var(--border);
  }
  .field {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 10px;
  }
  .compose select,
  .compose textarea {
    min-inline-size: 0;
    min-block-size: 36px;
    padding: 6px 10px;
    background: var(--surface);
    border: 1px solid var(--border);
    border-radius: 8px;
    font: 400 13px/1.5 var(--code);
  }
  .compose textarea {
    inline-size: 100%;
    resize: vertical;
  }
  .compose-end {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: end;
    gap: 8px;
  }
  .compose-end p {
    flex: 1 1 100px;
    font-size: 13px;
  }
  .problem {
    color: var(--danger);
  }
  .primary,
  .plain {
    min-block-size: 36px;
    padding-inline: 16px;
    border: 1px solid var(--border);
    border-radius: 8px;
    font-weight: 500;
  }
  .primary {
    color: light-dark(#fff, #10131c);
    background: var(--accent);
    border-color: transparent;
  }
  @media (pointer: coarse) {
    .primary,
    .plain,
    .compose select {
      min-block-size: 44px;
    }
  }
`;
