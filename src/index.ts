/** The package's surface: classes, events and types. Importing it registers nothing. */
export * from './core.js';
export * from './elements/events.js';
export { RealtimeVoiceElement } from './elements/realtime-voice.js';
export { RealtimeEventPanelElement } from './elements/realtime-event-panel.js';
export { registerStrings } from './localize/localize.js';
export type { StringOverrides, Strings } from './localize/strings.js';
export type { Diagnostics } from './elements/diagnostics.js';
