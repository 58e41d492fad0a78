import { css } from 'lit';

/** The field and the buttons that narrow the log down. */
export const filterBarStyles = css`
  .filter-bar {
    display: flex;
    flex: 1 1 300px;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
    padding-block: 5px;
  }
  .filter {
    position: relative;
    flex: 1 1 150px;
  }
  .filter input {
    inline-size: 100%;
    block-size: 32px;
    padding-inline: 10px 30px;
    background: var(--rv-raised);
    border: 1px solid var(--rv-border);
    border-radius: 8px;
  }
  .filter input::placeholder {
    color: var(--rv-muted);
    opacity: 1;
  }
  .clear-filter {
    position: absolute;
    inset-block: 2px;
    inset-inline-end: 2px;
    inline-size: 28px;
    color: var(--rv-muted);
  }
  .clear-filter .icon {
    inline-size: 16px;
    margin: auto;
  }
  @media (pointer: coarse) {
    .filter input {
      min-block-size: 44px;
    }
  }
`;
