import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { openBuiltSite, type BuiltSite } from '../support/built-site.js';
import { visit } from '../support/visitor.js';

/** Longer than the first pause before an attempt, and two looks at the network. */
const PATIENCE_MS = 2_500;
const html = `
    <!doctype html>
    <script type="module" src="/dist/cdn/realtime-voice.js"></script>
    <realtime-voice token-endpoint="/token" api-url="/v1/realtime/calls"></realtime-voice>
    <script>
      globalThis.statuses = [];
      addEventListener('realtime-status-change', ({ detail }) => statuses.push(detail.status));
    </script>`;

/** Tokens that the widget has asked for. */
const asked = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      document
        .querySelector('realtime-voice')
        ?.log.filter(({ type, event }) => type === 'local.token' && event['state'] === 'requested').length ??
      0,
  );

describe('a browser that believes that there is no network', () => {
  let site: BuiltSite;

  before(async () => {
    site = await openBuiltSite();
    site.pages.set('/', { html });
  });
  after(() => site.close());

  const call = async (): Promise<Page> => {
    const { page } = await visit(site.browser, site.url);
    await page.locator('realtime-voice >>> [part~="start-button"]').click();
    await page.locator('realtime-voice:state(connected)').wait();
    return page;
  };

  it('is not believed as long as the path is there', async () => {
    const page = await call();
    await page.setOfflineMode(true);
    await page.waitForFunction(() => !navigator.onLine);
    await page.locator('realtime-voice >>> [part~="text-input"]').fill('hello');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => {
      const turns = document.querySelector('realtime-voice')?.turns ?? [];
      return turns.some(({ role, status }) => role === 'assistant' && status === 'done');
    });
    const statuses = await page.evaluate(() => (globalThis as unknown as { statuses: string[] }).statuses);
    assert.equal(statuses.at(-1), 'connected');
    assert.ok(!statuses.includes('reconnecting'));
  });

  it('makes a lost call wait, with nothing asked of anybody, until there is a network again', async () => {
    const page = await call();
    const callId = await page.evaluate(() => document.querySelector('realtime-voice')?.callId);
    await page.setOfflineMode(true);
    await page.waitForFunction(() => !navigator.onLine);
    await fetch(`${site.service}/__lab/calls/${callId}/close?how=peer`, { method: 'POST' });
    await page.locator('realtime-voice:state(reconnecting)').wait();
    const lost = await page.evaluate(() => performance.now());
    await page.waitForFunction((since) => performance.now() > since, {}, lost + PATIENCE_MS);
    assert.equal(await asked(page), 1);
    await page.setOfflineMode(false);
    await page.locator('realtime-voice:state(connected)').wait();
    assert.equal(await asked(page), 2);
  });
});
