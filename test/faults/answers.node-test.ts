import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fetchToken } from '../../src/session/credentials.js';
import type { ErrorCode } from '../../src/session/error-codes.js';
import { exchangeSdp, type SdpAnswer, type SdpExchange } from '../../src/session/exchange-sdp.js';
import { HandClock } from '../support/hand-clock.js';
import { failure } from '../support/pretend-session.js';

/** What would be sent out with the request, and must come back in no error. */
const BODY = 'canary-body';
const config = { tokenEndpoint: 'https://shop.test/token' };
const { signal } = new AbortController();

/** Asks for a token and is answered like that. */
function token(body: string, status = 200): { token: Promise<string>; requests: string[] } {
  const requests: string[] = [];
  const fetch: typeof globalThis.fetch = async (input) => {
    requests.push(String(input));
    return new Response(body, { status });
  };
  const request = {
    config,
    reason: 'connect',
    fetch,
    clock: new HandClock(),
    cap: () => {},
    signal,
  } as const;
  return { token: fetchToken(request), requests };
}

/** Sends an offer, by default with a token, and is answered like that. */
async function answer(
  body: string,
  init: ResponseInit,
  exchange: Partial<SdpExchange> = {},
): Promise<SdpAnswer> {
  const fetch: typeof globalThis.fetch = async () => new Response(body, init);
  const offer = { config, token: 'ek_1', offer: 'v=0', fetch, clock: new HandClock(), signal };
  return exchangeSdp({ ...offer, ...exchange });
}

describe('what the token endpoint answers', () => {
  const refusals: readonly (readonly [number, ErrorCode])[] = [
    [400, 'token.bad_response'],
    [401, 'token.unauthorized'],
    [403, 'token.forbidden'],
    [404, 'token.not_found'],
    [405, 'token.not_found'],
    [418, 'token.bad_response'],
    [429, 'token.rate_limited'],
    [500, 'token.server_error'],
    [502, 'token.server_error'],
    [503, 'token.server_error'],
  ];
  for (const [status, code] of refusals) {
    it(`is ${code} at a ${status}, after one request`, async () => {
      const { token: given, requests } = token(BODY, status);
      const error = await failure(given);
      assert.deepEqual([error?.code, error?.status, requests.length], [code, status, 1]);
      assert.doesNotMatch(JSON.stringify(error) + error?.message, /canary/);
    });
  }

  it('tells the developer the word with which the endpoint refused', async () => {
    const { token: given } = token('{"error":{"code":"invalid_choice","message":"canary"}}', 400);
    const { message = '' } = (await failure(given)) ?? {};
    assert.match(message, /invalid_choice/);
    assert.doesNotMatch(message, /canary/);
  });

  it('is taken for fresh where it says for how long, whatever the clock of the visitor says', async () => {
    const fresh = JSON.stringify({ value: 'ek_fresh', expires_at: 1, expires_in: 30 });
    const { token: given, requests } = token(fresh);
    assert.deepEqual([await given, requests.length], ['ek_fresh', 1]);
  });

  const bodies: Readonly<Record<string, string>> = {
    'a page of HTML': '<!doctype html><title>Welcome canary</title>',
    nothing: '',
    'an empty object': '{}',
    'an array': '["ek_canary"]',
    'a number': '17',
    null: 'null',
    'a value that is no text': '{"value":7}',
    'a value in a value': '{"value":{"value":{"value":"ek_canary"}}}',
    'two words': '{"value":"ek canary"}',
    'a header in disguise': '{"value":"ek_canary\\r\\nX-Evil: 1"}',
    'a megabyte': JSON.stringify({ value: 'x'.repeat(1_000_000) }),
    'half of an object': '{"value":"ek_ca',
  };
  for (const [what, body] of Object.entries(bodies)) {
    it(`is no token: ${what}`, async () => {
      const { token: given, requests } = token(body);
      const error = await failure(given);
      assert.deepEqual([error?.code, requests.length], ['token.bad_response', 1]);
      assert.doesNotMatch(JSON.stringify(error) + error?.message, /canary|<|x{9}/);
    });
  }

  const shapes: Readonly<Record<string, (token: string) => unknown>> = {
    'the API’s own answer': (value) => ({ value, expires_at: 4_000_000_000 }),
    'the beta’s': (value) => ({ client_secret: { value, expires_at: 4_000_000_000 } }),
    'a token under another name': (token) => ({ token }),
    'a text': (token) => token,
  };
  for (const [what, shape] of Object.entries(shapes)) {
    it(`is taken in the shape of ${what}`, async () => {
      assert.equal(await token(JSON.stringify(shape('ek_1'))).token, 'ek_1');
    });
  }

  it('is taken as a bare word, with or without an end of line', async () => {
    assert.deepEqual([await token('ek_1').token, await token('ek_1\n').token], ['ek_1', 'ek_1']);
  });
});

describe('what the calls URL answers', () => {
  const refusals: readonly (readonly [number, string | null, ErrorCode])[] = [
    [400, 'invalid_value', 'signaling.rejected'],
    [403, 'unsupported_country', 'signaling.forbidden'],
    [403, 'model_not_found', 'signaling.model_unavailable'],
    [404, null, 'signaling.model_unavailable'],
    [409, null, 'signaling.rejected'],
    [413, null, 'signaling.rejected'],
    [429, 'rate_limit_exceeded', 'signaling.rate_limited'],
    [429, 'insufficient_quota', 'signaling.quota_exhausted'],
    [500, 'server_error', 'signaling.server_error'],
    [503, null, 'signaling.server_error'],
  ];
  for (const [status, reason, code] of refusals) {
    it(`is ${code} at a ${status} ${reason ?? ''}`, async () => {
      const body = JSON.stringify({ error: { code: reason, message: 'No, ek_canary00.' } });
      const error = await failure(answer(body, { status }));
      assert.deepEqual([error?.code, error?.status], [code, status]);
      assert.doesNotMatch(error?.message ?? '', /canary/);
    });
  }

  it('is told without the token that it quotes, whatever that looks like', async () => {
    const token = 'canary.of.a.gateway';
    const body = JSON.stringify({ error: { message: `No such token: ${token}` } });
    const { message } = (await failure(answer(body, { status: 401 }, { token }))) ?? {};
    assert.equal(message, 'signaling.unauthorized: No such token: [redacted]');
  });

  const places: readonly (readonly [string, string | null])[] = [
    ['/v1/realtime/calls/rtc_1', 'rtc_1'],
    ['https://other.test/calls/rtc_1/', 'rtc_1'],
    ['?call_id=rtc_1', 'rtc_1'],
    ['//', null],
    ['https://', null],
  ];
  for (const [location, id] of places) {
    it(`is a call with the id ${id} at “${location}”`, async () => {
      const { callId, hangUp } = await answer('v=0', { status: 201, headers: { Location: location } });
      assert.deepEqual([callId, hangUp], [id, null]);
    });
  }
});

describe('what the page’s own session endpoint answers', () => {
  const sessionEndpoint = 'https://shop.test/voice';
  const own = {
    token: null,
    config: { sessionEndpoint, tokenHeaders: { 'X-Visitor': 'Basic canary-of-a-visitor' } },
  };

  const refusals: readonly (readonly [number, string | null, ErrorCode])[] = [
    [401, 'unauthorized', 'token.unauthorized'],
    [401, null, 'token.unauthorized'],
    [403, 'origin_not_allowed', 'signaling.forbidden'],
    [404, null, 'token.not_found'],
    [405, null, 'token.not_found'],
    [404, 'model_not_found', 'signaling.model_unavailable'],
    [429, 'rate_limited', 'signaling.rate_limited'],
    [502, 'model_not_found', 'signaling.model_unavailable'],
    [503, 'upstream_busy', 'signaling.server_error'],
  ];
  for (const [status, reason, code] of refusals) {
    it(`is ${code} at a ${status} ${reason ?? ''}`, async () => {
      const body = reason ? JSON.stringify({ error: { code: reason } }) : '<h1>Not found</h1>';
      const error = await failure(answer(body, { status }, own));
      assert.deepEqual([error?.code, error?.status], [code, status]);
      assert.doesNotMatch(error?.message ?? '', /<h1>/);
    });
  }

  it('is told without the headers that it quotes', async () => {
    const body = JSON.stringify({ error: { message: 'Who is canary-of-a-visitor?' } });
    const { message } = (await failure(answer(body, { status: 400 }, own))) ?? {};
    assert.equal(message, 'signaling.rejected: Who is [redacted]?');
  });

  it('is hung up where it says that it keeps the call, and nowhere else', async () => {
    const at = async (location: string): Promise<boolean> =>
      (await answer('v=0', { status: 201, headers: { Location: location } }, own)).hangUp !== null;
    assert.deepEqual(
      await Promise.all(['?call_id=1', '/elsewhere/1', 'https://other.test/voice/1', '//'].map(at)),
      [true, false, false, false],
    );
  });
});

describe('what no header can carry', () => {
  const asked = { ...config, tokenHeaders: { 'X-User': '田中' } };
  const request = {
    config: asked,
    reason: 'connect',
    clock: new HandClock(),
    cap: () => {},
    signal,
  } as const;
  const fetch = async (): Promise<Response> => assert.fail('There is nothing to ask for.');

  it('is a bad value of the page, and nothing is asked for with less: a token', async () => {
    const error = await failure(fetchToken({ ...request, fetch }));
    assert.equal(error?.code, 'config.invalid_value');
    assert.match(error.message, /tokenHeaders/);
  });

  it('is a bad value of the page, and nothing is asked for with less: a session', async () => {
    const sessions = { ...asked, sessionEndpoint: 'https://shop.test/session' };
    const error = await failure(answer('', {}, { config: sessions, token: null, fetch }));
    assert.equal(error?.code, 'config.invalid_value');
  });
});
