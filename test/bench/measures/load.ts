import { Visit } from '../browser.js';
import { interleaved, median, round } from '../statistics.js';
import type { Measure } from './measure.js';

/** A script and the element to put into the page; the Agents SDK has none. */
const CONTENDERS: Readonly<Record<string, readonly [script: string, tag?: string]>> = {
  'Lit alone': ['/site/lit-alone.js', 'lit-alone'],
  'ours, no panel': ['/dist/cdn/realtime-voice.js', 'realtime-voice'],
  'deep-chat': ['/site/deep-chat.js', 'deep-chat'],
  'agents SDK (no user interface)': ['/site/agents-sdk.js'],
};

/** Milliseconds of the main thread to evaluate a script, and to draw its element for the first time. */
export const load: Measure = async ({ browser, origin, quick }) => {
  const runs = await interleaved(Object.keys(CONTENDERS), quick ? 3 : 12, (name) =>
    Visit.of(browser, origin, async (visit) => {
      const [script = '', tag] = CONTENDERS[name] ?? [];
      const evaluate = await visit.cpu(() => visit.page.evaluate((url) => import(url), script));
      const draw = tag ? await visit.cpu(() => visit.page.evaluate(drawElement, tag)) : 0;
      return { evaluate, draw };
    }),
  );
  const baseline = median(sums(runs.get('Lit alone') ?? []));
  return [...runs].map(([name, all]) => ({
    name,
    evaluate: round(median(all.map(({ evaluate }) => evaluate))),
    firstRender: round(median(all.map(({ draw }) => draw))),
    '× Lit alone': round(median(sums(all)) / baseline, 2),
  }));
};

function sums(all: readonly { readonly evaluate: number; readonly draw: number }[]): readonly number[] {
  return all.map(({ evaluate, draw }) => evaluate + draw);
}

/** Runs in the page: there again when a frame has shown the element. */
async function drawElement(tag: string): Promise<void> {
  document.body.append(document.createElement(tag));
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
}
