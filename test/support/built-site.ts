import { fileURLToPath } from 'node:url';
import type { Browser } from 'puppeteer-core';
import { startLocalService } from './local-service.mjs';
import { openSite, type Site } from './site.js';
import { openBrowser } from './visitor.js';

/** Where the built files are, on disk. */
export const DIST = fileURLToPath(new URL('../../dist', import.meta.url));

/** A site with the built files at `/dist`, the local service behind its endpoints, and a browser to visit it with. */
export interface BuiltSite extends Site {
  readonly browser: Browser;
  /** The address of the local service itself, for what it knows of calls (`/__lab`). */
  readonly service: string;
}

/**
 * Opens one; `npm run build` makes the files, and `npm test` does so first.
 *
 * @param options how the browser is started
 */
export async function openBuiltSite(
  folders: Readonly<Record<string, string>> = {},
  options?: Parameters<typeof openBrowser>[0],
): Promise<BuiltSite> {
  const service = await startLocalService();
  const site = await openSite({ service: service.url, folders: { ...folders, '/dist': DIST } });
  const browser = await openBrowser(options);
  return {
    ...site,
    browser,
    service: service.url,
    close: async () => {
      await browser.close();
      await site.close();
      await service.stop();
    },
  };
}
