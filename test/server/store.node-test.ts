import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as fc from 'fast-check';
import { memoryStore, type Store } from 'realtime-voice/server';
import { redisStore } from 'realtime-voice/server/redis-store';
import { createClient } from 'redis';
import { startRedis } from './redis-process.js';

/** What every store promises; keys are new each time, so that one Redis serves all tests. */
function keepsItsPromises(storeOf: () => Store): void {
  const key = (): string => crypto.randomUUID();

  it('admits exactly the limit of requests that come at one time', async () => {
    const [store, visitor] = [storeOf(), key()];
    const waits = await Promise.all(Array.from({ length: 20 }, () => store.hit(visitor, 5, 60_000)));
    assert.equal(waits.filter((wait) => wait === 0).length, 5);
    assert.ok(waits.filter((wait) => wait > 0).every((wait) => wait > 55_000 && wait <= 60_000));
  });

  it('counts keys apart', async () => {
    const store = storeOf();
    for (const visitor of [key(), key()]) assert.equal(await store.hit(visitor, 1, 60_000), 0);
  });

  it('gives out no more slots than there are, and a slot again once it is back', async () => {
    const [store, visitor] = [storeOf(), key()];
    assert.equal(await store.acquire(visitor, 'a', 2, 60_000), 0);
    assert.equal(await store.acquire(visitor, 'b', 2, 60_000), 0);
    assert.ok((await store.acquire(visitor, 'c', 2, 60_000)) > 0);
    assert.equal(await store.acquire(visitor, 'a', 2, 60_000), 0);
    await store.release(visitor, 'unknown');
    assert.ok((await store.acquire(visitor, 'c', 2, 60_000)) > 0);
    await store.release(visitor, 'a');
    assert.equal(await store.acquire(visitor, 'c', 2, 60_000), 0);
  });

  it('takes a slot back when its lease is over', async () => {
    const [store, visitor] = [storeOf(), key()];
    assert.equal(await store.acquire(visitor, 'a', 1, 1), 0);
    while ((await store.acquire(visitor, 'b', 1, 60_000)) > 0);
    assert.ok((await store.acquire(visitor, 'a', 1, 1)) > 0);
  });

  it('admits nobody when there is nothing to give out', async () => {
    assert.ok((await storeOf().hit(key(), 0, 1_000)) > 0);
  });
}

describe('memoryStore', () => {
  keepsItsPromises(() => memoryStore());

  it('never admits more than the limit within any window', async () => {
    const property = fc.asyncProperty(
      fc.array(fc.nat(400), { maxLength: 80 }),
      fc.integer({ min: 1, max: 5 }),
      async (pauses, limit) => {
        let time = 0;
        const store = memoryStore(() => time);
        const admitted: number[] = [];
        for (const pause of pauses) {
          time += pause;
          const wait = await store.hit('visitor', limit, 1_000);
          if (wait === 0) admitted.push(time);
          else assert.ok(wait > 0 && wait <= 1_000);
        }
        for (const [index, start] of admitted.entries()) {
          const end = admitted[index + limit];
          assert.ok(end === undefined || end - start >= 1_000);
        }
      },
    );
    await fc.assert(property, { numRuns: 200 });
  });

  it('forgets visitors whose windows are over', async () => {
    let time = 0;
    const store = memoryStore(() => time);
    const used = (): number => {
      globalThis.gc?.();
      return process.memoryUsage().heapUsed;
    };
    const fill = async (): Promise<void> => {
      for (let visitor = 0; visitor < 20_000; visitor++) {
        time += 1;
        await store.hit(`${time}`, 5, 1_000);
      }
    };
    await fill();
    const before = used();
    for (let round = 0; round < 4; round++) await fill();
    assert.ok(used() - before < 1e6);
  });
});

describe('redisStore', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let client: ReturnType<typeof createClient>;
  before(async () => {
    redis = await startRedis();
    client = createClient({ socket: { path: redis.socket, tls: false } });
    await client.connect();
  });
  after(async () => {
    client.destroy();
    await redis.stop();
  });

  keepsItsPromises(() => redisStore(client));

  it('leaves nothing in Redis that does not end by itself', async () => {
    const store = redisStore(client, 'ends:');
    await store.hit('a', 5, 10_000);
    await store.acquire('b', 'holder', 5, 20_000);
    const keys = await client.keys('ends:*');
    assert.deepEqual(keys.toSorted(), ['ends:a', 'ends:b']);
    for (const key of keys) assert.ok((await client.pTTL(key)) > 5_000);
  });

  it('rejects when its client does', async () => {
    const broken = redisStore({ sendCommand: () => Promise.reject(new Error('gone')) });
    await assert.rejects(broken.hit('a', 1, 1_000), /gone/);
    await assert.rejects(redisStore({ sendCommand: async () => 'OK' }).hit('a', 1, 1_000), TypeError);
  });
});
