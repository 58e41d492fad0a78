import { expect, html } from '@open-wc/testing';
import { heapBytes, leastOfThree, longestTask } from '../support/measure.js';
import { EventFlood } from '../panel/event-flood.js';
import { openPanel, part, parts, Speaker, texts } from '../panel/panel-fixture.js';
import { until } from '../support/until.js';

describe('<realtime-event-panel> after a million events', function () {
  this.timeout(120_000);

  it('has counted each of them, in 60 MB and 150 rows, and goes on without a task of 50 ms', async () => {
    const panel = await openPanel(html`<realtime-event-panel view="log"></realtime-event-panel>`);
    const flood = new EventFlood();
    await flood.burst(1_000_000);
    const longest = await leastOfThree((round) =>
      longestTask(async () => {
        await flood.stream(1_000, 1.5);
        panel.filter = `event_${9 - 2 * round}`;
        await flood.stream(1_000, 1.5);
      }),
    );
    await until(() => texts(panel, 'total')[0] === '1,009,000 events');
    const counts = panel.counts.map(({ type, count }): [string, number] => [type, count]);
    expect(new Map(counts)).to.deep.equal(flood.counts);
    expect([panel.total, panel.entries.length, panel.dropped]).to.deep.equal([1_009_000, 1_000, 1_008_000]);
    expect(part(panel, 'base')!.textContent).to.contain('1,008,000 older events');
    expect(parts(panel, 'row').length).to.be.within(1, 150);
    expect(await heapBytes()).to.be.below(60_000_000);
    expect(longest).to.be.below(50);
  });

  it('filters two hundred thousand kept events without a task of 50 ms', async () => {
    const panel = await openPanel(
      html`<realtime-event-panel view="log" max-events="200000"></realtime-event-panel>`,
    );
    const flood = new EventFlood();
    await flood.burst(200_000);
    const shows = (filter: string, rows: number): Promise<void> => {
      panel.filter = filter;
      return until(() => parts(panel, 'row')[0]?.ariaSetSize === String(rows));
    };
    const longest = await leastOfThree(async () => {
      await shows('', 200_000);
      return longestTask(() => shows('vendor.event_9', 5_000));
    });
    expect(longest).to.be.below(50);
  });

  it('searches a thousand payloads of 50,000 characters without a task of 50 ms', async () => {
    const panel = await openPanel(html`<realtime-event-panel view="log"></realtime-event-panel>`);
    const speaker = new Speaker(document.body);
    const text = 'lorem ipsum '.repeat(4_200);
    for (let index = 0; index < 1_000; index += 1)
      speaker.server({ type: `t${index}`, text: `${text}${index}` });
    await until(() => parts(panel, 'row').at(-1)?.ariaSetSize === '1000');
    const longest = await leastOfThree((round) =>
      longestTask(async () => {
        panel.filter = `ipsum ${999 - round}`;
        await until(() => texts(panel, 'type').join() === `t${999 - round}`);
      }),
    );
    expect(longest).to.be.below(50);
  });
});
