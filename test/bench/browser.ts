import { launch, type Browser, type CDPSession, type Page } from 'puppeteer-core';
// @ts-expect-error -- plain JavaScript, shared with the test runner's configuration
import { findBrowser } from '../support/find-browser.mjs';
import type { Delays } from './page/loopback.js';

const SWITCHES = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-dev-shm-usage',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];
const AT_ONCE: Delays = { token: 0, sdp: 0, microphone: 0 };
const PATIENCE_MS = 300_000;

/** One browser for the whole run; its name and version are part of the results. */
export async function openBrowser(): Promise<Browser> {
  return launch({
    executablePath: (await findBrowser()) as string,
    headless: true,
    args: SWITCHES,
    protocolTimeout: PATIENCE_MS,
  });
}

/** What of a page was measured, in the units in which it is reported. */
export interface Footprint {
  readonly heapMB: number;
  readonly nodes: number;
}

/** A fresh page of its own storage, with one contender in it once {@link Visit.mount} was called. */
export class Visit {
  readonly page: Page;
  readonly #client: CDPSession;

  private constructor(page: Page, client: CDPSession) {
    this.page = page;
    this.#client = client;
  }

  /** Opens a page, lets `use` work with it and closes it. Fails when the page complained. */
  static async of<Result>(
    browser: Browser,
    origin: string,
    use: (visit: Visit) => Promise<Result>,
    prepare?: (page: Page) => Promise<void>,
  ): Promise<Result> {
    const context = await browser.createBrowserContext();
    try {
      await context.overridePermissions(origin, ['microphone']);
      const page = await context.newPage();
      await page.setViewport({ width: 1_280, height: 900 });
      const failed = new Promise<never>((_, reject) => {
        page.on('pageerror', (error) => reject(error as Error));
      });
      failed.catch(() => {});
      await prepare?.(page);
      await page.goto(origin);
      const client = await page.createCDPSession();
      await client.send('Performance.enable', { timeDomain: 'threadTicks' });
      return await Promise.race([use(new Visit(page, client)), failed]);
    } finally {
      await context.close();
    }
  }

  /** Puts a contender into the page. */
  async mount(contender: string, delays = AT_ONCE): Promise<void> {
    await this.page.addScriptTag({ url: '/site/main.js', type: 'module' });
    await this.page.waitForFunction('window.bench');
    await this.page.evaluate((name, given) => window.bench.mount(name, given), contender, delays);
  }

  /** Calls. Milliseconds from the press on Start to the open channel. */
  start(): Promise<number> {
    return this.page.evaluate(() => window.bench.start());
  }

  prepare(count: number): Promise<void> {
    return this.page.evaluate((events) => window.bench.prepare(events), count);
  }

  /** Milliseconds of the page's main thread that `work` took, whoever else uses the processor. */
  async cpu(work: () => Promise<unknown>): Promise<number> {
    const before = await this.#metric('ThreadTime');
    await work();
    return ((await this.#metric('ThreadTime')) - before) * 1_000;
  }

  /** Plays events and gives the CPU time for a thousand of them; `rate` is events a second. */
  async play(events: number, rate?: number): Promise<number> {
    await this.prepare(events);
    const ms = await this.cpu(() => this.page.evaluate((pace) => window.bench.play(pace), rate));
    return (ms * 1_000) / events;
  }

  /** What is still there after everything that can be forgotten is forgotten. */
  async footprint(): Promise<Footprint> {
    await this.prepare(0);
    await this.#client.send('HeapProfiler.collectGarbage');
    const [heap, nodes] = [await this.#metric('JSHeapUsedSize'), await this.#metric('Nodes')];
    return { heapMB: heap / 1e6, nodes };
  }

  async #metric(name: string): Promise<number> {
    const { metrics } = await this.#client.send('Performance.getMetrics');
    return metrics.find((one) => one.name === name)?.value ?? NaN;
  }
}
