import assert from 'node:assert/strict';
import { createServer as createUpstream, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createServer, type ViteDevServer } from 'vite';

const CONFIG = fileURLToPath(new URL('../../vite.config.ts', import.meta.url));

describe('`npm start` with a key', () => {
  let upstream: Server;
  let demo: ViteDevServer;
  let url: string;

  before(async () => {
    const expires_at = Math.floor(Date.now() / 1_000) + 60;
    upstream = createUpstream((_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ value: 'ek_real', expires_at }));
    });
    await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
    process.env['OPENAI_API_KEY'] = 'sk-canary-000000000000';
    process.env['OPENAI_BASE_URL'] = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
    demo = await createServer({ configFile: CONFIG, server: { port: 0 }, logLevel: 'silent' });
    await demo.listen();
    url = new URL(demo.resolvedUrls?.local[0] ?? '').origin;
  });
  after(async () => {
    await demo.close();
    upstream.close();
  });

  it('mints a token for its own page', async () => {
    const headers = { Origin: url, 'Sec-Fetch-Site': 'same-origin', 'X-Realtime-Voice': '1' };
    const response = await fetch(`${url}/token`, { method: 'POST', headers });
    assert.deepEqual(
      [response.status, ((await response.json()) as { value: string }).value],
      [200, 'ek_real'],
    );
  });

  it('mints none for a page from elsewhere', async () => {
    const headers = { Origin: 'https://elsewhere.example', 'X-Realtime-Voice': '1' };
    assert.equal((await fetch(`${url}/token`, { method: 'POST', headers })).status, 403);
  });
});
