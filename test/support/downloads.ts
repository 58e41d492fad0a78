import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';

/** The next file that a browser saves. */
export interface Download {
  /** Where files go; whoever watches takes it away again. */
  readonly folder: string;
  /** The name that the page gives it. */
  readonly named: Promise<string>;
  /** Resolves when it is whole. */
  readonly saved: Promise<void>;
}

/** Has a browser save files without asking, and watches for the next one. */
export async function watchDownload(browser: Browser): Promise<Download> {
  const folder = await mkdtemp(join(tmpdir(), 'realtime-voice-'));
  const devtools = await browser.target().createCDPSession();
  await devtools.send('Browser.setDownloadBehavior', {
    behavior: 'allow',
    downloadPath: folder,
    eventsEnabled: true,
  });
  const named = new Promise<string>((resolve) => {
    devtools.on('Browser.downloadWillBegin', ({ suggestedFilename }) => resolve(suggestedFilename));
  });
  const saved = new Promise<void>((resolve) => {
    devtools.on('Browser.downloadProgress', ({ state }) => state === 'completed' && resolve());
  });
  return { folder, named, saved };
}
