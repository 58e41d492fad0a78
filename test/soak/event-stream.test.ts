import { expect, html } from '@open-wc/testing';
import { EventFlood } from '../panel/event-flood.js';
import { openPanel } from '../panel/panel-fixture.js';
import { heapBytes, longestTask } from '../support/measure.js';

const SECONDS = 240;

describe('<realtime-event-panel> beside a stream of 1,000 events a second', function () {
  this.timeout((SECONDS + 60) * 1_000);

  it('needs no more memory and no longer tasks after four minutes than after ten seconds', async () => {
    const panel = await openPanel(html`<realtime-event-panel view="log"></realtime-event-panel>`);
    const flood = new EventFlood();
    await flood.stream(1_000, 10);
    const atFirst = await heapBytes();
    await flood.stream(1_000, SECONDS);
    const grown = (await heapBytes()) - atFirst;
    const longest = await longestTask(() => flood.stream(1_000, 3));
    console.log(`${SECONDS} s of 1,000 events: ${grown} bytes more, longest task ${longest} ms`);
    expect(grown).to.be.below(1_000_000);
    expect(longest).to.be.below(50);
    expect(panel.total).to.equal(1_000 * (SECONDS + 13));
  });
});
