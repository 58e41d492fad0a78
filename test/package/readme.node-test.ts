import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { HTTPRequest } from 'puppeteer-core';
import { DIST, openBuiltSite, type BuiltSite } from '../support/built-site.js';
import { holdCall } from '../support/visitor.js';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

describe('the lines of HTML in the README', () => {
  let site: BuiltSite;

  before(async () => {
    site = await openBuiltSite();
  });
  after(() => site.close());

  /** The CDN has the built files, and at OpenAI's address is the local service. */
  async function answer(request: HTTPRequest): Promise<void> {
    const { hostname, pathname } = new URL(request.url());
    if (hostname === 'cdn.example.com') {
      const body = readFileSync(pathname.replace(/^\/realtime-voice@[\d.]+\/dist/, DIST));
      const headers = { 'Access-Control-Allow-Origin': '*' };
      await request.respond({ body, contentType: 'text/javascript', headers });
    } else if (hostname === 'api.openai.com') {
      const [method, headers, body] = [request.method(), request.headers(), request.postData()];
      const given = await fetch(site.url + pathname, { method, headers, ...(body && { body }) });
      const { status } = given;
      await request.respond({ status, headers: Object.fromEntries(given.headers), body: await given.text() });
    } else {
      await request.continue();
    }
  }

  it('that come first are a page that holds a call, as they stand', async () => {
    const [, snippet = ''] = /```html\n(.*?)```/s.exec(README) ?? [];
    site.pages.set('/', { html: snippet });
    const page = await site.browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (request) => void answer(request));
    await page.setRequestInterception(true);
    await page.goto(site.url);
    await holdCall(page);
    assert.deepEqual(complaints, []);
    await page.close();
  });

  it('that load the widget on a click ask for nothing before', async () => {
    const [, snippet = ''] = /```html\n(<button id="talk">.*?)```/s.exec(README) ?? [];
    site.pages.set('/', { html: snippet.replace('/voice/', '/dist/cdn/') });
    const page = await site.browser.newPage();
    const scripts: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('.js')) scripts.push(request.url());
    });
    await page.goto(site.url, { waitUntil: 'networkidle0' });
    assert.deepEqual(scripts, []);
    await page.click('#talk');
    await page.locator('realtime-voice >>> [part="panel"]:popover-open').wait();
    await page.close();
  });
});
