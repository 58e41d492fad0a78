import { chromeLauncher } from '@web/test-runner-chrome';
import { findBrowser } from './find-browser.mjs';

/** How Chromium is started for tests: headless, with a microphone that needs no permission. */
export async function chromiumOptions() {
  return {
    executablePath: await findBrowser(),
    headless: true,
    args: [
      '--no-sandbox',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      '--autoplay-policy=no-user-gesture-required',
      '--disable-background-networking',
      '--disable-dev-shm-usage',
      '--disable-quic',
      '--js-flags=--expose-gc',
    ],
  };
}

/** Runs the browser tests in it. */
export async function chromiumLauncher() {
  return chromeLauncher({ launchOptions: await chromiumOptions() });
}
