import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { HTTPRequest, Page } from 'puppeteer-core';
import { openBuiltSite, type BuiltSite } from '../support/built-site.js';
import { holdCall } from '../support/visitor.js';

const FILES = {
  module: '<script type="module" src="/dist/cdn/realtime-voice.js"></script>',
  classic: '<script src="/dist/cdn/realtime-voice.iife.js"></script>',
};

/** What Lit itself leaves on every page that has it. */
const LITS_OWN = ['litElementVersions', 'litHtmlVersions', 'litPropertyMetadata', 'reactiveElementVersions'];

/** Runs before anything else on the page: remembers its globals, and everything that the elements tell. */
const WATCH = `<script>
  globalThis.told = [];
  globalThis.usual = new Set([...Object.getOwnPropertyNames(window), 'usual']);
  for (const name of ['status-change', 'activity-change', 'event', 'transcript', 'tool-call', 'usage', 'error',
    'before-connect', 'mute-change', 'device-change', 'consent', 'limit-warning', 'approval-request'])
    document.addEventListener('realtime-' + name, ({ detail }) => told.push(JSON.stringify(detail), String(detail.error)));
  new BroadcastChannel('realtime-voice').onmessage = ({ data }) => told.push(JSON.stringify(data));
</script>`;

describe('a page with the widget on it', () => {
  let site: BuiltSite;

  before(async () => {
    site = await openBuiltSite();
  });
  after(() => site.close());

  async function open(script: string): Promise<{ page: Page; requests: HTTPRequest[]; said: string[] }> {
    const html = `<!doctype html><html lang="en"><title>Traces</title>${WATCH}${script}
      <realtime-voice token-endpoint="/token" api-url="/v1/realtime/calls"></realtime-voice>
      <realtime-event-panel view="log"></realtime-event-panel></html>`;
    site.pages.set('/', { html });
    const page = await site.browser.newPage();
    const requests: HTTPRequest[] = [];
    const said: string[] = [];
    page.on('request', (request) => requests.push(request));
    page.on('console', (message) => said.push(message.text()));
    await page.goto(site.url, { waitUntil: 'networkidle0' });
    return { page, requests, said };
  }

  for (const [name, script] of Object.entries(FILES))
    it(`asks for its own files before anybody presses Start, and for two endpoints after that: ${name}`, async () => {
      const { page, requests } = await open(script);
      const files = requests.splice(0).map((request) => new URL(request.url()));
      assert.deepEqual(
        files.filter(
          ({ origin, pathname }) =>
            origin !== site.url || !/^\/($|favicon\.ico$|dist\/cdn\/[\w.-]+\.js$)/.test(pathname),
        ),
        [],
      );
      await holdCall(page);
      const asked = requests.map((request) => `${request.method()} ${request.url().replace(site.url, '')}`);
      assert.deepEqual(
        asked.filter((request) => !request.startsWith('GET /dist/cdn/')),
        ['POST /token', 'POST /v1/realtime/calls'],
      );
      await page.close();
    });

  for (const [name, script, own] of [
    ['module', FILES.module, []],
    ['classic', FILES.classic, ['RealtimeVoice']],
  ] as const)
    it(`has no globals but Lit's${own.length > 0 ? ` and ${own}` : ''}: ${name}`, async () => {
      const { page } = await open(script);
      await holdCall(page);
      const names = (await page.evaluate(
        'Object.getOwnPropertyNames(window).filter((name) => !usual.has(name) && !/puppeteer|__aria/.test(name))',
      )) as string[];
      assert.deepEqual(names.sort(), [...own, ...LITS_OWN].sort());
      await page.close();
    });

  it('has nothing in any storage, no cookie, no font and no worker', async () => {
    const { page } = await open(FILES.module);
    await holdCall(page);
    const found = await page.evaluate(async () => ({
      local: { ...localStorage },
      session: { ...sessionStorage },
      databases: await indexedDB.databases(),
      caches: await caches.keys(),
      cookie: document.cookie,
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      fonts: document.fonts.size,
      styles: document.querySelectorAll('style, link').length + document.adoptedStyleSheets.length,
    }));
    assert.deepEqual(found, {
      local: {},
      session: {},
      databases: [],
      caches: [],
      cookie: '',
      workers: 0,
      fonts: 0,
      styles: 0,
    });
    assert.equal(page.workers().length, 0);
    await page.close();
  });

  it('shows the token nowhere: not in its tree, its events, its logs, its errors or its requests', async () => {
    const { page, requests, said } = await open(FILES.module);
    await holdCall(page);
    await page.evaluate(() => document.querySelector('realtime-voice')?.setAttribute('api-url', '/nowhere'));
    await page.locator('realtime-voice >>> [part~="start-button"]').click();
    await page.locator('realtime-voice:state(failed)').wait();
    const carriers = requests.filter((request) =>
      JSON.stringify([request.url(), request.headers(), request.postData()]).includes('ek_'),
    );
    assert.deepEqual(
      carriers.map((request) => request.url().replace(site.url, '')),
      ['/v1/realtime/calls', '/nowhere'],
    );
    const tokens = carriers.map(
      (request) => request.headers()['authorization']?.replace('Bearer ', '') ?? '',
    );
    assert.ok(tokens.every((token) => /^ek_./.test(token)));
    for (const [place, text] of Object.entries({ ...(await everything(page)), console: said.join('\n') }))
      assert.ok(![...tokens, 'ek_local'].some((secret) => text.includes(secret)), `not in ${place}`);
    await page.close();
  });
});

/** All that a page, or somebody who reads it, can get out of the elements; each place by its name. */
async function everything(page: Page): Promise<Record<string, string>> {
  return page.evaluate(async () => {
    const voice = document.querySelector('realtime-voice');
    const panel = document.querySelector('realtime-event-panel');
    if (!voice || !panel || !voice.error) throw new Error('There is nothing to look at.');
    return {
      document: document.documentElement.outerHTML,
      widget: voice.shadowRoot?.innerHTML ?? '',
      panel: panel.shadowRoot?.innerHTML ?? '',
      events: (globalThis as unknown as { told: string[] }).told.join('\n'),
      log: JSON.stringify([voice.log, panel.entries, voice.turns]),
      export: (await panel.export('json')) + (await panel.export('jsonl')),
      transcript: (['text', 'markdown', 'json', 'vtt'] as const)
        .map((format) => voice.exportTranscript(format))
        .join('\n'),
      diagnostics: JSON.stringify(voice.diagnostics()),
      error:
        JSON.stringify(voice.error) + voice.error.message + voice.error.stack + String(voice.error.cause),
      properties: Object.entries(voice).map(String).join('\n'),
      storage: JSON.stringify([{ ...localStorage }, { ...sessionStorage }]) + document.cookie,
      address: location.href + document.referrer + JSON.stringify(history.state),
      window: window.name,
    };
  });
}
