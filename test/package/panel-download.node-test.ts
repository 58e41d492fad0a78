import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { DIST } from '../support/built-site.js';
import { watchDownload } from '../support/downloads.js';
import { openSite, type Site } from '../support/site.js';
import { openBrowser } from '../support/visitor.js';

const PAGE = `<!doctype html><html lang="en"><title>Panel</title>
  <script type="module" src="/dist/cdn/realtime-voice.js"></script>
  <realtime-event-panel></realtime-event-panel>`;

describe('the log of a panel', () => {
  let site: Site;
  let browser: Browser;

  before(async () => {
    site = await openSite({ pages: { '/': { html: PAGE } }, folders: { '/dist': DIST } });
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await site.close();
  });

  it(
    'is saved as a file named after the time, which holds every event and no key',
    { timeout: 60_000 },
    async () => {
      const page = await browser.newPage();
      await page.goto(site.url);
      const { folder, named, saved } = await watchDownload(browser);
      const exported = await page.evaluate(async () => {
        await customElements.whenDefined('realtime-event-panel');
        const panel = document.querySelector('realtime-event-panel')!;
        const source = new EventTarget();
        panel.attach(source);
        const events = [
          { type: 'session.created', session: { id: 'sess_1', client_secret: 'ek_canary0123456789' } },
          { type: 'vendor.news', words: 'Hello “there”.' },
        ];
        events.forEach((event, sequence) => {
          const detail = { sequence, origin: 'server', type: event.type, event, time: 1_000 + sequence };
          source.dispatchEvent(new CustomEvent('realtime-event', { detail }));
        });
        await panel.download();
        return panel.export('jsonl');
      });
      assert.match(await named, /^realtime-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.jsonl$/);
      await saved;
      const log = await readFile(join(folder, await named), 'utf8');
      assert.equal(log, exported);
      const types = [...log.matchAll(/"type":"(session\.created|vendor\.news)"/g)].map(([, type]) => type);
      assert.deepEqual([...new Set(types)], ['session.created', 'vendor.news']);
      assert.doesNotMatch(log, /canary/);
      await rm(folder, { recursive: true });
      await page.close();
    },
  );
});
