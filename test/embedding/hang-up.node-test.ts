import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { proxy } from 'hono/proxy';
import type { Page } from 'puppeteer-core';
import { createSessionHandler } from 'realtime-voice/server';
import { DIST } from '../support/built-site.js';
import { startLocalService } from '../support/local-service.mjs';
import { openSite, type Site } from '../support/site.js';
import { openBrowser, visit } from '../support/visitor.js';

/** The ends of what the test opened, last opened first closed. */
const ends: (() => Promise<unknown>)[] = [];

/** Listens on this machine. Resolves to the port. */
async function listen(app: Hono): Promise<number> {
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  await once(server, 'listening');
  ends.unshift(async () => void (await new Promise((resolve) => server.close(resolve))));
  return (server.address() as AddressInfo).port;
}

describe('a page whose endpoint is of another site', () => {
  /** Told of each call that the endpoint ends at the API. */
  const hangUps = new EventTarget();
  /** The endpoint takes its time: until then it answers nothing. */
  let answering = Promise.resolve();
  let site: Site;
  let open: () => Promise<Page>;

  before(async () => {
    const service = await startLocalService();
    ends.unshift(() => service.stop());
    const api = new Hono();
    api.all('/v1/*', ({ req }) => {
      if (req.path.endsWith('/hangup')) hangUps.dispatchEvent(new Event('hangup'));
      return proxy(service.url + req.path, req.raw);
    });
    site = await openSite({ folders: { '/dist': DIST } });
    ends.unshift(() => site.close());
    const handler = createSessionHandler({
      apiKey: 'ek_local_normal_hangup00000000',
      upstream: `http://127.0.0.1:${await listen(api)}/v1`,
      origins: [site.url],
    });
    const endpoint = new Hono();
    endpoint.all('/voice', async ({ req }) => {
      await answering;
      return handler(req.raw, { address: '127.0.0.1' });
    });
    // Another name of the same machine is another site, and every request to it is asked about first.
    const elsewhere = `http://localhost:${await listen(endpoint)}/voice`;
    site.pages.set('/', {
      html: `<!doctype html><title>Call</title>
        <script type="module" src="/dist/cdn/realtime-voice.js"></script>
        <realtime-voice session-endpoint="${elsewhere}"></realtime-voice>`,
    });
    site.pages.set('/elsewhere', { html: '<!doctype html><title>Elsewhere</title>' });
    const browser = await openBrowser();
    ends.unshift(() => browser.close());
    open = async () => (await visit(browser, site.url)).page;
  });
  after(async () => {
    for (const end of ends) await end();
  });

  const leavings: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
    'is closed': (page) => page.close(),
    // To another site: then the browser throws away the process that the page was in.
    'goes elsewhere': (page) => page.goto(`${site.url.replace('127.0.0.1', 'localhost')}/elsewhere`),
  };
  for (const [how, leave] of Object.entries(leavings)) {
    it(
      `hangs up there when it ${how}, even where the endpoint answers only after that`,
      { timeout: 60_000 },
      async () => {
        const page = await open();
        await page.locator('realtime-voice >>> [part~="start-button"]').click();
        await page.locator('realtime-voice:state(connected)').wait();
        const hungUp = once(hangUps, 'hangup');
        const left = leave(page);
        answering = left.then(() => {});
        await left;
        await hungUp;
      },
    );
  }
});
