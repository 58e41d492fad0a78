import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { DIST, openBuiltSite, type BuiltSite } from '../support/built-site.js';
import { holdCall, visit } from '../support/visitor.js';

const FILE = 'realtime-voice.iife.js';

describe('a script tag with the hash of the build, from another origin', () => {
  let site: BuiltSite;

  before(async () => {
    site = await openBuiltSite();
  });
  after(() => site.close());

  function open(path: string): ReturnType<typeof visit> {
    const hashes = JSON.parse(readFileSync(join(DIST, 'cdn/integrity.json'), 'utf8')) as Record<
      string,
      string
    >;
    // Another name of the same machine is another origin.
    const elsewhere = site.url.replace('127.0.0.1', 'localhost');
    site.pages.set('/', {
      html: `<!doctype html><html lang="en"><title>Hashed</title>
        <script src="${elsewhere}${path}" integrity="${hashes[FILE]}" crossorigin="anonymous"></script>
        <realtime-voice token-endpoint="/token" api-url="/v1/realtime/calls">Please call 555-0100.</realtime-voice>`,
    });
    return visit(site.browser, `${site.url}/`);
  }

  it('holds a call', async () => {
    const { page, complaints } = await open(`/dist/cdn/${FILE}`);
    await holdCall(page);
    assert.deepEqual(complaints, []);
    await page.close();
  });

  it('is refused by the browser when one byte is another, and what is between the tags is shown', async () => {
    site.pages.set('/tampered.js', {
      html: readFileSync(join(DIST, 'cdn', FILE), 'utf8').replace(';', ','),
      headers: { 'Content-Type': 'text/javascript', 'Access-Control-Allow-Origin': '*' },
    });
    const { page, complaints } = await open('/tampered.js');
    assert.equal(await page.evaluate(() => document.body.innerText.trim()), 'Please call 555-0100.');
    assert.match(complaints.join(), /integrity/);
    await page.close();
  });
});
