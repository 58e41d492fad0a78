import { interleaved, median, round } from '../statistics.js';
import type { Visit } from '../browser.js';
import { calling, type Measure } from './measure.js';

const CONTENDERS = ['floor-sync', 'ours, no panel', 'ours, counts', 'ancestor', 'agents SDK', 'deep-chat'];
/** Whoever takes longer is stopped, and the table says after how many events. */
const PATIENCE_MS = 30_000;
/** The very first thousands still compile: they would make the later ones look good. */
const EARLY = [5, 15] as const;

/** A very long session: what a thousand events cost at its beginning and at its end, and what they leave behind. */
export const endurance: Measure = async (lab) => {
  const thousands = lab.quick ? 20 : 100;
  const runs = await interleaved(CONTENDERS, lab.quick ? 1 : 2, (name) =>
    calling(lab, name, (visit) => session(visit, thousands)),
  );
  return [...runs].map(([name, all]) => ({
    name,
    events: Math.min(...all.map(({ costs }) => costs.length)) * 1_000,
    first: round(median(all.map(({ costs }) => costs[0] ?? NaN))),
    early: round(median(all.map(({ costs }) => median(costs.slice(...EARLY))))),
    last: round(median(all.map(({ costs }) => median(costs.slice(-10))))),
    'last/early': round(
      median(all.map(({ costs }) => median(costs.slice(-10)) / median(costs.slice(...EARLY)))),
      2,
    ),
    heapMB: round(median(all.map(({ heapMB }) => heapMB))),
    nodes: median(all.map(({ nodes }) => nodes)),
  }));
};

async function session(
  visit: Visit,
  thousands: number,
): Promise<{ costs: readonly number[]; heapMB: number; nodes: number }> {
  const before = await visit.footprint();
  const costs: number[] = [];
  const began = performance.now();
  while (costs.length < thousands && performance.now() - began < PATIENCE_MS) {
    await visit.prepare(1_000);
    costs.push(await visit.cpu(() => visit.page.evaluate(() => window.bench.pour())));
  }
  const after = await visit.footprint();
  return { costs, heapMB: after.heapMB - before.heapMB, nodes: after.nodes };
}
