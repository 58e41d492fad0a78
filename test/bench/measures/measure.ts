import type { Browser } from 'puppeteer-core';
import { Visit } from '../browser.js';

/** One row of results: a contender and its figures by name. */
export type Figures = { readonly name: string } & Readonly<Record<string, number | string | null>>;

/** What measures are taken with. */
export interface Lab {
  readonly browser: Browser;
  readonly origin: string;
  /** Fewer repetitions and events: to see whether it works, not what it gives. */
  readonly quick: boolean;
}

/** Takes one measure of all contenders. */
export type Measure = (lab: Lab) => Promise<readonly Figures[]>;

/** A fresh page with a contender in it, calling. */
export function calling<Result>(
  { browser, origin }: Lab,
  contender: string,
  use: (visit: Visit) => Promise<Result>,
): Promise<Result> {
  return Visit.of(browser, origin, async (visit) => {
    await visit.mount(contender);
    await visit.start();
    return use(visit);
  });
}
