import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { createApp } from '../../demo/server/http/app.js';
import { Speech } from '../../demo/server/speech/speech.js';

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

  /** As the widget asks, from a page of the same origin unless another is given. */
  const ask = (origin = 'http://localhost'): Response | Promise<Response> => {
    const { app } = createApp({ speech: new Speech(), apiKey: CANARY, upstream: url });
    const headers = { Origin: origin, 'Sec-Fetch-Site': 'same-origin', 'X-Realtime-Voice': '1' };
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

  it('mints nothing for a page of another origin', async () => {
    const before = seen.length;
    const response = await ask('https://elsewhere.example');
    assert.equal(response.status, 403);
    assert.equal(response.headers.get('Access-Control-Allow-Origin'), null);
    assert.equal(seen.length, before);
  });

  it('sends the page to OpenAI and tells it nothing of the key', async () => {
    const { app } = createApp({ speech: new Speech(), apiKey: CANARY, upstream: url });
    const about = await app.request('/about');
    const text = await about.text();
    assert.match(text, /api\.openai\.com/);
    assert.doesNotMatch(text, /canary/);
  });
});
