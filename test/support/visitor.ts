import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser, type Frame, type Page } from 'puppeteer-core';
import { chromiumOptions } from './chromium.mjs';

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
  /** Warnings, errors and uncaught exceptions. */
  readonly complaints: string[];
  /** Origins of everything that was requested. */
  readonly origins: Set<string>;
}

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
  await page.goto(url);
  return { page, complaints, origins };
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
