/** Registers both elements. Safe to load twice, beside another version, and where there is no registry. */
import { RealtimeEventPanelElement } from './elements/realtime-event-panel.js';
import { RealtimeVoiceElement } from './elements/realtime-voice.js';
import { registerStrings } from './localize/localize.js';

RealtimeVoiceElement.define();
RealtimeEventPanelElement.define();

export { RealtimeEventPanelElement, RealtimeVoiceElement, registerStrings };

declare global {
  interface HTMLElementTagNameMap {
    'realtime-voice': RealtimeVoiceElement;
    'realtime-event-panel': RealtimeEventPanelElement;
  }
}
