/** Puts load on a token endpoint, in a process of its own: the test runner's hooks make every promise several times slower. */
import { createTokenHandler } from 'realtime-voice/server';
import { ask } from './ask.js';
import { API_KEY, UpstreamStub } from './upstream-stub.js';

/** What this process reports: heap in bytes, times in milliseconds. */
export interface LoadReport {
  readonly statuses: Readonly<Record<number, number>>;
  readonly heapGrowth: number;
  readonly times: number[];
}

const upstream = await new UpstreamStub().start();
// A short window, so that the counts of a round are gone by the end of the next.
const limits = { address: { requests: 1e6, seconds: 0.1, concurrent: 1e6 } };
const handler = createTokenHandler({ apiKey: API_KEY, upstream: upstream.url, limits });
const statuses: Record<number, number> = {};

async function askForToken(): Promise<void> {
  const { status, body } = await ask(handler);
  await body?.cancel();
  statuses[status] = (statuses[status] ?? 0) + 1;
}

/** Requests by eight visitors who never pause; how long each took. */
async function steadyLoad(perVisitor: number): Promise<number[]> {
  const times: number[] = [];
  const visitor = async (): Promise<void> => {
    for (let count = 0; count < perVisitor; count++) {
      const started = performance.now();
      await askForToken();
      times.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: 8 }, visitor));
  return times;
}

/** 2,000 requests at one time; what is in use afterwards. */
async function burst(): Promise<number> {
  await Promise.all(Array.from({ length: 2_000 }, askForToken));
  upstream.requests.length = 0;
  await upstream.dropConnections();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

await steadyLoad(50);
const times = await steadyLoad(250);
await burst();
const first = await burst();
const last = await burst();
await upstream.stop();
process.send?.({ statuses, heapGrowth: last - first, times } satisfies LoadReport);
process.disconnect?.();
