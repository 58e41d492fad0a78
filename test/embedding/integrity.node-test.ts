import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { DIST, openBuiltSite, type BuiltSite } from '../support/built-site.js';
import { holdCall, visit } from '../support/visitor.js';

const CDN = join(DIST, 'cdn');
const hashes = JSON.parse(readFileSync(join(CDN, 'integrity.json'), 'utf8')) as Record<string, string>;

describe('the hashes of the build', () => {
  let site: BuiltSite;
  /** Another name of the same machine is another origin. */
  let cdn: string;

  before(async () => {
    site = await openBuiltSite();
    cdn = `${site.url.replace('127.0.0.1', 'localhost')}/dist/cdn`;
  });
  after(() => site.close());
  afterEach(() => site.pages.clear());

  /** Opens a page with both elements in it, and this in its head. */
  function open(head: string, lang = 'en'): ReturnType<typeof visit> {
    site.pages.set('/', {
      html: `<!doctype html><html lang="${lang}"><meta charset="utf-8"><title>Hashed</title>
        ${head}
        <realtime-voice token-endpoint="/token" api-url="/v1/realtime/calls">Please call 555-0100.</realtime-voice>
        <realtime-event-panel></realtime-event-panel>`,
    });
    return visit(site.browser, `${site.url}/`);
  }
  /** Serves a file with one byte that is another. */
  function tamperWith(file: string): void {
    site.pages.set(`/dist/cdn/${file}`, {
      html: readFileSync(join(CDN, file), 'utf8').replace(';', ','),
      headers: { 'Content-Type': 'text/javascript', 'Access-Control-Allow-Origin': '*' },
    });
  }
  const chunk = (pattern: RegExp): string => readdirSync(CDN).find((file) => pattern.test(file))!;

  describe('on a classic script tag', () => {
    const FILE = 'realtime-voice.iife.js';
    const tag = (): string =>
      `<script src="${cdn}/${FILE}" integrity="${hashes[FILE]}" crossorigin="anonymous"></script>`;

    it('let it hold a call', async () => {
      const { page } = await open(tag());
      await holdCall(page);
    });

    it('have the browser refuse a changed file, and what is between the tags is shown', async () => {
      tamperWith(FILE);
      const { page, complaints } = await open(tag());
      assert.equal(await page.evaluate(() => document.body.innerText.trim()), 'Please call 555-0100.');
      assert.match(complaints.splice(0).join(), /integrity/);
    });
  });

  describe('in an import map', () => {
    /** As SECURITY.md says. */
    const map = (): string => {
      const integrity = Object.fromEntries(
        Object.entries(hashes).map(([file, hash]) => [`${cdn}/${file}`, hash]),
      );
      return `<script type="importmap">${JSON.stringify({ integrity })}</script>
        <script type="module" src="${cdn}/realtime-voice.js"></script>`;
    };

    it('let the module hold a call in another language, with the panel beside it', async () => {
      const { page } = await open(map(), 'ja');
      await page.locator('realtime-voice >>> ::-p-text(話しはじめる)').wait();
      await holdCall(page);
      await page.locator('realtime-event-panel >>> [part~="count-row"]').wait();
    });

    for (const file of ['realtime-voice.js', chunk(/^shared-.*\.js$/)])
      it(`have the browser refuse a changed ${file.replace(/-\w+\.js$/, '')}, and what is between the tags is shown`, async () => {
        tamperWith(file);
        const { page, complaints } = await open(map());
        assert.equal(await page.evaluate(() => document.body.innerText.trim()), 'Please call 555-0100.');
        assert.match(complaints.splice(0).join(), /integrity/);
      });

    it('have the browser refuse a changed language, and the widget holds a call in English', async () => {
      const german = chunk(/^de-.*\.js$/);
      tamperWith(german);
      const { page, complaints } = await open(map(), 'de');
      const outcome = await page.evaluate(
        (url) =>
          import(url).then(
            () => 'taken',
            () => 'refused',
          ),
        `${cdn}/${german}`,
      );
      assert.equal(outcome, 'refused');
      await page.locator('realtime-voice >>> ::-p-text(Start talking)').wait();
      await holdCall(page);
      assert.match(complaints.splice(0).join(), /integrity/);
    });
  });
});
