import { interleaved, quantile, round } from '../statistics.js';
import { calling, type Measure } from './measure.js';

const CONTENDERS = ['floor-sync', 'floor', 'ours, counts', 'ancestor', 'agents SDK'];
const RATE = 50;

/** Milliseconds from sending a delta to the DOM that has it, and to the frame that shows it, at 50 deltas a second. */
export const words: Measure = async (lab) => {
  const deltas = lab.quick ? 50 : 200;
  const runs = await interleaved(CONTENDERS, lab.quick ? 1 : 3, (name) =>
    calling(lab, name, async (visit) => {
      await visit.play(500);
      return visit.page.evaluate((count, rate) => window.bench.words(count, rate), deltas, RATE);
    }),
  );
  return [...runs].map(([name, reports]) => {
    const toDom = reports.flatMap((report) => report?.toDom ?? []);
    const toFrame = reports.flatMap((report) => report?.toFrame ?? []);
    const figure = (values: readonly number[], share: number): number | null =>
      values.length < deltas ? null : round(quantile(values, share));
    return {
      name,
      domP50: figure(toDom, 0.5),
      domP95: figure(toDom, 0.95),
      frameP50: figure(toFrame, 0.5),
      frameP95: figure(toFrame, 0.95),
    };
  });
};
