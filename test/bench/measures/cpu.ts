import { interleaved, median, round } from '../statistics.js';
import { calling, type Measure } from './measure.js';

const CONTENDERS = [
  'null',
  'parse',
  'floor-sync, no panel',
  'floor-sync',
  'floor',
  'ours, no panel',
  'ours, panel closed',
  'ours, counts',
  'ours, log',
  'ancestor',
  'agents SDK',
  'deep-chat',
];

/** Milliseconds of the main thread per thousand events, and what becomes of the frames meanwhile. */
export const cpu: Measure = async (lab) => {
  const scale = lab.quick ? 0.5 : 1;
  const runs = await interleaved(CONTENDERS, lab.quick ? 1 : 4, (name) =>
    calling(lab, name, async (visit) => {
      await visit.play(500);
      const burst = await visit.play(2_000 * scale);
      const slow = await visit.play(600 * scale, 200);
      await visit.page.evaluate(() => window.bench.watch());
      const fast = await visit.play(2_000 * scale, 1_000);
      const frames = await visit.page.evaluate(() => window.bench.watched());
      if (!(await visit.page.evaluate(() => window.bench.isRight())))
        throw new Error(`${name} is not right.`);
      return { burst, slow, fast, frames };
    }),
  );
  return [...runs].map(([name, all]) => ({
    name,
    burst: round(median(all.map(({ burst }) => burst))),
    at200: round(median(all.map(({ slow }) => slow))),
    at1000: round(median(all.map(({ fast }) => fast))),
    dropped: round(
      median(
        all.map(
          ({ frames }) => (100 * (frames?.dropped ?? 0)) / ((frames?.frames ?? 0) + (frames?.dropped ?? 0)),
        ),
      ),
    ),
    longTasks: median(all.map(({ frames }) => frames?.longTasks ?? 0)),
    longestTask: round(Math.max(...all.map(({ frames }) => frames?.longestTask ?? 0)), 0),
  }));
};
