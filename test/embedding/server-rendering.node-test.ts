import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { render } from '@lit-labs/ssr';
import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
import { build } from 'esbuild';
import { html } from 'lit';
import { DIST, openBuiltSite, type BuiltSite } from '../support/built-site.js';
import { holdCall, visit } from '../support/visitor.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

describe('in plain Node', () => {
  for (const entry of ['index', 'define', 'core', 'server', 'locales/ja']) {
    it(`the entry ${entry} can be imported, and says nothing`, () => {
      const script = `await import('./dist/${entry}.js')`;
      const { status, stdout, stderr } = spawnSync('node', ['--input-type=module', '-e', script], {
        cwd: ROOT,
        encoding: 'utf8',
      });
      assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: '', stderr: '' });
    });
  }
});

describe('a page that a server has drawn', () => {
  let site: BuiltSite;

  before(async () => {
    await import(pathToFileURL(join(DIST, 'define.js')).href);
    site = await openBuiltSite();
    const { outputFiles } = await build({
      stdin: {
        contents: `
          import '@lit-labs/ssr-client/lit-element-hydrate-support.js';
          const root = document.querySelector('realtime-voice').shadowRoot;
          globalThis.drawn = { root, button: root.querySelector('[part="start-button"]') };
          await import('./dist/locales/ja.js').then(async ({ default: japanese }) => {
            const { registerStrings } = await import('./dist/index.js');
            registerStrings('ja', japanese);
          });
          await import('./dist/define.js');`,
        resolveDir: ROOT,
      },
      bundle: true,
      format: 'esm',
      logLevel: 'error',
      write: false,
    });
    site.pages.set('/main.js', {
      html: outputFiles[0]?.text ?? '',
      headers: { 'Content-Type': 'text/javascript' },
    });
    const elements = await collectResult(
      render(html`
        <realtime-voice
          token-endpoint="/token"
          api-url="/v1/realtime/calls"
          controls="start mute text devices usage"
        ></realtime-voice>
        <realtime-voice layout="floating" consent push-to-talk heading="The <other> one"></realtime-voice>
        <realtime-event-panel for="nobody" when="localhost"></realtime-event-panel>
      `),
    );
    for (const lang of ['en', 'ja'])
      site.pages.set(`/${lang}`, {
        html: `<!doctype html><html lang="${lang}"><title>Drawn</title>${elements}<script type="module" src="/main.js"></script></html>`,
      });
  });
  after(() => site.close());

  it('shows the widget before any script has run', async () => {
    const page = await site.browser.newPage();
    await page.setJavaScriptEnabled(false);
    await page.goto(`${site.url}/en`);
    const start = await page.waitForSelector('realtime-voice >>> [part="start-button"]');
    assert.ok(await start?.isVisible());
    await page.close();
  });

  it('is taken over as it is, and holds a call', async () => {
    const { page } = await visit(site.browser, `${site.url}/en`);
    await holdCall(page);
    const kept = await page.evaluate(() => {
      const { drawn } = globalThis as unknown as { drawn: { root: ShadowRoot; button: Element } };
      const voice = document.querySelector('realtime-voice');
      return [voice?.shadowRoot === drawn.root, drawn.root.contains(drawn.button)];
    });
    assert.deepEqual(kept, [true, true]);
  });

  it('is translated after that, when the page speaks another language', async () => {
    const { page } = await visit(site.browser, `${site.url}/ja`);
    await page.waitForFunction(() =>
      document.querySelector('realtime-voice')?.shadowRoot?.textContent?.includes('話しはじめる'),
    );
    const drawn = await page.evaluate(
      () => document.querySelector('realtime-voice')?.shadowRoot?.querySelector('.base')?.outerHTML,
    );
    assert.doesNotMatch(drawn ?? 'nothing: ', /nothing: |Ready|Start talking|Type a message|Conversation/);
  });
});
