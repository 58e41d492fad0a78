import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CDPSession, Frame, Page } from 'puppeteer-core';
import { openBuiltSite, type BuiltSite } from '../support/built-site.js';
import { visit } from '../support/visitor.js';

const FAKE_UI = '--use-fake-ui-for-media-stream';
const FAKE_DEVICE = '--use-fake-device-for-media-stream';
const FREE_AUTOPLAY = '--autoplay-policy=no-user-gesture-required';
const STRICT_AUTOPLAY = '--autoplay-policy=document-user-activation-required';
/** A classic script: frames without an origin may not load modules. */
const html = `
  <!doctype html>
  <script src="/dist/cdn/realtime-voice.iife.js"></script>
  <realtime-voice token-endpoint="/token" api-url="/v1/realtime/calls"></realtime-voice>`;

interface Attempt {
  /** What `checkEnvironment()` said before. */
  readonly problems: readonly string[];
  /** What the call came to. */
  readonly code: string;
  /** What the visitor reads. */
  readonly sentence: string;
  readonly hint: string;
}

/** Checks, then calls. */
async function attempt(frame: Page | Frame): Promise<Attempt> {
  return frame.evaluate(async () => {
    await customElements.whenDefined('realtime-voice');
    const voice = document.querySelector('realtime-voice');
    if (!voice) throw new Error('There is no widget.');
    const problems = (await voice.checkEnvironment()).map(({ code }) => code);
    const error = await voice.start().then(
      () => ({ code: 'connected', hint: '' }),
      (thrown: { code: string; hint: string }) => thrown,
    );
    await voice.updateComplete;
    const sentence = voice.renderRoot.querySelector('.notice.error')?.textContent.trim() ?? '';
    return { problems, code: error.code, hint: error.hint, sentence };
  });
}

describe('the browser’s own refusals', () => {
  let site: BuiltSite;
  let port: string;
  /** What it sets lasts as long as it does. */
  let devtools: CDPSession;

  before(async () => {
    const args = ['--host-resolver-rules=MAP insecure.test 127.0.0.1', STRICT_AUTOPLAY];
    site = await openBuiltSite({}, { without: [FAKE_UI, FREE_AUTOPLAY], args });
    ({ port } = new URL(site.url));
    devtools = await site.browser.target().createCDPSession();
    const frame = (attributes: string): string =>
      `<!doctype html><iframe ${attributes} src="http://localhost:${port}/"></iframe>`;
    const headers = { 'Permissions-Policy': 'microphone=()' };
    site.pages
      .set('/', { html })
      .set('/policy', { html, headers })
      .set('/frame', { html: frame('') })
      .set('/sandbox', { html: frame('allow="microphone" sandbox="allow-scripts"') });
  });
  after(() => site.close());

  const open = async (url: string): Promise<{ page: Page; requests: string[]; complaints: string[] }> => {
    const { page, complaints } = await visit(site.browser, new URL(url, site.url).href);
    const requests: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') requests.push(new URL(request.url()).pathname);
    });
    return { page, requests, complaints };
  };
  const permit = async (setting: 'granted' | 'denied' | 'prompt'): Promise<void> => {
    await devtools.send('Browser.setPermission', {
      permission: { name: 'microphone' },
      setting,
      origin: site.url,
    });
  };

  it('a closed prompt is no refusal: the visitor may try again', async () => {
    const { page, requests } = await open('/');
    await permit('prompt');
    const { problems, code, sentence } = await attempt(page);
    assert.deepEqual([problems, code, requests], [[], 'permission.dismissed', []]);
    assert.match(sentence, /microphone/);
  });

  it('a refusal is told with where it can be taken back, and no token is asked for', async () => {
    const { page, requests } = await open('/');
    await permit('denied');
    const { problems, code, sentence } = await attempt(page);
    assert.deepEqual([problems, code, requests], [['permission.denied'], 'permission.denied', []]);
    assert.match(sentence, /address bar/);
  });

  it('a permission that is taken back in a call is told, and the call goes on', async () => {
    const { page } = await open('/');
    await permit('granted');
    assert.equal((await attempt(page)).code, 'connected');
    const lost = page.evaluate(
      () =>
        new Promise((resolve) => {
          document.addEventListener('realtime-error', ({ detail }) => resolve(detail.error.code), {
            once: true,
          });
        }),
    );
    await permit('denied');
    assert.equal(await lost, 'device.lost');
    assert.equal(await page.evaluate(() => document.querySelector('realtime-voice')?.status), 'connected');
  });

  it('a page whose policy forbids the microphone is named as such', async () => {
    const { page, requests, complaints } = await open('/policy');
    const { problems, code, hint } = await attempt(page);
    assert.deepEqual(
      [problems, code, requests],
      [['permission.blocked_by_policy'], 'permission.blocked_by_policy', []],
    );
    assert.match(hint, /Permissions-Policy/);
    // The browser's own.
    assert.match(complaints.splice(0).join(), /^Permissions policy violation: microphone[^,]*$/);
  });

  it('a frame of another origin is told what its element lacks', async () => {
    const { page, requests } = await open('/frame');
    const frame = await page.waitForFrame((one) => one.url().startsWith('http://localhost'));
    const { problems, code, hint } = await attempt(frame);
    assert.deepEqual(
      [problems, code, requests],
      [['permission.blocked_by_policy'], 'permission.blocked_by_policy', []],
    );
    assert.match(hint, /allow="microphone/);
  });

  it('a sandboxed frame is told what its element lacks', async () => {
    const { page, requests } = await open('/sandbox');
    const frame = await page.waitForFrame((one) => one.url().startsWith('http://localhost'));
    const { code, hint } = await attempt(frame);
    assert.deepEqual([code, requests], ['env.opaque_origin', []]);
    assert.match(hint, /allow-same-origin/);
  });

  it('a page without https is told so, before anything is asked for', async () => {
    const { page, requests } = await open(`http://insecure.test:${port}/`);
    const { problems, code, sentence } = await attempt(page);
    assert.ok(problems.includes('env.insecure_context'));
    assert.deepEqual([code, requests], ['env.insecure_context', []]);
    assert.match(sentence, /https|secure/);
  });

  it('a page without https has no clipboard, and the transcript is copied all the same', async () => {
    const { page } = await open(`http://insecure.test:${port}/`);
    const text = await page.evaluate(async () => {
      const voice = document.querySelector('realtime-voice');
      if (!voice || 'clipboard' in navigator) throw new Error('This is no such page.');
      const item = { id: 'a', type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hi' }] };
      const event = { type: 'conversation.item.added', item };
      voice.controls = 'transcript';
      voice.replay = `data:,${encodeURIComponent(JSON.stringify(event))}`;
      const said = new Promise((resolve) => voice.addEventListener('realtime-transcript', resolve));
      await voice.start();
      await said;
      voice.renderRoot.querySelector<HTMLElement>('.controls button')?.click();
      await voice.updateComplete;
      const copied = new Promise((resolve) => {
        document.addEventListener('copy', () => resolve(getSelection()?.toString()), { once: true });
      });
      voice.renderRoot.querySelector<HTMLElement>('.settings button')?.click();
      return copied;
    });
    assert.equal(text, 'You: Hi\n');
  });

  it('a sound that may not be played without a click has a button for that, and the call goes on', async () => {
    const { page } = await open('/');
    const devtools = await page.createCDPSession();
    // Whoever starts a call by a click has clicked, and so has whoever asks through Puppeteer; this one starts by itself.
    const { result } = await devtools.send('Runtime.evaluate', {
      expression: `(async () => {
        const voice = document.querySelector('realtime-voice');
        voice.mediaStream = new MediaStream();
        const blocked = new Promise((resolve) => {
          voice.addEventListener('realtime-error', ({ detail }) => resolve(detail.error.code), { once: true });
        });
        await voice.start();
        return [await blocked, voice.matches(':state(audio-blocked)')];
      })()`,
      userGesture: false,
      awaitPromise: true,
      returnByValue: true,
    });
    assert.deepEqual(result.value, ['playback.blocked', true]);
    await page.locator('realtime-voice >>> [part~="notice"] button').click();
    await page.locator('realtime-voice:state(connected):not(:state(audio-blocked))').wait();
  });
});

describe('a machine without a microphone', () => {
  let site: BuiltSite;

  before(async () => {
    site = await openBuiltSite({}, { without: [FAKE_DEVICE] });
    site.pages.set('/', { html });
  });
  after(() => site.close());

  it('is told so, and the visitor may type instead', async () => {
    const { page } = await visit(site.browser, site.url);
    const { problems, code, sentence } = await attempt(page);
    assert.deepEqual([problems, code], [['device.not_found'], 'device.not_found']);
    assert.match(sentence, /No microphone/);
    await page.locator('realtime-voice >>> .notice.error button').click();
    await page.locator('realtime-voice:state(connected)').wait();
  });
});
