import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser, CDPSession, Page } from 'puppeteer-core';
import { openSite, type Site } from '../support/site.js';
import { openBrowser } from '../support/visitor.js';

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
const html = `<!doctype html><html lang="ja"><meta charset="utf-8">
  <script type="module" src="/dist/cdn/realtime-voice.js"></script><realtime-voice consent></realtime-voice>`;
const BOX = 'realtime-voice >>> textarea';
/** What input methods give every key that they use themselves. */
const USED = 229;

/** Typing Japanese, as Chromium’s own input method machinery does it. */
describe('an input method in the text box', () => {
  let site: Site;
  let browser: Browser;
  let page: Page;
  let devtools: CDPSession;

  before(async () => {
    site = await openSite({ folders: { '/dist': DIST }, pages: { '/': { html } } });
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await site.close();
  });
  beforeEach(async () => {
    page = await browser.newPage();
    await page.goto(site.url);
    await page.locator(BOX).click();
    devtools = await page.createCDPSession();
  });

  const compose = (text: string): Promise<unknown> =>
    devtools.send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    });
  const key = async (name: string, windowsVirtualKeyCode: number, modifiers = 0): Promise<void> => {
    const text = name === 'Enter' && windowsVirtualKeyCode !== USED ? { text: '\r' } : {};
    const event = { key: name, code: name, windowsVirtualKeyCode, modifiers };
    await devtools.send('Input.dispatchKeyEvent', { type: 'keyDown', ...event, ...text });
    await devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
  };
  const box = (): Promise<unknown> => page.$eval(BOX, (found) => (found as HTMLTextAreaElement).value);
  /** Something was sent: the question for consent is there, and the box is empty. */
  const sent = async (): Promise<boolean> => (await page.$('realtime-voice >>> [part="consent"]')) !== null;

  it('has Enter to itself while it composes, as in Chrome', async () => {
    await compose('にほんご');
    await key('Enter', USED);
    assert.deepEqual([await box(), await sent()], ['にほんご', false]);
    await devtools.send('Input.insertText', { text: '日本語' });
    assert.deepEqual([await box(), await sent()], ['日本語', false]);
    await key('Enter', 13);
    assert.deepEqual([await box(), await sent()], ['', true]);
  });

  it('has the Enter to itself that comes after its composition, as in Safari', async () => {
    await compose('にほんご');
    await devtools.send('Input.insertText', { text: '日本語' });
    await key('Enter', USED);
    assert.deepEqual([await box(), await sent()], ['日本語', false]);
    await key('Enter', 13);
    assert.deepEqual([await box(), await sent()], ['', true]);
  });

  it('is not disturbed by what happens in the call meanwhile', async () => {
    await compose('にほん');
    await page.$eval('realtime-voice', async (voice) => {
      voice.muted = true;
      voice.heading = 'Another';
      voice.lang = 'en';
      await voice.updateComplete;
    });
    await compose('にほんご');
    assert.equal(await box(), 'にほんご');
  });

  it('leaves Shift and Enter for a new line', async () => {
    await page.keyboard.type('one');
    await page.keyboard.down('Shift');
    await page.keyboard.press('Enter');
    await page.keyboard.up('Shift');
    await page.keyboard.type('two');
    assert.deepEqual([await box(), await sent()], ['one\ntwo', false]);
  });
});
