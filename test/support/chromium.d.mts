import type { LaunchOptions } from 'puppeteer-core';

/** How Chromium is started for tests: headless, with a microphone that needs no permission. */
export function chromiumOptions(): Promise<LaunchOptions>;
