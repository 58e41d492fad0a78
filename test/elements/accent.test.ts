import { expect } from '@open-wc/testing';
import { resetMouse, sendMouse } from '@web/test-runner-commands';
import fc from 'fast-check';
import { StagedVoice } from '../../demo/gallery/staged-voice.js';
import { contrast } from '../support/contrast.js';

StagedVoice.define('staged-voice');

/** Of WCAG 2.2, for text of any size. */
const READABLE = 4.5;
/** Of WCAG 2.2, for what is no text. */
const VISIBLE = 3;

describe('the accent of a page', () => {
  let voice: StagedVoice;

  beforeEach(async () => {
    voice = document.body.appendChild(document.createElement('staged-voice') as StagedVoice);
    await voice.updateComplete;
  });
  afterEach(() => voice.remove());

  for (const scheme of ['light', 'dark']) {
    it(`leaves the word on the start button readable, whichever it is: ${scheme}`, () => {
      voice.style.colorScheme = scheme;
      const start = voice.shadowRoot!.querySelector('[part~=start-button]')!;
      const colour = fc.tuple(...Array.from({ length: 3 }, () => fc.integer({ min: 0, max: 255 })));
      fc.assert(
        fc.property(colour, (rgb) => {
          voice.style.setProperty('--realtime-accent', `rgb(${rgb.join(' ')})`);
          const { color, backgroundColor } = getComputedStyle(start);
          expect(contrast(color, backgroundColor)).to.be.at.least(READABLE);
        }),
        { numRuns: 500, examples: [[[118, 118, 118]], [[119, 119, 119]], [[255, 212, 0]], [[255, 0, 0]]] },
      );
    });

    it(`leaves the ring round what has the focus visible, whichever it is: ${scheme}`, () => {
      voice.style.colorScheme = scheme;
      const start = voice.shadowRoot!.querySelector<HTMLElement>('[part~=start-button]')!;
      start.focus();
      expect(start.matches(':focus-visible')).to.equal(true);
      const { backgroundColor } = getComputedStyle(voice.shadowRoot!.querySelector('[part=panel]')!);
      for (const accent of ['#fff3b0', '#ffd400', '#808080', '#101018']) {
        voice.style.setProperty('--realtime-accent', accent);
        expect(contrast(getComputedStyle(start).outlineColor, backgroundColor), accent).to.be.at.least(
          VISIBLE,
        );
      }
    });

    it(`leaves the button that ends the call readable under the pointer: ${scheme}`, async () => {
      voice.style.colorScheme = scheme;
      voice.stage.show('connected', { connectedAt: Date.now() });
      await voice.updateComplete;
      const stop = voice.shadowRoot!.querySelector('[part~=stop-button]')!;
      const { x, y, width, height } = stop.getBoundingClientRect();
      await sendMouse({
        type: 'move',
        position: [x + width / 2, y + height / 2].map(Math.round) as [number, number],
      });
      try {
        expect(stop.matches(':hover')).to.equal(true);
        const { color, backgroundColor } = getComputedStyle(stop);
        expect(contrast(color, backgroundColor)).to.be.at.least(READABLE);
      } finally {
        await resetMouse();
      }
    });
  }
});
