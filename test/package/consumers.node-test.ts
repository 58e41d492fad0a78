import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { build } from 'vite';
import { startLocalService } from '../support/local-service.mjs';
import { openSite, type Site } from '../support/site.js';
import { holdCall, openBrowser, visit } from '../support/visitor.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Outside `node_modules`, which bundlers treat as other people's code, and inside the repository, for `lit` and the frameworks. */
const WORKSHOP = join(ROOT, '.cache/consumers');

/** The package as it is published, in projects of its users. */
describe('the packed package', () => {
  let service: Awaited<ReturnType<typeof startLocalService>>;
  let browser: Browser;
  let site: Site;

  before(async () => {
    install();
    service = await startLocalService();
    browser = await openBrowser();
    site = await openSite({ service: service.url, folders: { '': WORKSHOP } });
  });
  after(async () => {
    await browser.close();
    await site.close();
    await service.stop();
  });

  /** A visitor's call on a page; nothing may be said on its console, and nobody else may be asked for anything. */
  async function works(path: string): Promise<void> {
    const { page, origins } = await visit(browser, `${site.url}/${path}/index.html`);
    await holdCall(page);
    assert.deepEqual([...origins], [site.url]);
  }

  it('holds a call on a page of plain HTML', () => works('html'));

  for (const name of ['react', 'vue', 'svelte', 'strict']) {
    it(`holds a call in a project built with Vite: ${name}`, async () => {
      await build({
        root: join(WORKSHOP, name),
        base: './',
        logLevel: 'error',
        build: { target: 'es2022', modulePreload: false },
      });
      await works(`${name}/dist`);
    });
  }

  for (const name of ['react', 'react-18', 'frameworks', 'strict', 'server']) {
    it(`has types that pass the strictest rules and refuse what is wrong: ${name}`, () => {
      const tsc = join(ROOT, 'node_modules/.bin/tsc');
      execFileSync(tsc, ['-p', join(WORKSHOP, name)], { stdio: 'inherit' });
    });
  }
});

/** As `npm install` would, of a file instead of a version. */
function install(): void {
  rmSync(WORKSHOP, { recursive: true, force: true });
  cpSync(fileURLToPath(new URL('consumers', import.meta.url)), WORKSHOP, { recursive: true });
  const target = join(WORKSHOP, 'node_modules/realtime-voice');
  mkdirSync(target, { recursive: true });
  const pack = ['pack', '--json', '--pack-destination', WORKSHOP];
  const [{ filename }] = JSON.parse(execFileSync('npm', pack, { cwd: ROOT, encoding: 'utf8' }));
  execFileSync('tar', ['-xzf', join(WORKSHOP, filename), '-C', target, '--strip-components=1']);
}
