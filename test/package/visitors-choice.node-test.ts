import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import puppeteer, { type Page } from 'puppeteer-core';
import { openBuiltSite, type BuiltSite } from '../support/built-site.js';
import { chromiumOptions } from '../support/chromium.mjs';

const html = (attributes: string): string => `<!doctype html><html lang="en"><meta charset="utf-8">
  <script type="module" src="/dist/cdn/realtime-voice.js"></script>
  <style>realtime-voice:state(audio-blocked)::part(base) { outline: 2px solid rgb(1, 2, 3) }</style>
  <realtime-voice token-endpoint="/token" api-url="/v1/realtime/calls" ${attributes}></realtime-voice>`;

/** What the built file does with a browser's real prompts, requests and storage. */
describe('what a visitor decides', () => {
  let site: BuiltSite;

  before(async () => {
    site = await openBuiltSite();
    site.pages.set('/consent', { html: html('consent') }).set('/', { html: html('') });
  });
  after(() => site.close());

  const part = (name: string): string => `realtime-voice >>> [part~="${name}"]`;
  const counts = async (): Promise<unknown> => (await fetch(`${site.service}/__lab/counts`)).json();

  /** Opens a page and writes down what it asks of the world. */
  async function watched(path: string): Promise<{ page: Page; asked: string[] }> {
    const asked: string[] = [];
    const page = await site.browser.newPage();
    await page.exposeFunction('wroteDown', (what: string) => void asked.push(what));
    await page.evaluateOnNewDocument(() => {
      const tell = (window as unknown as { wroteDown(what: string): void }).wroteDown;
      const { getUserMedia } = MediaDevices.prototype;
      MediaDevices.prototype.getUserMedia = function (...given) {
        tell('microphone');
        return getUserMedia.apply(this, given);
      };
      const { RTCPeerConnection: Peer } = window;
      window.RTCPeerConnection = class extends Peer {
        constructor(...given: ConstructorParameters<typeof Peer>) {
          super(...given);
          tell('connection');
        }
      };
    });
    await page.goto(site.url + path);
    await page.waitForFunction(() => customElements.get('realtime-voice'));
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    return { page, asked };
  }

  const stored = async (page: Page): Promise<unknown> => {
    const devtools = await page.createCDPSession();
    const { usageBreakdown } = await devtools.send('Storage.getUsageAndQuota', { origin: site.url });
    const { cookies } = await devtools.send('Network.getCookies', {});
    const keys = await page.evaluate(() => localStorage.length + sessionStorage.length);
    return [usageBreakdown.filter(({ usage }) => usage > 0).length, cookies.length, keys];
  };

  for (const [how, ask] of [
    ['by the button', async (page: Page) => page.locator(part('start-button')).click()],
    [
      'by typing',
      async (page: Page) => {
        await page.locator(part('text-input')).fill('hello');
        await page.keyboard.press('Enter');
      },
    ],
  ] as const) {
    it(`is waited for before anything is asked of anybody, also when the call is begun ${how}`, async () => {
      const before = await counts();
      const { page, asked } = await watched('/consent');
      await ask(page);
      await page.locator(part('consent')).wait();
      assert.deepEqual(asked, []);
      await page.locator(part('decline-button')).click();
      await page.locator('realtime-voice:state(failed)').wait();
      assert.deepEqual([asked, await counts(), await stored(page)], [[], before, [0, 0, 0]]);

      // A no is not for ever.
      await ask(page);
      await page.locator(part('accept-button')).click();
      await page.locator('realtime-voice:state(connected)').wait();
      assert.deepEqual(
        [...new Set(asked)].sort(),
        [...(how === 'by typing' ? [] : ['microphone']), '/token', '/v1/realtime/calls', 'connection'].sort(),
      );
      assert.deepEqual(await stored(page), [0, 0, 0]);
      await page.close();
    });
  }

  it('may be no to the microphone: it says how to allow it, and typing goes on', async () => {
    const options = await chromiumOptions();
    const args = (options.args ?? []).filter((flag) => !flag.includes('fake-ui'));
    const strict = await puppeteer.launch({ ...options, args });
    const page = await strict.newPage();
    await page.goto(site.url);
    await page.locator(part('start-button')).click();
    await page.locator('realtime-voice:state(failed)').wait();
    const said = await page
      .locator('realtime-voice >>> [role="alert"] span')
      .map((one) => one.textContent)
      .wait();
    assert.equal(said, 'The microphone is blocked. Allow it in the address bar, then try again.');
    await page.locator('realtime-voice >>> [role="alert"] button').click();
    await page.locator('realtime-voice:state(connected)').wait();
    await page.keyboard.type('hello');
    await page.keyboard.press('Enter');
    await page.locator(part('turn-assistant')).wait();
    await strict.close();
  });

  it('may be needed for sound: it is offered, and one click plays it', async () => {
    const options = await chromiumOptions();
    const args = (options.args ?? []).map((flag) =>
      flag.startsWith('--autoplay') ? '--autoplay-policy=document-user-activation-required' : flag,
    );
    const quiet = await puppeteer.launch({ ...options, args });
    const page = await quiet.newPage();
    await page.goto(site.url);
    const devtools = await page.createCDPSession();
    // A call that the page begins by itself, without a microphone; whatever else puppeteer evaluates counts as a click.
    const expression = `
      window.errors = [];
      customElements.whenDefined('realtime-voice').then(() => new Promise((resolve) => {
        const voice = document.querySelector('realtime-voice');
        voice.addEventListener('realtime-error', ({ detail }) => resolve(errors.push(detail.error.code)));
        voice.mediaStream = new MediaStream();
        voice.start();
      }))`;
    await devtools.send('Runtime.evaluate', { expression, userGesture: false, awaitPromise: true });
    await page.locator('realtime-voice:state(audio-blocked)').wait();
    const outline = await page
      .locator(part('base'))
      .map((base) => getComputedStyle(base as Element).outlineColor)
      .wait();
    const notice = 'realtime-voice >>> .notice[role="status"]';
    const said = await page
      .locator(`${notice} span`)
      .map((one) => one.textContent)
      .wait();
    assert.deepEqual([outline, said], ['rgb(1, 2, 3)', 'Your browser has blocked the sound.']);
    await page.locator(`${notice} button`).click();
    await page.waitForSelector(notice, { hidden: true });
    const { result } = await devtools.send('Runtime.evaluate', { expression: 'errors.join()' });
    assert.equal(result.value, 'playback.blocked');
    await quiet.close();
  });
});
