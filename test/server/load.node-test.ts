import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createTokenHandler, type Handler } from 'realtime-voice/server';
import { ask } from './ask.js';
import { API_KEY, UpstreamStub } from './upstream-stub.js';

const upstream = new UpstreamStub();
let handler: Handler;
before(async () => {
  await upstream.start();
  // A short window, so that the counts of a round are gone by the end of the next.
  const limits = { address: { requests: 1e6, seconds: 0.1, concurrent: 1e6 } };
  handler = createTokenHandler({ apiKey: API_KEY, upstream: upstream.url, limits });
});
after(() => upstream.stop());
beforeEach(() => upstream.reset());

const askForToken = async (): Promise<void> => {
  const response = await ask(handler);
  assert.equal(response.status, 200);
  await response.arrayBuffer();
};

const together = (count: number): Promise<unknown> => Promise.all(Array.from({ length: count }, askForToken));

describe('2,000 token requests', () => {
  it('eight at a time take less than 50 ms each, but for one in a hundred', async () => {
    const times: number[] = [];
    const visitor = async (): Promise<void> => {
      for (let count = 0; count < 250; count++) {
        const started = performance.now();
        await askForToken();
        times.push(performance.now() - started);
      }
    };
    await Promise.all(Array.from({ length: 8 }, visitor));
    const ranked = times.toSorted((a, b) => a - b);
    console.log(ranked[1979]);
    assert.ok((ranked[1_979] ?? Infinity) < 50);
  });

  it('at one time are all answered, and nothing is kept of them', async () => {
    const round = async (): Promise<number> => {
      await together(2_000);
      upstream.requests.length = 0;
      await upstream.dropConnections();
      globalThis.gc?.();
      return process.memoryUsage().heapUsed;
    };
    await round();
    const first = await round();
    const last = [await round(), await round()].at(-1) ?? 0;
    console.log((last-first)/1e6);
    assert.ok(last - first < 2e6, `${last - first} bytes more after 4,000 requests`);
  });
});
