import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { DIST, openBuiltSite, type BuiltSite } from '../support/built-site.js';
import { holdCall, visit } from '../support/visitor.js';

const MODULE = '<script type="module" src="/dist/cdn/realtime-voice.js"></script>';
const AGAIN = '<script type="module" src="/dist/cdn/realtime-voice.js?again"></script>';
const CLASSIC = '<script src="/dist/cdn/realtime-voice.iife.js"></script>';
const OLDER = '<script src="/older.js"></script>';
const { version } = JSON.parse(readFileSync(join(DIST, '../package.json'), 'utf8')) as { version: string };

describe('a page onto which the script was pasted', () => {
  let site: BuiltSite;

  before(async () => {
    site = await openBuiltSite();
    const older = readFileSync(join(DIST, 'cdn/realtime-voice.iife.js'), 'utf8').replaceAll(version, '0.0.9');
    site.pages.set('/older.js', { html: older, headers: { 'Content-Type': 'text/javascript' } });
  });
  after(() => site.close());

  /** @param page with `@` where the elements are */
  function open(page: string): ReturnType<typeof visit> {
    const elements = `
      <realtime-voice token-endpoint="/token" api-url="/v1/realtime/calls"></realtime-voice>
      <realtime-event-panel></realtime-event-panel>`;
    site.pages.set('/', {
      html: `<!doctype html><html lang="en"><title>Pasted</title>${page.replace('@', elements)}</html>`,
    });
    return visit(site.browser, `${site.url}/`);
  }

  for (const [how, page] of Object.entries({
    'in the head, as a module': `${MODULE}@`,
    'in the head, classic': `${CLASSIC}@`,
    'in the head, classic and deferred': `${CLASSIC.replace('src', 'defer src')}@`,
    'anywhere, async': `${CLASSIC.replace('src', 'async src')}@`,
    'at the end of the body': `@${CLASSIC}`,
    'by a tag manager, long after the page': `@<script>
      addEventListener('load', () => {
        document.body.append(Object.assign(document.createElement('script'), { src: '/dist/cdn/realtime-voice.iife.js' }));
      });</script>`,
    'with the elements written by a script': `${MODULE}<main></main><script>
      document.querySelector('main').innerHTML = \`@\`;</script>`,
  }))
    it(`holds a call: ${how}`, async () => {
      const { page: tab } = await open(page);
      await holdCall(tab);
    });

  for (const [what, page, versions] of [
    ['the module twice', `${MODULE}${AGAIN}@`, `${version} and ${version}`],
    ['the classic script twice', `${CLASSIC}${CLASSIC}@`, `${version} and ${version}`],
    ['the classic script, then the module', `${CLASSIC}${MODULE}@`, `${version} and ${version}`],
    ['an older version first', `${OLDER}${MODULE}@`, `0.0.9 and ${version}`],
  ] as const)
    it(`keeps the first definition, says so once with both versions, and holds a call: ${what}`, async () => {
      const { page: tab, complaints } = await open(page);
      await holdCall(tab);
      const said = complaints.splice(0);
      assert.equal(said.length, 1, said.join('\n'));
      assert.match(
        said[0] ?? '',
        new RegExp(`<realtime-voice> is defined already.*\\(versions ${versions}\\)`),
      );
    });

  it('goes on with its call when the script is loaded a second time', async () => {
    const { page, complaints } = await open(`${CLASSIC}@`);
    await page.locator('realtime-voice >>> [part~="start-button"]').click();
    await page.locator('realtime-voice:state(connected)').wait();
    const { callId } = (await page.evaluate(
      '({ callId: document.querySelector("realtime-voice").callId })',
    )) as {
      callId: string;
    };
    await page.addScriptTag({ url: '/dist/cdn/realtime-voice.iife.js' });
    const after = await page.evaluate(() => {
      const voice = document.querySelector('realtime-voice');
      return [voice?.status, voice?.callId];
    });
    assert.deepEqual(after, ['connected', callId]);
    assert.match(complaints.splice(0).join(), /is defined already/);
  });
});
