import { readFileSync } from 'node:fs';
import type { ServerEvent } from '../../src/protocol/server-event.js';

/** The messages of a recorded-like stream in `test/fixtures`, in the order in which a server would send them. */
export function fixture(name: string): readonly ServerEvent[] {
  const log = readFileSync(new URL(`../fixtures/${name}.jsonl`, import.meta.url), 'utf8');
  return log
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as ServerEvent);
}
