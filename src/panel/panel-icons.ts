import { html, svg, type TemplateResult } from 'lit';

const icon = (path: string): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    ${svg`<path d=${path} />`}
  </svg>`;

/** Line drawings, 24 by 24. */
export const panelIcons = {
  pause: icon('M9 5v14M15 5v14'),
  resume: icon('M8 5.500v13l10-6.500Z'),
  step: icon('M7 5.5v13l9-6.5ZM18 5.5v13'),
  clear: icon('M5 7h14M10 7V5h4v2M7 7l1 12h8l1-12M10.500 10.500v5M13.500 10.500v5'),
  download: icon('M12 4v11M7 11l5 5 5-5M5 20h14'),
  open: icon('M4 18V6h5l2 2.500h9V18Z'),
  compose: icon('M5 19l1-4L16.500 4.500l3 3L9 18Z'),
  collapse: icon('M6 9.500l6 6 6-6'),
  expand: icon('M6 14.500l6-6 6 6'),
  close: icon('M6 6l12 12M18 6 6 18'),
  copy: icon('M9 9h10v11H9ZM5 15V4h10'),
  hint: icon('M12 4 3 19.500h18ZM12 10v4.500M12 16.800v.4'),
  latest: icon('M12 5v13M6.500 12.500l5.500 5.500 5.500-5.500'),
} as const;
