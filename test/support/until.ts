import { waitUntil } from '@open-wc/testing';

/**
 * Waits for a condition as long as the test may take: how fast a busy machine is, is no question of most tests.
 *
 * @param message what is awaited, for the report of a test that waited in vain
 */
export function until(condition: () => unknown, message?: string): Promise<void> {
  return waitUntil(condition as () => boolean, message, { timeout: 60_000 });
}
