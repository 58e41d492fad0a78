/** Puts load on a token endpoint, in a process of its own: the test runner's hooks make every promise several times slower. */
import { createTokenHandler } from 'realtime-voice/server';
import { ask } from './ask.js';
import { API_KEY, UpstreamStub } from './upstream-stub.js';

/** What this process reports: heap in bytes, times in milliseconds of the processor, whatever else the machine does. */
export interface LoadReport {
  readonly statuses: Readonly<Record<number, number>>;
  readonly heapGrowth: number;
  readonly times: number[];
}

const upstream = await new UpstreamStub().start();
// A short window, so that the counts of a round are gone by the end of the next.
const limits = { address: { requests: 1e6, seconds: 0.1, concurrent: 1e6 } };
// What is measured is not whether a busy machine answers in time.
const handler = createTokenHandler({ apiKey: API_KEY, upstream: upstream.url, limits, timeoutMs: 120_000 });
const statuses: Record<number, number> = {};

async function askForToken(): Promise<void> {
  const { status, body } = await ask(handler);
  await body?.cancel();
  statuses[status] = (statuses[status] ?? 0) + 1;
}

/** What this process, the upstream in it included, has used of the processor. */
function processorMs(): number {
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
  upstream.requests.length = 0;
  await upstream.dropConnections();
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
await upstream.stop();
process.send?.({ statuses, heapGrowth: last - first, times } satisfies LoadReport);
process.disconnect?.();
