/**
 * Where a Chromium is: `CHROME_PATH`, else an installed Chrome, Chromium or Edge, else one fetched into `.cache`
 * (or, as root on Debian and Ubuntu, from the system's packages). Otherwise it throws one sentence on what to install.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  computeSystemExecutablePath,
  detectBrowserPlatform,
  getInstalledBrowsers,
  install,
} from '@puppeteer/browsers';
import { ensureDebianPackage } from './debian-package.mjs';

const CACHE = fileURLToPath(new URL('../../.cache/browsers', import.meta.url));
const BINARIES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/microsoft-edge',
];
const ADVICE =
  'No browser found: install Chrome, Chromium or Edge, or set CHROME_PATH to the executable of one, then try again.';

export async function findBrowser() {
  if (process.env.CHROME_PATH) return process.env.CHROME_PATH;
  return installed() ?? (await cached()) ?? (await downloaded()) ?? fromSystemPackages();
}

function installed() {
  const platform = detectBrowserPlatform();
  const candidates = [...BINARIES];
  try {
    candidates.push(computeSystemExecutablePath({ browser: 'chrome', channel: 'stable', platform }));
  } catch {
    /* this platform has no standard place for Chrome: the list above decides */
  }
  return candidates.find((path) => existsSync(path));
}

async function cached() {
  const browsers = await getInstalledBrowsers({ cacheDir: CACHE }).catch(() => []);
  return browsers[0]?.executablePath;
}

async function downloaded() {
  try {
    console.log('No browser found; fetching chrome-headless-shell into .cache …');
    const { resolveBuildId } = await import('@puppeteer/browsers');
    const platform = detectBrowserPlatform();
    const buildId = await resolveBuildId('chrome-headless-shell', platform, 'stable');
    const browser = await install({ browser: 'chrome-headless-shell', buildId, cacheDir: CACHE, platform });
    return browser.executablePath;
  } catch (error) {
    console.log(`It cannot be fetched here (${error.message?.split('\n')[0]}).`);
    return undefined;
  }
}

function fromSystemPackages() {
  try {
    return ensureDebianPackage('chromium', '/usr/bin/chromium');
  } catch (error) {
    throw new Error(ADVICE, { cause: error });
  }
}
