import { svg, type TemplateResult } from 'lit';

const icon = (path: string): TemplateResult =>
  svg`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${path} /></svg>` as unknown as TemplateResult;

/** Line drawings, 24 by 24. */
export const icons = {
  call: icon(
    'M12 15a3.5 3.5 0 0 0 3.5-3.5v-5a3.5 3.5 0 1 0-7 0v5A3.5 3.5 0 0 0 12 15Zm-6-4v.5a6 6 0 0 0 12 0V11M12 17.5V21M9 21h6',
  ),
  hangUp: icon(
    'M4 14.5c-.9-.9-1-3.300 1.200-5C7 8.100 9.300 7.500 12 7.500s5 .600 6.800 2c2.200 1.700 2.100 4.100 1.200 5l-1 1-3.500-1.500v-2.300c-2.300-.7-4.700-.7-7 0V14L5 15.500l-1-1Z',
  ),
  muted: icon(
    'M15.500 9.500v-3a3.500 3.500 0 0 0-6.700-1.400M8.500 9.500v2a3.500 3.500 0 0 0 5.300 3M6 11v.5a6 6 0 0 0 9.300 5M18 11v.5c0 .9-.2 1.700-.5 2.500M12 17.500V21M9 21h6M4 3l16 18',
  ),
  stop: icon('M7.500 7.500h9v9h-9Z'),
  send: icon('M12 19V5.500M6 11l6-6 6 6'),
  close: icon('M6 6l12 12M18 6 6 18'),
  down: icon('M12 5v13.500M6 13l6 6 6-6'),
  more: icon(
    'M4 8h10M18 8h2M4 16h2M10 16h10M14 8a2 2 0 1 0 4 0 2 2 0 1 0-4 0M6 16a2 2 0 1 0 4 0 2 2 0 1 0-4 0',
  ),
  chat: icon(
    'M12 15a3.500 3.500 0 0 0 3.500-3.500v-5a3.500 3.500 0 1 0-7 0v5A3.500 3.500 0 0 0 12 15Zm-6-4v.5a6 6 0 0 0 12 0V11M12 17.500V21',
  ),
} as const;
