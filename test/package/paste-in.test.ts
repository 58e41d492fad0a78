import { expect } from '@open-wc/testing';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import type { RealtimeEventPanelElement } from '../../src/elements/realtime-event-panel.js';
import { ask } from '../support/answers.js';
import { nextEvent } from '../support/next-event.js';
import { apiUrl, tokenEndpoint } from '../support/service-url.js';

/** The built files, as a page would load them. `npm run build` makes them; `npm test` does so first. */
describe('the files for a script tag', function () {
  this.timeout(60_000);

  for (const page of ['paste-in.html', 'paste-in-classic.html']) {
    it(`make a call from a page with nothing but the two elements: ${page}`, async () => {
      const frame = document.createElement('iframe');
      frame.allow = 'microphone; autoplay';
      frame.src = `/test/package/${page}`;
      document.body.append(frame);
      await nextEvent(frame, 'load', () => true);
      const inner = frame.contentWindow as unknown as Window & typeof globalThis;
      const complaints: string[] = [];
      inner.addEventListener('error', ({ message }) => complaints.push(message));
      await inner.customElements.whenDefined('realtime-voice');
      const voice = inner.document.querySelector('realtime-voice') as RealtimeVoiceElement;
      const panel = inner.document.querySelector('realtime-event-panel') as RealtimeEventPanelElement;
      voice.mediaStream = new inner.AudioContext().createMediaStreamDestination().stream;
      voice.setAttribute('token-endpoint', tokenEndpoint());
      voice.setAttribute('api-url', apiUrl);
      await voice.start();
      await ask(voice, 'hello');
      expect(voice.turns.map(({ text }) => text)).to.deep.equal([
        'hello',
        'Hello! How can I help you today?',
      ]);
      expect(panel.total).to.be.greaterThan(10);
      voice.stop();
      expect(complaints).to.deep.equal([]);
      frame.remove();
    });
  }
});
