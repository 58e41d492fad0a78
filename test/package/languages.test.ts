import { expect } from '@open-wc/testing';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { nextEvent } from '../support/next-event.js';
import { until } from '../support/until.js';

/** The chunk of a language, among all that a page has loaded. */
const LANGUAGE = /\/(ar|de|es|fr|hi|ja|pt|ru|zh|zh-hant)-[\w-]{8}\.js$/;

describe('the languages in the files for a script tag', function () {
  this.timeout(20_000);

  for (const [page, expected] of [
    ['paste-in.html', ['ar']],
    ['paste-in-classic.html', []],
  ] as const) {
    it(`are loaded only when the page speaks them: ${page}`, async () => {
      const frame = document.createElement('iframe');
      frame.src = `/test/package/${page}`;
      document.body.append(frame);
      await nextEvent(frame, 'load');
      const inner = frame.contentWindow as unknown as Window & typeof globalThis;
      await inner.customElements.whenDefined('realtime-voice');
      const voice = inner.document.querySelector('realtime-voice') as RealtimeVoiceElement;
      voice.lang = 'ar-EG';
      await until(() => voice.renderRoot.querySelector('[part="start-button"]')?.textContent.includes('بدء'));
      const loaded = inner.performance
        .getEntriesByType('resource')
        .map(({ name }) => LANGUAGE.exec(name)?.[1]);
      expect(loaded.filter(Boolean)).to.deep.equal(expected);
      frame.remove();
    });
  }
});
