import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'node:test';
import puppeteer, { type Browser, type Frame, type Page } from 'puppeteer-core';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { chromiumOptions } from './chromium.mjs';
import { openInPage } from './in-use.js';

/**
 * A browser of its own, for pages whose headers, origins or builds the test runner cannot give. Its microphone is silent.
 *
 * @param without arguments that it should not be started with, its own or those of Puppeteer
 */
export async function openBrowser({
  without = [],
  args: more = [],
}: {
  without?: readonly string[];
  args?: readonly string[];
} = {}): Promise<Browser> {
  const options = await chromiumOptions();
  // Chromium's own fake microphone beeps, and whoever makes a sound interrupts the assistant.
  const args = [...(options.args ?? []), `--use-file-for-fake-audio-capture=${silence()}`, ...more];
  return puppeteer.launch({
    ...options,
    args: args.filter((arg) => !without.includes(arg)),
    ignoreDefaultArgs: [...without],
  });
}

/** A second of nothing: 16-bit mono at 48 kHz. */
function silence(): string {
  const rate = 48_000;
  const file = Buffer.alloc(44 + 2 * rate);
  file.write('RIFF');
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8);
  [16, 0x1_0001, rate, 2 * rate, 0x10_0002].forEach((field, index) =>
    file.writeUInt32LE(field, 16 + 4 * index),
  );
  file.write('data', 36);
  file.writeUInt32LE(2 * rate, 40);
  const path = join(mkdtempSync(join(tmpdir(), 'realtime-voice-')), 'silence.wav');
  writeFileSync(path, file);
  return path;
}

/** A visit to a page, with what it said on the console and where it sent requests. */
export interface Visit {
  readonly page: Page;
  /** Warnings, errors and uncaught exceptions. Nobody may have left one there when the test is over. */
  readonly complaints: string[];
  /** Origins of everything that was requested. */
  readonly origins: Set<string>;
}

/** Of this test. */
const visits: Visit[] = [];

/** Whatever a test was about: its calls end, and nothing is left of them. Its pages are closed. */
afterEach(async () => {
  const those = visits.splice(0);
  for (const { page, complaints } of those) {
    if (!page.isClosed()) {
      assert.deepEqual(await lookAt(page), { open: [0, 0], secrets: null });
      await page.close();
    }
    assert.deepEqual(complaints, []);
  }
});

/** Opens a page and listens from its first moment. */
export async function visit(browser: Browser, url: string): Promise<Visit> {
  const page = await browser.newPage();
  const complaints: string[] = [];
  const origins = new Set<string>();
  page.on('console', (message) => {
    if (['warn', 'error'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => origins.add(new URL(request.url()).origin));
  visits.push({ page, complaints, origins });
  await page.goto(url);
  return { page, complaints, origins };
}

/** Ends the calls of a page; what is still open then, and the tokens that can be read in it. */
async function lookAt(page: Page): Promise<{ open: readonly number[]; secrets: readonly string[] | null }> {
  const seen = await page.evaluate(() => {
    const voices = [...document.querySelectorAll<RealtimeVoiceElement>('realtime-voice:defined')];
    for (const voice of voices) voice.stop();
    const drawn = voices.map(({ log, turns, shadowRoot }) => [log, turns, shadowRoot?.innerHTML]);
    return JSON.stringify([
      drawn,
      document.documentElement.outerHTML,
      { ...localStorage },
      { ...sessionStorage },
    ]);
  });
  return { open: await openInPage(page), secrets: /\bek_\w{5,}/.exec(seen) };
}

/** Presses Start, types a greeting, waits for the answer, presses Stop; all of it with the widget's own controls. */
export async function holdCall(place: Page | Frame): Promise<void> {
  await place.locator('realtime-voice >>> [part~="start-button"]').click();
  await place.locator('realtime-voice:state(connected)').wait();
  await greet(place);
  await place.locator('realtime-voice >>> [part~="stop-button"]').click();
  await place.locator('realtime-voice:state(idle)').wait();
}

/** Types a greeting, and waits for the answer. */
export async function greet(place: Page | Frame): Promise<void> {
  const field = 'realtime-voice >>> [part~="text-input"]';
  await place.locator(field).fill('hello');
  await (await place.$(field))?.press('Enter');
  await place.waitForFunction(() => {
    const turns = document.querySelector('realtime-voice')?.turns ?? [];
    return turns.some(({ role, status, text }) => role === 'assistant' && status === 'done' && text !== '');
  });
}
