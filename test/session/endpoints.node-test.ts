import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { realClock } from '../../src/session/clock.js';
import { fetchToken } from '../../src/session/credentials.js';
import { exchangeSdp, type SdpAnswer } from '../../src/session/exchange-sdp.js';
import { settle } from '../support/pretend-session.js';

interface Asked {
  readonly url: string;
  readonly init: RequestInit;
}

/** Endpoints of a shop, and what they are asked. */
function shop(): { readonly asked: Asked[]; readonly fetch: typeof fetch } {
  const asked: Asked[] = [];
  const answer = async (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    asked.push({ url: String(input), init });
    return String(input).endsWith('/token')
      ? Response.json({ value: 'ek_of_the_shop' })
      : new Response('v=0', { status: 201, headers: { Location: '/call/one' } });
  };
  return { asked, fetch: answer };
}
const config = {
  tokenEndpoint: 'https://shop.test/token',
  sessionEndpoint: 'https://shop.test/call',
  tokenHeaders: { 'X-Of-The-Page': 'yes' },
  credentials: 'include',
} as const;
const signal = new AbortController().signal;
const offered = (fetch: typeof globalThis.fetch, token: string | null): Promise<SdpAnswer> =>
  exchangeSdp({ config, token, offer: 'v=0', fetch, clock: realClock, signal });

describe('the session endpoint', () => {
  it('is asked with the headers and the credentials of the page, and so is the end of the call', async () => {
    const { asked, fetch } = shop();
    (await offered(fetch, null)).hangUp?.();
    await settle();
    assert.deepEqual(
      asked.map(({ url, init }) => [
        init.method,
        url,
        init.credentials,
        new Headers(init.headers).get('X-Of-The-Page'),
      ]),
      [
        ['POST', 'https://shop.test/call', 'include', 'yes'],
        ['DELETE', 'https://shop.test/call/one', 'include', 'yes'],
      ],
    );
  });
});

describe('what is asked for a call', () => {
  it('is never answered from a cache: the token, the offer and the end', async () => {
    const { asked, fetch } = shop();
    const request = { config, reason: 'connect', fetch, clock: realClock, signal } as const;
    const token = await fetchToken({ ...request, cap: () => {} });
    await offered(fetch, token);
    (await offered(fetch, null)).hangUp?.();
    await settle();
    assert.deepEqual(
      asked.map(({ init }) => init.cache),
      ['no-store', 'no-store', 'no-store', 'no-store'],
    );
  });
});
