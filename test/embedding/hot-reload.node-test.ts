import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'puppeteer-core';
import { createServer, type ViteDevServer } from 'vite';
import { DIST } from '../support/built-site.js';
import { startLocalService } from '../support/local-service.mjs';
import { openBrowser, visit } from '../support/visitor.js';

/** Inside the repository, for `lit`. */
const WORKSHOP = fileURLToPath(new URL('../../.cache/hot-reload', import.meta.url));

function write(file: string, text: string): void {
  writeFileSync(join(WORKSHOP, file), text);
}

/** A module of the site's own, as its developer saves it for the so-manieth time. */
function module(round: number): string {
  return `import 'realtime-voice/define';
document.body.dataset.round = '${round}';
import.meta.hot.accept();`;
}

function page(title: string): string {
  return `<!doctype html><html lang="en"><title>${title}</title><body>
    <realtime-voice token-endpoint="/token" api-url="/v1/realtime/calls"></realtime-voice>
    <script type="module" src="./main.js"></script></body></html>`;
}

describe('a site that is worked on during a call', () => {
  let service: Awaited<ReturnType<typeof startLocalService>>;
  let server: ViteDevServer;
  let browser: Browser;

  before(async () => {
    rmSync(WORKSHOP, { recursive: true, force: true });
    mkdirSync(WORKSHOP, { recursive: true });
    write('index.html', page('Before'));
    write('main.js', module(0));
    service = await startLocalService();
    server = await createServer({
      root: WORKSHOP,
      configFile: false,
      logLevel: 'error',
      resolve: { alias: { 'realtime-voice/define': join(DIST, 'define.js') } },
      optimizeDeps: { include: [] },
      server: {
        watch: null,
        host: '127.0.0.1',
        port: 0,
        proxy: { '/token': service.url, '/v1': service.url },
      },
    });
    await server.listen();
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await server.close();
    await service.stop();
  });

  /** Says to Vite what a watcher of files says, at once: a watcher leaves out what comes too soon after another change. */
  function save(file: string, text: string): void {
    write(file, text);
    server.watcher.emit('change', join(WORKSHOP, file));
  }

  async function isAlive(id: string): Promise<boolean> {
    return ((await (await fetch(`${service.url}/__lab/calls/${id}`)).json()) as { alive: boolean }).alive;
  }

  async function callOn(page: Page): Promise<string> {
    await page.locator('realtime-voice >>> [part~="start-button"]').click();
    await page.locator('realtime-voice:state(connected)').wait();
    return page.$eval('realtime-voice', ({ callId }) => callId ?? '');
  }

  it(
    'keeps the call when a module is replaced, and loses it with the page, never leaving one behind',
    { timeout: 120_000 },
    async () => {
      const { page: tab, complaints } = await visit(browser, server.resolvedUrls?.local[0] ?? '');
      const id = await callOn(tab);
      for (let round = 1; round <= 5; round++) {
        save('main.js', module(round));
        await tab.waitForSelector(`body[data-round="${round}"]`);
        assert.equal(await tab.$eval('realtime-voice', ({ callId }) => callId), id);
      }
      assert.ok(await isAlive(id));
      const loaded = tab.waitForNavigation();
      save('index.html', page('After'));
      await loaded;
      assert.equal(await tab.title(), 'After');
      while (await isAlive(id)) await new Promise(setImmediate);
      assert.equal(await tab.$eval('realtime-voice', ({ status }) => status), 'idle');
      // Lit tells developers that they are developers, and this site has no icon.
      assert.deepEqual(
        complaints.splice(0).filter((complaint) => !/Lit is in dev mode|404/.test(complaint)),
        [],
      );
    },
  );
});
