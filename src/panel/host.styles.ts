import { css } from 'lit';

/** The box of `<realtime-event-panel>`, before its view is there. The look itself comes with the view. */
export const hostStyles = css`
  :host {
    display: block;
    box-sizing: border-box;
    min-block-size: 44px;
    min-inline-size: 0;
    max-inline-size: 100%;
    container-type: inline-size;
    /* Its content has no width to ask for; without this it would have none where it is not stretched. */
    contain-intrinsic-inline-size: min(320px, 80vw);
  }
  :host([hidden]) {
    display: none;
  }
  /* Apart, since a browser that does not know :state() drops the whole rule. */
  :host(:state(off)) {
    display: none;
  }
  :host([placement='top-end']),
  :host([placement='bottom-end']) {
    position: fixed;
    inset-inline-end: 16px;
    z-index: var(--realtime-z-index, 2147483000);
    inline-size: min(460px, 100vw - 32px);
  }
  :host([placement='top-end']) {
    inset-block-start: 16px;
  }
  :host([placement='bottom-end']) {
    inset-block-end: 16px;
  }
  :host([collapsed]:is([placement='top-end'], [placement='bottom-end'])) {
    inline-size: max-content;
    container-type: normal;
  }
`;
