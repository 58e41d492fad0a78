import type { RealtimeEventPanelElement, RealtimeVoiceElement } from 'realtime-voice';
import type { Contender } from '../contender.js';

/** How much of the panel there is. */
export type Panel = 'absent' | 'closed' | 'counts' | 'log';

const BUNDLE = '/dist/cdn/realtime-voice.js';

/** The built bundle as a page from a CDN has it: two tags. */
export function realtimeVoice(shown: Panel): Contender {
  const voice = document.createElement('realtime-voice') as RealtimeVoiceElement;
  const panel = document.createElement('realtime-event-panel') as RealtimeEventPanelElement;
  return {
    async mount(stage) {
      await import(BUNDLE);
      voice.style.blockSize = '480px';
      voice.style.display = 'block';
      voice.setAttribute('token-endpoint', '/token');
      voice.setAttribute('api-url', '/v1/realtime/calls');
      voice.setAttribute('idle-timeout', '0');
      voice.setAttribute('max-duration', '0');
      stage.append(voice);
      if (shown === 'absent') return;
      panel.setAttribute('view', shown === 'log' ? 'log' : 'counts');
      panel.hidden = shown === 'closed';
      stage.append(panel);
      const drawn = (): boolean =>
        shown === 'closed' || panel.shadowRoot?.querySelector('.empty, .counts, .log') != null;
      while (!drawn()) await new Promise(requestAnimationFrame);
    },
    start: () => voice.start(),
    words: () => voice.shadowRoot?.querySelector('.turns') ?? voice,
    ...(shown !== 'absent' && { counted: () => panel.total }),
  };
}
