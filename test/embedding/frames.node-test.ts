import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Frame, Page } from 'puppeteer-core';
import { openBuiltSite, type BuiltSite } from '../support/built-site.js';
import { greet, holdCall } from '../support/visitor.js';

const WIDGET = `<!doctype html><html lang="en"><title>Widget</title>
  <script type="module" src="/dist/cdn/realtime-voice.js"></script>
  <realtime-voice token-endpoint="/token" api-url="/v1/realtime/calls"></realtime-voice>`;

/** Frames that may use the microphone, and those that may not: attributes, the code, and what the visitor reads. */
const REFUSED = [
  [
    'without allow',
    '',
    /^permission.blocked_by_policy: .*allow="microphone; autoplay"/,
    /does not allow the microphone/,
  ],
  [
    'sandboxed without an origin of its own',
    'allow="microphone" sandbox="allow-scripts allow-forms"',
    /^env.opaque_origin: .*allow-same-origin/,
    /does not allow the microphone/,
  ],
] as const;

const ALLOWED = {
  'with allow': 'allow="microphone; autoplay"',
  'sandboxed, with allow':
    'allow="microphone; autoplay" sandbox="allow-scripts allow-same-origin allow-forms"',
};

describe('a widget where the microphone is not for everybody', () => {
  let site: BuiltSite;
  let elsewhere: string;

  before(async () => {
    site = await openBuiltSite();
    // Another name of the same machine is another origin.
    elsewhere = site.url.replace('127.0.0.1', 'localhost');
    site.pages.set('/widget', { html: WIDGET });
  });
  after(() => site.close());

  async function open(attributes: string): Promise<{ page: Page; frame: Frame }> {
    const html = `<!doctype html><title>Around</title><iframe ${attributes} src="${elsewhere}/widget" width="600" height="700"></iframe>`;
    site.pages.set('/', { html });
    const page = await site.browser.newPage();
    await page.goto(site.url);
    const frame = await page.waitForFrame((one) => one.url().endsWith('/widget'));
    return { page, frame };
  }

  for (const [name, attributes] of Object.entries(ALLOWED))
    it(`holds a call in a frame from another origin: ${name}`, async () => {
      const { page, frame } = await open(attributes);
      await holdCall(frame);
      await page.close();
    });

  for (const [name, attributes, code, sentence] of REFUSED)
    it(`says why it cannot listen, to the page and to the visitor, in a frame: ${name}`, async () => {
      const { page, frame } = await open(attributes);
      assert.match(await refusal(frame), code);
      assert.match(await notice(frame), sentence);
      await page.close();
    });

  it('can still be typed to where it may not listen', async () => {
    const { page, frame } = await open('');
    await refusal(frame);
    await greet(frame);
    await page.close();
  });

  it('says that a Permissions-Policy forbids it, before a call and when one is tried', async () => {
    site.pages.set('/', { html: WIDGET, headers: { 'Permissions-Policy': 'microphone=()' } });
    const page = await site.browser.newPage();
    await page.goto(site.url);
    const found = await page.$eval('realtime-voice', async (voice) => {
      await customElements.whenDefined('realtime-voice');
      return (await voice.checkEnvironment()).map(({ code }) => code);
    });
    assert.deepEqual(found, ['permission.blocked_by_policy']);
    const brought = await page.$eval('realtime-voice', async (voice) => {
      voice.mediaStream = new MediaStream();
      const problems = await voice.checkEnvironment();
      voice.mediaStream = undefined;
      return problems;
    });
    assert.deepEqual(brought, [], 'who brings the sound asks for no microphone');
    assert.match(await refusal(page.mainFrame()), /^permission.blocked_by_policy: Permissions-Policy/);
    await page.close();
  });
});

/** Presses Start where that must fail: with which code, and what the developer is told to do about it. */
async function refusal(frame: Frame): Promise<string> {
  await frame.locator('realtime-voice >>> [part~="start-button"]').click();
  await frame.locator('realtime-voice:state(failed)').wait();
  return frame.$eval('realtime-voice', ({ error }) => `${error?.code}: ${error?.hint}`);
}

/** What the visitor reads. */
async function notice(frame: Frame): Promise<string> {
  const shown = await frame.waitForSelector('realtime-voice >>> [part="notice"].error');
  return (await shown?.evaluate((element) => element.textContent)) ?? '';
}
