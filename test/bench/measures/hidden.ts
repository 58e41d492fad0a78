import { interleaved, median, round } from '../statistics.js';
import { calling, type Measure } from './measure.js';

const CONTENDERS = ['floor-sync', 'floor', 'ours, no panel', 'ours, counts', 'ours, log', 'ancestor'];
const EVENTS = 10_000;

/** Ten thousand events in a hidden tab: whether the page is right while hidden, and how soon after it comes back. */
export const hidden: Measure = async (lab) => {
  const runs = await interleaved(CONTENDERS, lab.quick ? 1 : 2, (name) =>
    calling(lab, name, async ({ page }) => {
      const other = await page.browserContext().newPage();
      await other.bringToFront();
      await page.evaluate((events) => window.bench.prepare(events), lab.quick ? EVENTS / 5 : EVENTS);
      await page.evaluate(() => window.bench.pour());
      const rightWhileHidden = await page.evaluate(() => window.bench.isRight());
      const back = page.evaluate(() => window.bench.comeBack());
      await page.bringToFront();
      return { rightWhileHidden, ...(await back) };
    }),
  );
  return [...runs].map(([name, all]) => ({
    name,
    rightWhileHidden: all.every(({ rightWhileHidden }) => rightWhileHidden) ? 'yes' : 'no',
    rightAfter: round(median(all.map(({ ms }) => ms))),
    longestTask: round(Math.max(...all.map(({ longest }) => longest)), 0),
  }));
};
