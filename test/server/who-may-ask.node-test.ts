import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import * as fc from 'fast-check';
import { createTokenHandler, type TokenHandlerOptions } from 'realtime-voice/server';
import { ask, codeOf, JSON_TYPE, SITE } from './ask.js';
import { API_KEY, UpstreamStub } from './upstream-stub.js';

const upstream = new UpstreamStub();
before(() => upstream.start());
after(() => upstream.stop());
beforeEach(() => upstream.reset());

const GENEROUS = { address: { requests: 1e6, concurrent: 1e6 } };
const handlerWith = (options: Partial<TokenHandlerOptions> = {}) =>
  createTokenHandler({ apiKey: API_KEY, upstream: upstream.url, limits: GENEROUS, ...options });

describe('methods', () => {
  for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH']) {
    it(`answers ${method} with 405 and the methods that are allowed`, async () => {
      const response = await ask(handlerWith(), { method });
      assert.equal(response.status, 405);
      assert.equal(response.headers.get('Allow'), 'POST, OPTIONS');
      assert.equal(upstream.requests.length, 0);
    });
  }

  it('answers the preflight of an allowed origin with what the element sends', async () => {
    const handler = handlerWith({ origins: [SITE], headers: ['Authorization'] });
    const response = await ask(handler, { method: 'OPTIONS', headers: { 'X-Realtime-Voice': null } });
    assert.equal(response.status, 204);
    assert.equal(response.headers.get('Access-Control-Allow-Origin'), SITE);
    assert.equal(response.headers.get('Access-Control-Allow-Methods'), 'POST, OPTIONS');
    const allowed = response.headers.get('Access-Control-Allow-Headers');
    assert.equal(allowed, 'Content-Type, X-Realtime-Voice, Authorization');
  });

  it('answers the preflight of a foreign origin with 403 and no CORS header', async () => {
    const headers = { Origin: 'https://foreign.example' };
    const response = await ask(handlerWith({ origins: [SITE] }), { method: 'OPTIONS', headers });
    assert.equal(response.status, 403);
    assert.equal(response.headers.get('Access-Control-Allow-Origin'), null);
  });
});

describe('origins', () => {
  const listed = ['https://good.example', 'https://bücher.example', 'https://port.example:8443'];

  const GOOD = [...listed.slice(0, 1), 'https://xn--bcher-kva.example', 'https://port.example:8443'];
  for (const origin of GOOD) {
    it(`serves a page of the listed origin ${origin}`, async () => {
      const response = await ask(handlerWith({ origins: listed }), { headers: { Origin: origin } });
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('Access-Control-Allow-Origin'), origin);
    });
  }

  const BAD: Readonly<Record<string, string | null>> = {
    'no origin at all': null,
    'the opaque origin of sandboxed frames and files': 'null',
    'the endpoint’s own origin, when only others are listed': SITE,
    'an allowed origin as a prefix': 'https://good.example.evil.example',
    'an allowed origin as a suffix': 'https://evil-good.example',
    'a subdomain of an allowed origin': 'https://a.good.example',
    'another case than browsers send': 'https://GOOD.example',
    'another port': 'https://good.example:8443',
    'the default port written out': 'https://good.example:443',
    'a missing port': 'https://port.example',
    'an insecure scheme': 'http://good.example',
    'a look-alike in punycode': 'https://xn--gd-example-1ib.example',
    'a path after the origin': 'https://good.example/',
    'credentials before the host': 'https://good.example@evil.example',
    'two origins in one header': 'https://good.example https://evil.example',
  };
  for (const [name, origin] of Object.entries(BAD)) {
    it(`refuses ${name}`, async () => {
      const response = await ask(handlerWith({ origins: listed }), { headers: { Origin: origin } });
      assert.equal(response.status, 403);
      assert.equal(response.headers.get('Access-Control-Allow-Origin'), null);
      assert.equal(await codeOf(response), 'origin_not_allowed');
      assert.equal(upstream.requests.length, 0);
    });
  }

  it('makes no upstream call for any of 10,000 foreign origins', async () => {
    const handler = handlerWith({ origins: listed });
    const near = fc.tuple(
      fc.constantFrom(...GOOD),
      fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 9 }),
    );
    const foreign = fc.oneof(
      fc.webUrl().map((url) => new URL(url).origin),
      fc.string({ unit: 'grapheme-ascii' }),
      near.map(([origin, extra]) => origin + extra),
      near.map(([origin, extra]) => origin.replace('//', `//${extra}`)),
    );
    const property = fc.asyncProperty(foreign, async (origin) => {
      fc.pre(!GOOD.includes(origin.trim()));
      const response = await ask(handler, { headers: { Origin: origin } });
      assert.equal(response.status, 403);
    });
    await fc.assert(property, { numRuns: 10_000 });
    assert.equal(upstream.requests.length, 0);
  });

  it('serves its own origin when none is listed, also behind a proxy that ends TLS', async () => {
    const handler = handlerWith();
    assert.equal((await ask(handler)).status, 200);
    assert.equal((await ask(handler, { url: 'http://site.example/voice' })).status, 200);
    const local = { url: 'http://localhost:3000/voice', headers: { Origin: 'http://localhost:3000' } };
    assert.equal((await ask(handler, local)).status, 200);
  });

  it('refuses an insecure page although its host is the endpoint’s own', async () => {
    const question = { url: 'http://site.example/voice', headers: { Origin: 'http://site.example' } };
    assert.equal((await ask(handlerWith(), question)).status, 403);
  });

  for (const origin of [
    '*',
    'null',
    'https://*.site.example',
    'http://site.example',
    'https://site.example/a',
    'x',
  ]) {
    it(`cannot be configured to allow ${origin}`, () => {
      assert.throws(() => handlerWith({ origins: [origin] }), /exact origin/);
    });
  }
});

describe('requests that no page of ours sends', () => {
  it('refuses a cross-site request unless origins are listed', async () => {
    const headers = { 'Sec-Fetch-Site': 'cross-site' };
    const refused = await ask(handlerWith(), { headers });
    assert.equal(refused.status, 403);
    assert.equal(await codeOf(refused), 'cross_site');
    assert.equal((await ask(handlerWith({ origins: [SITE] }), { headers })).status, 200);
  });

  for (const headers of [
    { 'Sec-Fetch-Site': 'none' },
    { 'Sec-Fetch-Mode': 'navigate' },
    { 'Sec-Fetch-Mode': 'no-cors' },
  ] as Record<string, string>[]) {
    it(`refuses ${JSON.stringify(headers)} even from a listed origin`, async () => {
      const response = await ask(handlerWith({ origins: [SITE] }), { headers });
      assert.equal(response.status, 403);
      assert.equal(upstream.requests.length, 0);
    });
  }

  it('refuses a request without the header that forces a preflight', async () => {
    for (const value of [null, '', '0', 'true']) {
      const response = await ask(handlerWith(), { headers: { 'X-Realtime-Voice': value } });
      assert.equal(response.status, 403);
      assert.equal(await codeOf(response), 'missing_header');
    }
    assert.equal(upstream.requests.length, 0);
  });

  const FORMS: Readonly<Record<string, BodyInit>> = {
    'a form': new URLSearchParams({ voice: 'marin' }),
    'a multipart form': new FormData(),
    'plain text': '{"voice":"marin"}',
    'bytes without a type': new TextEncoder().encode('{}'),
  };
  for (const [name, body] of Object.entries(FORMS)) {
    it(`refuses ${name} with 415`, async () => {
      const response = await ask(handlerWith(), { body });
      assert.equal(response.status, 415);
      assert.equal(upstream.requests.length, 0);
    });
  }
});

describe('headers of answers', () => {
  it('lets a listed origin read the answer and what to wait for, and varies by origin', async () => {
    const { headers } = await ask(handlerWith({ origins: [SITE] }));
    assert.equal(headers.get('Access-Control-Allow-Origin'), SITE);
    assert.equal(headers.get('Access-Control-Allow-Credentials'), 'true');
    assert.equal(
      headers.get('Access-Control-Expose-Headers'),
      'Retry-After, Location, X-Realtime-Voice-Max-Duration',
    );
    assert.equal(headers.get('Vary'), 'Origin');
  });

  it('never says * to anybody', async () => {
    for (const method of ['POST', 'OPTIONS', 'GET']) {
      for (const origin of [SITE, 'https://foreign.example', null]) {
        const { headers } = await ask(handlerWith({ origins: [SITE] }), {
          method,
          headers: { Origin: origin },
        });
        assert.ok(![...headers].some(([, value]) => value.includes('*')));
      }
    }
  });

  it('keeps success and refusal out of every cache and out of content sniffing', async () => {
    for (const question of [
      {},
      { method: 'GET' },
      { headers: { Origin: null } },
      { headers: JSON_TYPE, body: '[' },
    ]) {
      const { headers } = await ask(handlerWith(), question);
      assert.equal(headers.get('Cache-Control'), 'no-store');
      assert.equal(headers.get('ETag'), null);
      assert.equal(headers.get('X-Content-Type-Options'), 'nosniff');
      assert.equal(headers.get('Referrer-Policy'), 'no-referrer');
    }
  });
});

describe('authorize', () => {
  it('refuses with 401 what it does not allow', async () => {
    const response = await ask(handlerWith({ authorize: () => false }));
    assert.equal(response.status, 401);
    assert.equal(await codeOf(response), 'unauthorized');
    assert.equal(upstream.requests.length, 0);
  });

  for (const user of [null, undefined, '', 0]) {
    it(`refuses with 401 whoever it names as ${JSON.stringify(user)}: a user was looked for in vain`, async () => {
      const authorize = (): { user: string } => ({ user: user as unknown as string });
      const response = await ask(handlerWith({ authorize }));
      assert.equal(response.status, 401);
      assert.equal(upstream.requests.length, 0);
    });
  }

  it('refuses when it throws, without saying why', async () => {
    const authorize = (): never => {
      throw new Error('canary: database password');
    };
    const response = await ask(handlerWith({ authorize }));
    assert.equal(response.status, 500);
    assert.deepEqual(await response.json(), { error: { code: 'server_error' } });
    assert.equal(upstream.requests.length, 0);
  });

  it('may answer by itself, readable for the page', async () => {
    const authorize = (): Response =>
      new Response('Sign in first', { status: 418, headers: { 'X-Own': 'yes' } });
    const response = await ask(handlerWith({ authorize, origins: [SITE] }));
    assert.equal(response.status, 418);
    assert.equal(await response.text(), 'Sign in first');
    assert.equal(response.headers.get('X-Own'), 'yes');
    assert.equal(response.headers.get('Access-Control-Allow-Origin'), SITE);
  });

  it('tells OpenAI who asks by a salted hash that stays the same', async () => {
    const handlers = ['one salt', 'one salt', 'another'].map((salt) =>
      handlerWith({ salt, authorize: () => ({ user: 'ada@site.example' }) }),
    );
    for (const handler of handlers) await ask(handler);
    const [first, second, third] = upstream.requests.map(
      ({ headers }) => headers['openai-safety-identifier'],
    );
    assert.match(String(first), /^[\w-]{43}$/);
    assert.equal(second, first);
    assert.notEqual(third, first);
  });
});
