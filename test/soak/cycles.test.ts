import {
  callsOneAfterAnother,
  failingStarts,
  forcedReconnections,
  widgetsThatComeAndGo,
  type Held,
} from '../support/cycles.js';

describe('a page that is used for very long', function () {
  this.timeout(600_000);

  /** Does it so many times, and says what that has left behind. */
  async function tell(work: (count: number) => Promise<Held>, count: number): Promise<void> {
    const { bytes, listeners } = await work(count);
    console.log(`${count} × ${work.name}: ${bytes} bytes and ${listeners} listeners more than before`);
  }

  it('has nothing left of 200 calls', () => tell(callsOneAfterAnother, 200));
  it('can fail to start 500 times', () => tell(failingStarts, 500));
  it('has its transcript after 100 lost connections', () => tell(forcedReconnections, 100));
  it('has nothing left of 2,000 widgets', () => tell(widgetsThatComeAndGo, 2_000));
});
