import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { openBuiltSite, type BuiltSite } from '../support/built-site.js';
import { holdCall, visit } from '../support/visitor.js';

/** The strictest page that can hold a call: what a security officer would write, and nothing for our sake but one origin. */
const STRICT =
  "default-src 'none'; script-src 'nonce-1'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const TRUSTED = "require-trusted-types-for 'script'; trusted-types";

const FILES = {
  module: '<script type="module" nonce="1" src="/dist/cdn/realtime-voice.js"></script>',
  classic: '<script nonce="1" src="/dist/cdn/realtime-voice.iife.js"></script>',
};

describe('a page with the strictest Content-Security-Policy', () => {
  let site: BuiltSite;

  before(async () => {
    site = await openBuiltSite();
  });
  after(() => site.close());

  async function open(policy: string, script: string): ReturnType<typeof visit> {
    site.pages.set('/', {
      headers: { 'Content-Security-Policy': policy },
      html: `<!doctype html><html lang="en"><title>Strict</title>
        <script nonce="1">
          globalThis.violations = [];
          document.addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective));
        </script>
        ${script}
        <realtime-voice
          token-endpoint="/token"
          api-url="/v1/realtime/calls"
          controls="start mute text interrupt devices volume transcript usage"
        >Please call 555-0100.</realtime-voice>
        <realtime-event-panel></realtime-event-panel>
        <p>The page itself.</p>`,
    });
    return visit(site.browser, `${site.url}/`);
  }

  for (const [name, script] of Object.entries(FILES))
    it(`holds a call and shows everything without a violation: ${name}`, async () => {
      const { page, origins } = await open(`${STRICT}; ${TRUSTED} lit-html`, script);
      await holdCall(page);
      await lookAround(page);
      assert.deepEqual(await page.evaluate('violations'), []);
      assert.deepEqual([...origins], [site.url]);
    });

  it('that forbids Lit’s Trusted Types policy shows what is between the tags, and says once what is missing', async () => {
    for (const script of Object.values(FILES)) {
      const { page, complaints } = await open(`${STRICT}; ${TRUSTED} another`, script);
      const text = await page.evaluate(() => document.body.innerText.trim().split(/\s*\n+\s*/));
      assert.deepEqual(text, ['Please call 555-0100.', 'The page itself.']);
      const said = complaints.splice(0);
      const own = said.filter((complaint) => complaint.includes('[realtime-voice]'));
      const browsers = said.filter((complaint) => complaint.startsWith('Creating a TrustedTypePolicy'));
      assert.match(own.join(), /\[realtime-voice\] .*Content-Security-Policy.*trusted-types lit-html/);
      assert.deepEqual([own.length, browsers.length, said.length], [1, 1, 2]);
    }
  });
});

/** Opens what is closed at first: it has styles and templates of its own. */
async function lookAround(page: Page): Promise<void> {
  await page.locator('realtime-voice >>> [aria-expanded="false"]').click();
  await page.locator('realtime-voice >>> [part="devices"]').wait();
  for (const view of ['log', 'timeline', 'counts', 'log']) {
    await page.$eval('realtime-event-panel', (panel, view) => panel.setAttribute('view', view), view);
    await page.locator(`realtime-event-panel >>> [part="${view}"]`).wait();
  }
  await page.locator('realtime-event-panel >>> [part~="row"]').click();
  await page.locator('realtime-event-panel >>> [part="payload"]').wait();
  await page.evaluate(async () => {
    const panel = document.querySelector('realtime-event-panel');
    await panel?.import(await panel.export());
    document.documentElement.lang = 'ja';
    document.querySelector('realtime-voice')?.setAttribute('layout', 'floating');
  });
  await page.locator('realtime-voice >>> [part="launcher"]').click();
  await page.waitForFunction(() =>
    document.querySelector('realtime-voice')?.shadowRoot?.textContent?.includes('話しはじめる'),
  );
}
