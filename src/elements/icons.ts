import { html, type TemplateResult } from 'lit';

const icon = (path: string): TemplateResult =>
  html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${path} /></svg>`;

/** Line drawings, 24 by 24. A receiver begins and ends the conversation; a microphone is only about being heard. */
export const icons = {
  receiver: icon(
    'M4 14.5c-.9-.9-1-3.3 1.2-5C7 8.1 9.3 7.5 12 7.5s5 .6 6.8 2c2.2 1.7 2.1 4.1 1.2 5l-1 1-3.5-1.5v-2.3c-2.3-.7-4.7-.7-7 0V14L5 15.5l-1-1Z',
  ),
  microphone: icon(
    'M12 15a3.5 3.5 0 0 0 3.5-3.5v-5a3.5 3.5 0 1 0-7 0v5A3.5 3.5 0 0 0 12 15Zm-6-4v.5a6 6 0 0 0 12 0V11M12 17.5V21M9 21h6',
  ),
  muted: icon(
    'M15.5 9.5v-3a3.5 3.5 0 0 0-6.7-1.4M8.5 9.5v2a3.5 3.5 0 0 0 5.3 3M6 11v.5a6 6 0 0 0 9.3 5M18 11v.5c0 .9-.2 1.7-.5 2.5M12 17.5V21M9 21h6M4 3l16 18',
  ),
  voice: icon('M12 18a3 3 0 0 0 3-3V9a3 3 0 1 0-6 0v6a3 3 0 0 0 3 3ZM5.5 9v6M2 11v2M18.5 9v6M22 11v2'),
  stop: icon('M7.5 7.5h9v9h-9Z'),
  send: icon('M12 19V5.5M6 11l6-6 6 6'),
  close: icon('M6 6l12 12M18 6 6 18'),
  down: icon('M12 5v13.5M6 13l6 6 6-6'),
  more: icon(
    'M4 8h10M18 8h2M4 16h2M10 16h10M14 8a2 2 0 1 0 4 0 2 2 0 1 0-4 0M6 16a2 2 0 1 0 4 0 2 2 0 1 0-4 0',
  ),
  chat: icon(
    'M7 4h10a4 4 0 0 1 4 4v5a4 4 0 0 1-4 4h-5l-5 4v-4a4 4 0 0 1-4-4V8a4 4 0 0 1 4-4ZM8.5 9.5v2M12 8v5M15.5 9.5v2',
  ),
} as const;
