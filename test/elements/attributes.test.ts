import { expect } from '@open-wc/testing';
import { RealtimeEventPanelElement } from '../../src/elements/realtime-event-panel.js';
import { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';

describe('a bad value of an attribute', () => {
  for (const [tag, Element] of [
    ['realtime-voice', RealtimeVoiceElement],
    ['realtime-event-panel', RealtimeEventPanelElement],
  ] as const) {
    it(`is told once, with the name of the element: <${tag}>`, () => {
      Element.define();
      const warnings: string[] = [];
      const { warn } = console;
      console.warn = (...parts: unknown[]) => warnings.push(parts.join(' '));
      for (let times = 0; times < 2; times += 1) {
        const element = document.createElement(tag);
        element.setAttribute('placement', 'in the middle');
      }
      console.warn = warn;
      expect(warnings).to.have.length(1);
      expect(warnings[0]).to.contain(`<${tag}> placement="in the middle" is not understood`);
    });
  }
});
