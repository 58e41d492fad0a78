import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { createApp } from '../../demo/server/http/app.js';
import { Speech } from '../../demo/server/speech/speech.js';

interface Refusal {
  readonly error: { readonly code: string; readonly type: string; readonly message: string };
}

describe('the HTTP side of the local service', () => {
  const speech = new Speech();
  const { app } = createApp({ speech });
  after(() => speech.stop());

  const mint = async (scenario?: string): Promise<string> => {
    const response = await app.request(scenario ? `/token?scenario=${scenario}` : '/token', {
      method: 'POST',
    });
    return ((await response.json()) as { value: string }).value;
  };
  const post = (
    body: BodyInit,
    headers: Record<string, string> = {},
    query = '',
  ): Response | Promise<Response> =>
    app.request(`/v1/realtime/calls${query}`, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/sdp', ...headers },
    });
  const refusal = async (response: Response | Promise<Response>): Promise<[number, string]> => {
    const { status } = await response;
    return [status, ((await (await response).json()) as Refusal).error.code];
  };

  it('mints a short-lived secret in the shape of the GA API, never to be cached', async () => {
    const response = await app.request('/token', { method: 'POST' });
    const secret = (await response.json()) as {
      value: string;
      expires_at: number;
      session: { type: string };
    };
    assert.match(secret.value, /^ek_local_/);
    assert.ok(secret.expires_at * 1_000 > Date.now());
    assert.equal(secret.session.type, 'realtime');
    assert.equal(response.headers.get('Cache-Control'), 'no-store');
  });

  it('refuses a call without a token, and with one of somebody else', async () => {
    assert.deepEqual(await refusal(post('v=0')), [401, 'invalid_api_key']);
    assert.deepEqual(await refusal(post('v=0', { Authorization: 'Bearer ek_local_normal_made_up' })), [
      401,
      'invalid_api_key',
    ]);
  });

  it('refuses what is not SDP', async () => {
    const Authorization = `Bearer ${await mint()}`;
    assert.deepEqual(await refusal(post('hello', { Authorization })), [400, 'invalid_offer']);
    assert.deepEqual(await refusal(post('v=0\r\nnonsense', { Authorization })), [400, 'invalid_offer']);
  });

  it('refuses a model in the URL, since the token has bound one', async () => {
    const Authorization = `Bearer ${await mint()}`;
    assert.deepEqual(await refusal(post('v=0', { Authorization }, '?model=other')), [400, 'invalid_value']);
  });

  it('lets pages of other origins send the headers of the known clients, and read where the call is', async () => {
    const response = await app.request('/v1/realtime/calls', {
      method: 'OPTIONS',
      headers: {
        Origin: 'https://shop.example',
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'authorization,content-type,x-openai-agents-sdk',
      },
    });
    assert.equal(response.headers.get('Access-Control-Allow-Origin'), 'https://shop.example');
    assert.match(response.headers.get('Access-Control-Allow-Headers') ?? '', /x-openai-agents-sdk/);
    const answer = await app.request('/token', {
      method: 'POST',
      headers: { Origin: 'https://shop.example' },
    });
    assert.match(answer.headers.get('Access-Control-Expose-Headers') ?? '', /Location/);
  });

  it('knows no call that is not there', async () => {
    assert.deepEqual(await refusal(app.request('/v1/realtime/calls/rtc_none', { method: 'DELETE' })), [
      404,
      'call_id_not_found',
    ]);
    assert.deepEqual(await refusal(app.request('/v1/realtime/calls/rtc_none/hangup', { method: 'POST' })), [
      404,
      'call_id_not_found',
    ]);
  });

  it('answers with JSON where there is nothing', async () => {
    assert.deepEqual(await refusal(app.request('/nothing')), [404, 'not_found']);
  });

  it('fails as the token says', async () => {
    const faults: Record<string, [number, string]> = {};
    for (const scenario of ['calls-400', 'calls-403', 'calls-429', 'calls-quota', 'calls-500']) {
      faults[scenario] = await refusal(post('v=0', { Authorization: `Bearer ${await mint(scenario)}` }));
    }
    assert.deepEqual(faults, {
      'calls-400': [400, 'invalid_value'],
      'calls-403': [403, 'model_not_found'],
      'calls-429': [429, 'rate_limit_exceeded'],
      'calls-quota': [429, 'insufficient_quota'],
      'calls-500': [500, 'server_error'],
    });
  });
});

describe('the local service with a key', () => {
  const CANARY = 'sk-canary-000000000000';
  const seen: { authorization: string | undefined; body: string }[] = [];
  let answer: { status: number; body: string } = { status: 200, body: '' };
  let upstream: Server;
  let url: string;

  before(async () => {
    upstream = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        seen.push({ authorization: request.headers.authorization, body });
        response.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(answer.body);
      });
    });
    await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
  });
  after(() => upstream.close());

  /** As the widget asks, from a page of the same origin. */
  const ask = (): Response | Promise<Response> => {
    const { app } = createApp({ speech: new Speech(), apiKey: CANARY, upstream: url });
    const headers = { Origin: 'http://localhost', 'Sec-Fetch-Site': 'same-origin', 'X-Realtime-Voice': '1' };
    // What the server around it would know of the visitor.
    const env = { incoming: { socket: { remoteAddress: '127.0.0.1' } } };
    return app.request('http://localhost/token', { method: 'POST', headers }, env);
  };

  it('mints a real secret and keeps the key to itself', async () => {
    const session = { type: 'realtime', model: 'gpt-realtime-2.1', instructions: 'secret' };
    const expires_at = Math.floor(Date.now() / 1_000) + 60;
    answer = { status: 200, body: JSON.stringify({ value: 'ek_real', expires_at, session }) };
    const response = await ask();
    const text = await response.text();
    assert.equal((JSON.parse(text) as { value: string }).value, 'ek_real');
    assert.doesNotMatch(text, /canary|secret/);
    assert.equal(seen.at(-1)?.authorization, `Bearer ${CANARY}`);
    assert.equal(
      (JSON.parse(seen.at(-1)?.body ?? '') as { session: { model: string } }).session.model,
      'gpt-realtime-2.1',
    );
  });

  it('says nothing of the key when OpenAI refuses it', async () => {
    answer = {
      status: 401,
      body: JSON.stringify({ error: { message: `Incorrect API key provided: ${CANARY}` } }),
    };
    const response = await ask();
    assert.ok(response.status >= 500);
    assert.doesNotMatch(await response.text(), /canary/);
  });
});
