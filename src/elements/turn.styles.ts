import { css } from 'lit';

/** The look of the transcript. */
export const turnStyles = css`
  .transcript {
    flex: 1;
    min-block-size: 72px;
    overflow-y: auto;
    overscroll-behavior: contain;
    /* Turns keep their width when there are too many of them. */
    scrollbar-gutter: stable;
    scrollbar-width: thin;
    display: flex;
    flex-direction: column-reverse;
    padding: 18px;
  }
  .transcript.reading {
    display: block;
  }
  /* A question is read from its beginning. */
  .transcript:has(.consent) {
    flex-direction: column;
  }
  .turns {
    display: flow-root;
    margin-block-end: auto;
  }
  .turns:empty {
    display: none;
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
    padding: 12px;
    color: var(--rv-muted);
    font-size: 17px;
    text-align: center;
    text-wrap: balance;
  }
  .turn {
    max-inline-size: 88%;
    overflow-wrap: anywhere;
  }
  .speaker {
    display: block;
    color: var(--rv-muted);
    font-size: 13px;
    font-weight: 600;
  }
  .text {
    unicode-bidi: isolate;
    white-space: pre-wrap;
  }
  .turn.user {
    align-self: flex-end;
    padding: 8px 14px;
    background: var(--rv-soft);
    border-radius: var(--rv-radius);
    border-end-end-radius: 4px;
  }
  .turn.system,
  .turn.tool {
    color: var(--rv-muted);
    font-size: 14px;
  }
  .turn.tool {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 10px;
    align-self: flex-start;
    padding: 6px 12px;
    border: 1px solid var(--rv-border);
    border-radius: 10px;
    border-start-start-radius: 4px;
  }
  .tool .text {
    min-inline-size: 0;
  }
  .streaming .text,
  .placeholder .text {
    color: var(--rv-muted);
  }
  .placeholder .text {
    font-style: italic;
  }
  .text-unheard {
    color: var(--rv-muted);
  }
  .turn-note {
    display: inline-block;
    margin-inline-start: 6px;
    padding-inline: 8px;
    border: 1px solid var(--rv-border);
    border-radius: 99px;
    color: var(--rv-muted);
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
    color: var(--rv-muted);
    font-size: 12px;
  }
  .turn code {
    display: block;
    margin-block: 4px;
    padding: 8px;
    background: var(--rv-soft);
    border-radius: 8px;
    font:
      13px/1.4 ui-monospace,
      monospace;
    white-space: pre-wrap;
  }
  summary {
    min-block-size: 24px;
    cursor: pointer;
  }
  .turn button {
    margin-block-start: 8px;
    margin-inline-end: 8px;
  }
`;
