import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { openBuiltSite, type BuiltSite } from '../support/built-site.js';
import { watchDownload } from '../support/downloads.js';
import { greet, openBrowser } from '../support/visitor.js';

const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8">
  <script type="module" src="/dist/cdn/realtime-voice.js"></script>
  <realtime-voice token-endpoint="/token" api-url="/v1/realtime/calls"
    controls="start text devices volume transcript usage"></realtime-voice>`;

/** What stands behind “Settings”, and what moves, in browsers as they are and in those that lack something. */
describe('what a visitor finds in a call', () => {
  let site: BuiltSite;
  let browser: Browser;

  before(async () => {
    site = await openBuiltSite();
    site.pages.set('/', { html: PAGE });
    ({ browser } = site);
  });
  after(() => site.close());

  const part = (name: string): string => `realtime-voice >>> [part~="${name}"]`;
  const button = (words: string): string => `realtime-voice >>> ::-p-aria([name="${words}"][role="button"])`;

  /** Opens the page. @param lacking takes away what the browser does not have, before any script of the page */
  async function open(lacking: () => void = () => {}, visitor = browser): Promise<Page> {
    const page = await visitor.newPage();
    await page.evaluateOnNewDocument(lacking);
    await page.goto(site.url);
    await page.waitForFunction(() => customElements.get('realtime-voice'));
    return page;
  }
  async function call(page: Page): Promise<Page> {
    await page.locator(part('start-button')).click();
    await page.locator('realtime-voice:state(connected)').wait();
    return page;
  }
  async function askForAStory(page: Page): Promise<void> {
    await page.locator(part('text-input')).fill('tell me a story');
    await (await page.$(part('text-input')))?.press('Enter');
    await page.locator('realtime-voice:state(speaking)').wait();
  }
  const textOf = (page: Page, name: string): Promise<string> =>
    page
      .locator(part(name))
      .map((element) => (element as HTMLElement).innerText.trim())
      .wait();

  it('is a volume, by which the page is really louder or lower', async () => {
    // A tab is recorded in full only where it is neither muted nor recorded by a pretended device.
    const without = ['--mute-audio', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
    const visitor = await openBrowser({ without, args: ['--auto-accept-this-tab-capture'] });
    const page = await open(undefined, visitor);
    await page.evaluate(async () => {
      const context = new AudioContext();
      document.querySelector('realtime-voice')!.mediaStream = context.createMediaStreamDestination().stream;
      const asItIs = { echoCancellation: false, autoGainControl: false, noiseSuppression: false };
      const wish = { audio: asItIs, video: true, preferCurrentTab: true };
      const tab = await navigator.mediaDevices.getDisplayMedia(wish);
      const analyser = context.createAnalyser();
      context.createMediaStreamSource(new MediaStream(tab.getAudioTracks())).connect(analyser);
      const samples = new Float32Array(analyser.fftSize);
      Object.assign(window, {
        // People, and the assistant, pause between words.
        async loudestOfASecond() {
          let loudest = 0;
          for (const end = performance.now() + 1_000; performance.now() < end;) {
            await new Promise(requestAnimationFrame);
            analyser.getFloatTimeDomainData(samples);
            loudest = Math.max(loudest, ...samples);
          }
          return loudest;
        },
      });
    });
    const loudest = (): Promise<number> => page.evaluate('loudestOfASecond()') as Promise<number>;
    await call(page);
    await page.locator(button('Settings')).click();
    await askForAStory(page);
    const before = await loudest();
    await (await page.$('realtime-voice >>> input[type="range"]'))!.press('Home');
    await loudest();
    const silent = await loudest();
    await (await page.$('realtime-voice >>> input[type="range"]'))!.press('End');
    await loudest();
    const after = await loudest();
    assert.ok(before > 0.1 && silent < 0.01 && after > 0.1, `${before}, then ${silent}, then ${after}`);
    await visitor.close();
  });

  it('is a transcript that a click saves, named and written for people', async () => {
    const page = await call(await open());
    await greet(page);
    const { folder, named, saved } = await watchDownload(browser);
    await page.locator(button('Settings')).click();
    await page.locator(button('Download transcript')).click();
    assert.equal(await named, 'Conversation.txt');
    await saved;
    assert.equal(
      await readFile(join(folder, 'Conversation.txt'), 'utf8'),
      'You: hello\nAssistant: Hello! How can I help you today?\n',
    );
    await rm(folder, { recursive: true });
    await page.close();
  });

  it('is what the call has used, more after every answer, in money too where the page knows the prices', async () => {
    const page = await call(await open());
    await page.locator(button('Settings')).click();
    assert.equal(await textOf(page, 'usage'), '0 tokens');
    await greet(page);
    const used = `document.querySelector('realtime-voice').usage`;
    await page.waitForFunction(`${used}.responses === 1`);
    const tokens = (await page.evaluate(
      `['text', 'audio', 'image'].flatMap((kind) => Object.values(${used}[kind])).reduce((sum, more) => sum + more)`,
    )) as number;
    assert.ok(tokens > 0);
    assert.equal(await textOf(page, 'usage'), `${tokens.toLocaleString('en')} tokens`);
    await page.evaluate(() => {
      document.querySelector('realtime-voice')!.pricing = { text: { input: 100, output: 100 } };
    });
    await page.waitForFunction(`document.querySelector('realtime-voice').cost > 0`);
    assert.match(await textOf(page, 'usage'), /^[\d,]+ tokens · \$\d+\.\d+$/);
    await page.close();
  });

  for (const layout of ['inline', 'floating'] as const) {
    it(`stands still while the assistant speaks, for who wants no motion, ${layout}`, async () => {
      const page = await open();
      await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
      const moves = await page.$eval('realtime-voice', async (voice) => {
        const started = voice.start();
        await voice.updateComplete;
        const animations = voice.shadowRoot!.getAnimations().length;
        await started;
        return animations;
      });
      assert.equal(moves, 0);
      await askForAStory(page);
      await page.evaluate((wanted) => {
        document.querySelector('realtime-voice')!.layout = wanted;
      }, layout);
      const seen = await page.evaluate(async () => {
        const voice = document.querySelector('realtime-voice')!;
        const levels = new Set<string>();
        const pictures = new Set<string>();
        while (levels.size < 6) {
          await new Promise(requestAnimationFrame);
          levels.add(voice.style.getPropertyValue('--realtime-output-level'));
          const moving = voice.renderRoot.querySelectorAll('.visualizer i, .launcher');
          const picture = [...moving].map((one) => {
            const { height, boxShadow } = getComputedStyle(one);
            return `${height} ${boxShadow}`;
          });
          pictures.add(picture.join());
        }
        return pictures.size;
      });
      assert.equal(seen, 1);
      await page.close();
    });
  }

  it('is no choice of a speaker where the browser knows only one, and the call is heard', async () => {
    const page = await call(
      await open(() => {
        Reflect.deleteProperty(HTMLMediaElement.prototype, 'setSinkId');
      }),
    );
    await page.evaluate(() => {
      document.querySelector('realtime-voice')!.outputDevice = 'remembered elsewhere';
    });
    await page.locator(button('Settings')).click();
    await page.waitForFunction(
      `document.querySelector('realtime-voice').renderRoot.querySelector('select')?.length > 1`,
    );
    assert.equal((await textOf(page, 'devices')).split('\n')[0], 'Microphone');
    assert.equal((await page.$$('realtime-voice >>> select')).length, 1);
    await greet(page);
    assert.equal(await page.evaluate(`document.querySelector('realtime-voice').error`), null);
    await page.close();
  });

  for (const [what, lacking] of [
    [
      'is refused',
      () => {
        Reflect.set(window, 'AudioContext', function () {
          throw new DOMException('Too many', 'NotSupportedError');
        });
      },
    ],
    ['is not known', () => void Reflect.deleteProperty(window, 'AudioContext')],
    [
      'takes no stream',
      () => {
        AudioContext.prototype.createMediaStreamSource = () => {
          throw new DOMException('Another rate', 'NotSupportedError');
        };
      },
    ],
  ] as const) {
    it(`is the same call without a meter where an audio context ${what}`, async () => {
      const page = await open(lacking);
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      await call(page);
      await askForAStory(page);
      assert.equal(await page.evaluate(`document.querySelector('realtime-voice').style.length`), 0);
      assert.deepEqual(complaints, []);
      await page.close();
    });
  }
});
