import {
  callsOneAfterAnother,
  failingStarts,
  forcedReconnections,
  widgetsThatComeAndGo,
} from '../support/cycles.js';

/** The same in small as test/soak/cycles.test.ts. */
describe('a page that is used for long', function () {
  this.timeout(60_000);

  it('has nothing left of 20 calls', () => callsOneAfterAnother(20));
  it('can fail to start 40 times', () => failingStarts(40));
  it('has its transcript after 10 lost connections', () => forcedReconnections(10));
  it('has nothing left of 200 widgets', () => widgetsThatComeAndGo(200));
});
