import {
  callsOneAfterAnother,
  failingStarts,
  forcedReconnections,
  widgetsThatComeAndGo,
} from '../support/cycles.js';

describe('a page that is used for very long', function () {
  this.timeout(600_000);

  it('has nothing left of 200 calls', () => callsOneAfterAnother(200));
  it('can fail to start 500 times', () => failingStarts(500));
  it('has its transcript after 100 lost connections', () => forcedReconnections(100));
  it('has nothing left of 2,000 widgets', () => widgetsThatComeAndGo(2_000));
});
