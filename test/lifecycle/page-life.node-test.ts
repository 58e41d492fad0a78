import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { openBuiltSite, type BuiltSite } from '../support/built-site.js';
import { inUse, openInPage } from '../support/in-use.js';
import { holdCall, visit } from '../support/visitor.js';

const CYCLES = 10;
const html = `
  <!doctype html>
  <script>
    globalThis.shown = [];
    window.addEventListener('pageshow', ({ persisted }) => shown.push(persisted));
  </script>
  <script type="module" src="/dist/cdn/realtime-voice.js"></script>
  <realtime-voice token-endpoint="/token" api-url="/v1/realtime/calls"></realtime-voice>`;

/** The listeners of the window and the document, by type. */
async function listeners(page: Page): Promise<readonly string[]> {
  const devtools = await page.createCDPSession();
  const types: string[] = [];
  for (const expression of ['window', 'document']) {
    const { result } = await devtools.send('Runtime.evaluate', { expression });
    const found = await devtools.send('DOMDebugger.getEventListeners', { objectId: result.objectId ?? '' });
    types.push(...found.listeners.map(({ type }) => `${expression} ${type}`));
  }
  await devtools.detach();
  return types.sort();
}

const status = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => document.querySelector('realtime-voice')?.status);
const words = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => document.querySelector('realtime-voice')?.turns.map(({ text }) => text) ?? []);

async function call(page: Page): Promise<void> {
  await page.locator('realtime-voice >>> [part~="start-button"]').click();
  await page.locator('realtime-voice:state(connected)').wait();
}

describe('a page with a call on it', () => {
  let site: BuiltSite;

  before(async () => {
    site = await openBuiltSite({}, { without: ['--disable-back-forward-cache'] });
    site.pages.set('/', { html });
    site.pages.set('/elsewhere', { html: '<!doctype html><p>Elsewhere' });
  });
  after(() => site.close());

  /** Leaves the page and comes back. */
  async function thereAndBack(page: Page): Promise<void> {
    await page.goto(`${site.url}/elsewhere`);
    await page.goBack({ waitUntil: [] });
    await page.waitForFunction(() => 'shown' in globalThis);
  }

  it(`is kept by the back/forward cache ${CYCLES} times, and back with its transcript and no call`, async () => {
    const { page } = await visit(site.browser, site.url);
    await call(page);
    await page.locator('realtime-voice >>> [part~="text-input"]').fill('hello');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => {
      const turns = document.querySelector('realtime-voice')?.turns ?? [];
      return turns.some(({ role, status }) => role === 'assistant' && status === 'done');
    });
    const said = await words(page);
    let heard: readonly string[] = [];
    for (let cycle = 0; cycle < CYCLES; cycle += 1) {
      if (cycle > 0) await call(page);
      await thereAndBack(page);
      assert.equal(await status(page), 'idle');
      assert.deepEqual(await words(page), said);
      assert.deepEqual(await openInPage(page), [0, 0]);
      if (cycle === 0) heard = await listeners(page);
      else assert.deepEqual(await listeners(page), heard);
    }
    const shown = await page.evaluate(() => (globalThis as unknown as { shown: readonly boolean[] }).shown);
    assert.deepEqual(shown, [false, ...Array.from({ length: CYCLES }, () => true)]);
    await call(page);
    assert.equal(await status(page), 'connected');
  });

  it('has no listener that keeps it out of that cache', async () => {
    const { page } = await visit(site.browser, site.url);
    await call(page);
    const types = await listeners(page);
    assert.ok(types.includes('window pagehide'));
    assert.deepEqual(
      types.filter((type) => /unload/.test(type)),
      [],
    );
  });

  it('falls silent when a call begins in another tab', async () => {
    const { page: first } = await visit(site.browser, site.url);
    await call(first);
    const { page: second } = await visit(site.browser, site.url);
    await call(second);
    await first.locator('realtime-voice:state(idle)').wait();
    const reason = await first.evaluate(
      () =>
        document.querySelector('realtime-voice')?.log.findLast(({ type }) => type === 'local.status')?.event[
          'reason'
        ],
    );
    assert.deepEqual([reason, await status(second)], ['superseded', 'connected']);
  });

  it('keeps nothing of it in the browser', async () => {
    const { page } = await visit(site.browser, site.url);
    await call(page);
    const kept = await page.evaluate(async () => [
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      (await indexedDB.databases()).length,
      (await caches.keys()).length,
      (await navigator.serviceWorker.getRegistrations()).length,
    ]);
    assert.deepEqual(kept, [{}, {}, '', 0, 0, 0]);
  });

  /** Puts ten widgets into the page and takes them out again; they are free, and so is what they listened to. */
  async function comeAndGo(page: Page): Promise<void> {
    const before = await listeners(page);
    await page.evaluate(async () => {
      for (let count = 0; count < 10; count += 1) {
        const voice = document.createElement('realtime-voice');
        document.body.append(voice);
        await voice.updateComplete;
        voice.remove();
      }
    });
    // Asking collects the garbage first. Whether a removal was a move is known a moment later, and only then are they free.
    while ((await inUse(page, 'customElements.get("realtime-voice")')) > 1);
    assert.deepEqual(await listeners(page), before);
  }

  it('has a widget that can be freed when it is removed', { timeout: 60_000 }, async () => {
    const { page } = await visit(site.browser, site.url);
    await comeAndGo(page);
  });

  it('has one that can be freed also while nobody sees the page', { timeout: 60_000 }, async () => {
    const { page } = await visit(site.browser, site.url);
    await visit(site.browser, `${site.url}/elsewhere`);
    assert.equal(await page.evaluate(() => document.visibilityState), 'hidden');
    await comeAndGo(page);
  });

  it('goes on when every listener of the page throws, and tells the page of that', async () => {
    const { page, complaints } = await visit(site.browser, site.url);
    await page.evaluate((names) => {
      const voice = document.querySelector('realtime-voice');
      for (const name of names)
        voice?.addEventListener(name, () => {
          throw new Error(`A listener of ${name} throws.`);
        });
    }, EVENTS);
    await holdCall(page);
    assert.deepEqual([await status(page), (await words(page)).length], ['idle', 2]);
    const told = new Set(complaints.splice(0).map((complaint) => /realtime-[a-z-]+/.exec(complaint)?.[0]));
    assert.deepEqual([...told].sort(), EVENTS);
  });
});

/** Those of a call in which nothing happens but two turns. */
const EVENTS = [
  'realtime-activity-change',
  'realtime-before-connect',
  'realtime-event',
  'realtime-status-change',
  'realtime-transcript',
  'realtime-usage',
];
