/**
 * Pictures of the page under test, compared with those kept in `test/pictures/kept`. They are drawn with fonts of Debian
 * packages, so that every Debian machine draws the same; other machines do not compare them.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { ensureDebianPackage } from './debian-package.mjs';

const KEPT = fileURLToPath(new URL('../pictures/kept', import.meta.url));
/** What differs is put here, and not into git. */
const DIFFERING = '.cache/pictures';
/** A colour is another one from here on: a border of the faintest grey is seen, another version of the rasteriser is not. */
const THRESHOLD = 0.04;
/** So many pixels may differ in a square of this size: a dot or a line that is lost is more than that. */
const WINDOW = { windowSize: 16, pixels: 10 };
const FONTS = {
  'fonts-noto-core': '/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf',
  'fonts-noto-cjk': '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
};

/** Whether this machine draws as the one does that the kept pictures come from. Installs the fonts where it may. */
export function drawsPictures() {
  try {
    for (const [name, file] of Object.entries(FONTS)) ensureDebianPackage(name, file);
    return true;
  } catch (error) {
    console.log(`Pictures are not compared on this machine. ${error.message}`);
    return false;
  }
}

/** Adds the command of test/support/pictures.ts to the test runner. `UPDATE_PICTURES=1` keeps what is seen. */
export function pictures() {
  return {
    name: 'pictures',
    executeCommand: ({ command, payload, session }) =>
      command === 'compare-picture' ? compare(session.browser.getPage(session.id), payload) : undefined,
  };
}

/** One sentence on what is wrong, or nothing. Kept anew is only what differs: git has the rest. */
async function compare(page, { name, clip, features }) {
  const png = await draw(page, clip, features);
  const kept = join(KEPT, `${name}.png`);
  const difference = existsSync(kept)
    ? differenceBetween(kept, png, name)
    : `There is no picture “${name}” yet.`;
  if (!difference || !process.env.UPDATE_PICTURES) return difference;
  write(kept, smaller(png));
  return '';
}

function differenceBetween(kept, png, name) {
  const [before, now] = [readFileSync(kept), png].map((data) => PNG.sync.read(data));
  const { width, height } = now;
  const differing = join(DIFFERING, `${name}.png`);
  rmSync(differing, { force: true });
  if (before.width !== width || before.height !== height) {
    write(differing, png);
    return `It was ${before.width} × ${before.height} pixels and is ${width} × ${height}: ${differing}`;
  }
  const options = { threshold: THRESHOLD };
  const { windowSize, pixels } = WINDOW;
  const worst = pixelmatch(before.data, now.data, null, width, height, { ...options, windowSize });
  if (worst <= pixels) return '';
  const marked = new PNG({ width, height });
  pixelmatch(before.data, now.data, marked.data, width, height, options);
  write(differing, beside(before, now, marked));
  return `${worst} pixels of one square differ. Before, now and the difference: ${differing}`;
}

async function draw(page, clip, features = {}) {
  const devtools = await page.createCDPSession();
  try {
    const list = Object.entries(features).map(([name, value]) => ({ name, value }));
    await devtools.send('Emulation.setEmulatedMedia', { features: list });
    return await page.screenshot({ clip, captureBeyondViewport: false });
  } finally {
    await devtools.send('Emulation.setEmulatedMedia', { features: [] });
    await devtools.detach();
  }
}

/** Git keeps every version of it. */
function smaller(png) {
  return PNG.sync.write(PNG.sync.read(png), {
    colorType: 2,
    filterType: 0,
    deflateLevel: 9,
    deflateStrategy: 0,
  });
}

function write(file, png) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, png);
}

function beside(...images) {
  const [{ width, height }] = images;
  const all = new PNG({ width: width * images.length, height });
  images.forEach((image, at) => PNG.bitblt(image, all, 0, 0, width, height, at * width, 0));
  return PNG.sync.write(all);
}
