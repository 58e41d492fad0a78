import { Visit } from '../browser.js';
import type { Measure } from './measure.js';

const CONTENDERS = ['ours, no panel', 'ours, counts', 'ours, log', 'deep-chat'];
const WATCHED_MS = 3_000;

/** What a widget does on a page while nobody uses it. */
export const idle: Measure = async ({ browser, origin }) => {
  const results = [];
  for (const name of CONTENDERS) {
    const counts = await Visit.of(
      browser,
      origin,
      async (visit) => {
        await visit.mount(name);
        await pause(1_000);
        await visit.page.evaluate('window.work = {timers: 0, frames: 0, requests: 0}');
        await pause(WATCHED_MS);
        return (await visit.page.evaluate('window.work')) as Record<string, number>;
      },
      async (page) => {
        await page.evaluateOnNewDocument(watchWork);
      },
    );
    results.push({ name, ...counts });
  }
  return results;
};

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Counts in the page, before anything else runs there. */
function watchWork(): void {
  const work = { timers: 0, frames: 0, requests: 0 };
  const page = globalThis as unknown as Record<string, unknown> & { work: typeof work };
  page.work = work;
  const kinds = {
    setTimeout: 'timers',
    setInterval: 'timers',
    requestIdleCallback: 'timers',
    requestAnimationFrame: 'frames',
    fetch: 'requests',
    WebSocket: 'requests',
    XMLHttpRequest: 'requests',
  } as const;
  for (const [name, kind] of Object.entries(kinds)) {
    page[name] = new Proxy(page[name] as () => unknown, {
      apply(target, self, given) {
        page.work[kind] += 1;
        return Reflect.apply(target, self, given) as unknown;
      },
      construct(target, given) {
        page.work[kind] += 1;
        return Reflect.construct(target, given) as object;
      },
    });
  }
}
