import { expect, nextFrame } from '@open-wc/testing';
import { StagedVoice } from '../../demo/gallery/staged-voice.js';
import type { ServerEvent } from '../../src/index.js';
import { delta } from '../support/growing-answer.js';
import { leastOfThree, longestTask } from '../support/measure.js';

StagedVoice.define('staged-voice');

/** The browser calls a task long from here on. */
const LONG_MS = 50;

const turn = (count: number): ServerEvent => ({
  type: 'conversation.item.added',
  item: {
    id: `turn ${count}`,
    type: 'message',
    status: 'completed',
    role: count % 2 ? 'assistant' : 'user',
    content: [
      { type: 'output_audio', transcript: `Turn ${count}, and a few words more to fill a line or two.` },
    ],
  },
});

describe('<realtime-voice> after thousands of turns', function () {
  this.timeout(60_000);

  it('takes no long task for the words that come, nor for reading back', async () => {
    const voice = document.body.appendChild(document.createElement('staged-voice') as StagedVoice);
    await voice.updateComplete;
    voice.stage.show('connected', { connectedAt: Date.now() });
    voice.stage.receive(Array.from({ length: 3_000 }, (_, count) => turn(count)));
    await nextFrame();
    await nextFrame();
    const scroller = voice.renderRoot.querySelector('[part="transcript"]')!;
    const longest = await leastOfThree(async (round) => {
      scroller.scrollTop = 0;
      await nextFrame();
      return longestTask(async () => {
        for (let count = 0; count < 100; count += 1) {
          voice.stage.receive([delta('answer', 'and on it goes ', round * 100 + count)]);
          if (count === 50) scroller.scrollTop = -2_000;
          await nextFrame();
        }
      });
    });
    expect(voice.turns).to.have.length(3_001);
    const rows = voice.renderRoot.querySelectorAll('[part~="turn"]');
    expect(rows.item(rows.length - 1).textContent).to.contain('and on it goes');
    expect(longest).to.be.lessThan(LONG_MS);
    voice.remove();
  });
});
