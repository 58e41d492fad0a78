import { round } from '../statistics.js';
import { calling, type Measure } from './measure.js';

const RATE = 20_000;
const BATCH = 10_000;

/** A million events through the panel's log: what it keeps, and whether the page stays responsive. */
export const million: Measure = async (lab) => {
  const events = lab.quick ? 50_000 : 1_000_000;
  const name = 'ours, log';
  const figures = await calling(lab, name, async (visit) => {
    const before = await visit.footprint();
    await visit.page.evaluate(() => window.bench.watch());
    for (let sent = 0; sent < events; sent += BATCH) {
      await visit.prepare(BATCH);
      await visit.page.evaluate((rate) => window.bench.pour(rate), RATE);
    }
    const frames = await visit.page.evaluate(() => window.bench.watched());
    const rows = await visit.page.evaluate(() => window.bench.count('[part~=row]'));
    const after = await visit.footprint();
    return {
      events,
      heapMB: round(after.heapMB - before.heapMB),
      nodes: after.nodes,
      rows,
      longestTask: round(frames?.longestTask ?? 0, 0),
    };
  });
  return [{ name, ...figures }];
};
