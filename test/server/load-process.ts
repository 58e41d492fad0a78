/**
 * Puts load on a token endpoint, in a process of its own: the test runner's hooks make every promise several times slower.
 * The upstream, whose address is the argument, is in another one: what it takes is none of the endpoint's business.
 */
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createTokenHandler } from 'realtime-voice/server';
import { ask } from './ask.js';
import { API_KEY } from './upstream-stub.js';

/** What this process reports: heap in bytes, times in milliseconds of the processor, whatever else the machine does. */
export interface LoadReport {
  readonly statuses: Readonly<Record<number, number>>;
  readonly heapGrowth: number;
  readonly times: number[];
}

// A short window, so that the counts of a round are gone by the end of the next.
const limits = { address: { requests: 1e6, seconds: 0.1, concurrent: 1e6 } };
// What is measured is not whether a busy machine answers in time.
const handler = createTokenHandler({
  apiKey: API_KEY,
  upstream: process.argv[2],
  limits,
  timeoutMs: 120_000,
});
const statuses: Record<number, number> = {};

async function askForToken(): Promise<void> {
  const { status, body } = await ask(handler);
  await body?.cancel();
  statuses[status] = (statuses[status] ?? 0) + 1;
}

/** Linux tells of the main thread alone; a collector of garbage and a compiler work beside it, and nobody waits for them. */
const MAIN_THREAD = '/proc/self/schedstat';
const isTold = existsSync(MAIN_THREAD);

/** Milliseconds of the processor that this process has used, its main thread alone where that is told. */
function processorMs(): number {
  if (isTold) return Number(readFileSync(MAIN_THREAD, 'utf8').split(' ')[0]) / 1e6;
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** Requests by eight visitors who never pause; what all of them together used while each was under way. */
async function steadyLoad(perVisitor: number): Promise<number[]> {
  const times: number[] = [];
  const visitor = async (): Promise<void> => {
    for (let count = 0; count < perVisitor; count++) {
      const started = processorMs();
      await askForToken();
      times.push(processorMs() - started);
    }
  };
  await Promise.all(Array.from({ length: 8 }, visitor));
  return times;
}

/** 2,000 requests at one time; what is in use afterwards. */
async function burst(): Promise<number> {
  await Promise.all(Array.from({ length: 2_000 }, askForToken));
  process.send?.('drop');
  await once(process, 'message');
  // What is let go of in one turn of the event loop can be collected in the next.
  for (let turn = 0; turn < 5; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    globalThis.gc?.();
  }
  return process.memoryUsage().heapUsed;
}

await steadyLoad(250);
const times = await steadyLoad(250);
await burst();
const first = await burst();
const last = await burst();
process.send?.({ statuses, heapGrowth: last - first, times } satisfies LoadReport);
process.disconnect?.();
