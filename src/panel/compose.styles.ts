import { css } from 'lit';

/** The form that sends an event. */
export const composeStyles = css`
  .compose {
    display: grid;
    gap: 8px;
    padding: 12px 18px;
    background: var(--rv-raised);
    border-block-end: 1px solid var(--rv-border);
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
    background: var(--rv-surface);
    border: 1px solid var(--rv-border);
    border-radius: 8px;
    font: 400 13px/1.5 var(--rv-code);
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
  .primary,
  .plain {
    min-block-size: 36px;
    padding-inline: 16px;
    border: 1px solid var(--rv-border);
    border-radius: 8px;
    font-weight: 500;
  }
  .primary {
    color: var(--rv-on-accent);
    background: var(--rv-accent);
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
