import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { after, before, beforeEach, describe, it } from 'node:test';
import { inspect } from 'node:util';
import { createTokenHandler, memoryStore, type Limit, type Limits, type Store } from 'realtime-voice/server';
import { addressUnit } from '../../src/server/address.js';
import { ask, codeOf } from './ask.js';
import { startRedis } from './redis-process.js';
import { answerJson, API_KEY, secretAnswer, UpstreamStub } from './upstream-stub.js';

const upstream = new UpstreamStub();
before(() => upstream.start());
after(() => upstream.stop());
beforeEach(() => upstream.reset());

const handlerWith = (limits: Limits, store: Store = memoryStore(), user?: string) =>
  createTokenHandler({
    apiKey: API_KEY,
    upstream: upstream.url,
    limits,
    store,
    ...(user !== undefined && { authorize: () => ({ user }) }),
  });

const admitted = (responses: Response[]): number => responses.filter(({ status }) => status === 200).length;

describe('limits', () => {
  it('admit a visitor’s first requests of 20 in one second, and tell the others when to come back', async () => {
    const handler = handlerWith({ address: { requests: 5, seconds: 60 } });
    const responses = await Promise.all(Array.from({ length: 20 }, () => ask(handler)));
    assert.equal(admitted(responses), 5);
    assert.equal(upstream.requests.length, 5);
    const refused = responses.find(({ status }) => status === 429);
    assert.ok(refused);
    assert.equal(await codeOf(refused), 'rate_limited');
    const wait = Number(refused.headers.get('Retry-After'));
    assert.ok(wait > 50 && wait <= 60);
  });

  const NONE = [
    { requests: NaN },
    { requests: undefined },
    { requests: -1 },
    { concurrent: NaN },
    { seconds: NaN },
    { seconds: 0 },
  ] as Limit[];
  for (const limit of NONE) {
    it(`are none that count nothing: ${inspect(limit)}`, () => {
      assert.throws(() => handlerWith({ user: limit }), /limits\.user/);
      assert.throws(() => handlerWith({ address: limit }), /limits\.address/);
    });
  }

  it('may admit everybody or nobody', async () => {
    assert.equal((await ask(handlerWith({ address: { requests: Infinity } }))).status, 200);
    assert.equal((await ask(handlerWith({ address: { requests: 0 } }))).status, 429);
  });

  it('follow a user from address to address', async () => {
    const handler = handlerWith({ user: { requests: 2 } }, memoryStore(), 'ada');
    const responses = [1, 2, 3, 4].map((last) => ask(handler, { address: `192.0.2.${last}` }));
    assert.equal(admitted(await Promise.all(responses)), 2);
  });

  it('take a whole IPv6 /64 for one visitor and the next one for another', async () => {
    const handler = handlerWith({ address: { requests: 2 } });
    const inside = [1, 2, 3, 4].map((last) => ask(handler, { address: `2001:db8:0:1::${last}` }));
    assert.equal(admitted(await Promise.all(inside)), 2);
    assert.equal((await ask(handler, { address: '2001:db8:0:2::1' })).status, 200);
  });

  it('take visitors without user and address for a single one', async () => {
    const handler = handlerWith({ address: { requests: 2 } });
    const addresses = ['', 'unknown', '999.1.1.1', '192.0.2.1, 192.0.2.2'];
    assert.equal(admitted(await Promise.all(addresses.map((address) => ask(handler, { address })))), 2);
  });

  it('let no more requests of a visitor run at one time than they say', async () => {
    const release: (() => void)[] = [];
    upstream.respond = (response) => release.push(() => answerJson(response, 200, secretAnswer()));
    const handler = handlerWith({ address: { concurrent: 1 } });
    const arrived = upstream.next('request');
    const first = ask(handler);
    await arrived;
    assert.equal(await codeOf(await ask(handler)), 'too_many_calls');
    for (const answer of release) answer();
    assert.equal((await first).status, 200);
    upstream.reset();
    assert.equal((await ask(handler)).status, 200);
  });

  it('admit nobody when their store fails, hangs or talks nonsense', async () => {
    const fail = (): Promise<never> => Promise.reject(new Error('canary'));
    const stores: Store[] = [
      { hit: fail, acquire: fail, release: fail },
      { ...memoryStore(), hit: () => new Promise(() => undefined) },
      { ...memoryStore(), acquire: fail },
      { ...memoryStore(), hit: async () => Number.NaN },
    ];
    for (const store of stores) {
      const options = { apiKey: API_KEY, upstream: upstream.url, store, timeoutMs: 60 };
      const response = await ask(createTokenHandler(options));
      assert.equal(response.status, 503);
      assert.deepEqual(await response.json(), { error: { code: 'limiter_unavailable' } });
    }
    assert.equal(upstream.requests.length, 0);
  });

  it('tell the store neither the user nor the address', async () => {
    const keys: string[] = [];
    const inner = memoryStore();
    const store: Store = {
      ...inner,
      hit: (key, limit, windowMs) => {
        keys.push(key);
        return inner.hit(key, limit, windowMs);
      },
    };
    await ask(handlerWith({}, store, 'ada@site.example'));
    assert.equal(keys.length, 2);
    assert.doesNotMatch(keys.join(' '), /ada|192\.0/);
  });

  it('hold across two processes that share one Redis', async () => {
    const redis = await startRedis();
    const main = new URL('./limited-process.ts', import.meta.url);
    const env = { ...process.env, REDIS_SOCKET: redis.socket, UPSTREAM: upstream.url };
    const children = [1, 2].map(() => fork(main, { execArgv: ['--import', 'tsx'], env }));
    try {
      await Promise.all(children.map((child) => once(child, 'message')));
      const counts = await Promise.all(children.map((child) => tally(child, 40)));
      assert.equal(counts[0]! + counts[1]!, 25);
      assert.equal(upstream.requests.length, 25);
    } finally {
      const ended = children.map((child) => once(child, 'exit'));
      for (const child of children) child.disconnect();
      await Promise.all(ended);
      await redis.stop();
    }
  });
});

/** Has the process ask `count` times at once; resolves to how many were admitted. */
async function tally(child: ChildProcess, count: number): Promise<number> {
  child.send(count);
  const [admittedThere] = (await once(child, 'message')) as [number];
  return admittedThere;
}

describe('addresses', () => {
  const UNITS: Readonly<Record<string, string | null>> = {
    '192.0.2.1': '192.0.2.1',
    '192.0.2.1:5678': '192.0.2.1',
    ' 192.0.2.1 ': '192.0.2.1',
    '::ffff:192.0.2.1': '192.0.2.1',
    '2001:DB8:0:1:a:b:c:d': '2001:db8:0:1::/64',
    '2001:db8:0:1::': '2001:db8:0:1::/64',
    '[2001:db8:0:1::9]:443': '2001:db8:0:1::/64',
    'fe80::1%eth0': 'fe80:0:0:0::/64',
    '::1': '0:0:0:0::/64',
    '': null,
    '256.0.0.1': null,
    '1.2.3': null,
    '::1::2': null,
    'example.com': null,
    '192.0.2.1, 198.51.100.1': null,
  };
  for (const [address, unit] of Object.entries(UNITS)) {
    it(`counts "${address}" as ${unit ?? 'unknown'}`, () => {
      assert.equal(addressUnit(address), unit);
    });
  }
});
