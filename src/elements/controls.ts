/** The shown parts of the widget, by the `controls` attribute. */
export const CONTROLS = [
  'start',
  'mute',
  'text',
  'interrupt',
  'devices',
  'volume',
  'transcript',
  'usage',
] as const;
/** One of {@link CONTROLS}. */
export type Control = (typeof CONTROLS)[number];
