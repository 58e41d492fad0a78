import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { after, before, beforeEach, describe, it } from 'node:test';
import { Miniflare } from 'miniflare';
import type { TokenAnswer } from 'realtime-voice/server';
import { build } from 'vite';
import { OFFER } from './ask.js';
import { runProgram, type Program } from './program.js';
import { ANSWER, API_KEY, TOKEN, UpstreamStub } from './upstream-stub.js';

const FOLDER = new URL('../../demo/endpoints/', import.meta.url);

const upstream = new UpstreamStub();
before(() => upstream.start());
after(() => upstream.stop());
beforeEach(() => upstream.reset());

const environment = () => ({ OPENAI_API_KEY: API_KEY, OPENAI_BASE_URL: upstream.url });

/** What every example does, whatever it runs on. */
function isTokenEndpoint(endpoint: () => string): void {
  const post = (init: RequestInit = {}): Promise<Response> => {
    const headers = { Origin: new URL(endpoint()).origin, 'X-Realtime-Voice': '1', ...init.headers };
    return fetch(endpoint(), { method: 'POST', ...init, headers });
  };

  it('mints a token for its own page', async () => {
    const response = await post({
      headers: { 'Content-Type': 'application/json' },
      body: '{"voice":"cedar"}',
    });
    assert.equal(response.status, 200);
    assert.equal(((await response.json()) as TokenAnswer).value, TOKEN);
    const [sent] = upstream.requests;
    assert.equal(sent?.headers.authorization, `Bearer ${API_KEY}`);
    assert.equal(JSON.parse(sent?.body ?? '').session.audio.output.voice, 'cedar');
  });

  it('mints a token for a request without a body', async () => {
    assert.equal((await post()).status, 200);
  });

  it('refuses foreign pages and other methods', async () => {
    assert.equal((await post({ headers: { Origin: 'https://foreign.example' } })).status, 403);
    assert.equal((await fetch(endpoint())).status, 405);
    assert.equal(upstream.requests.length, 0);
  });

  it('refuses redirects of the upstream', async () => {
    upstream.respond = (response) =>
      void response.writeHead(307, { Location: `${upstream.url}/other` }).end();
    assert.equal((await post()).status, 502);
    assert.equal(upstream.requests.length, 1);
  });
}

/** Limits would otherwise be one for all visitors. */
function tellsWhoAsks(program: () => Program): void {
  it('tells the handler the address of the visitor', async () => {
    const headers = { Origin: program().url, 'X-Realtime-Voice': '1' };
    await fetch(`${program().url}/token`, { method: 'POST', headers });
    assert.doesNotMatch(program().output(), /without an address/);
  });
}

describe('the example for Node', () => {
  let program: Program;
  before(async () => {
    program = await runProgram('../../demo/endpoints/node.ts', environment());
  });
  after(() => program.stop());

  isTokenEndpoint(() => `${program.url}/token`);
  tellsWhoAsks(() => program);

  it('brokers a call and hangs up where Location says', async () => {
    const headers = { Origin: program.url, 'X-Realtime-Voice': '1' };
    const endpoint = `${program.url}/session`;
    const opened = await fetch(endpoint, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/sdp' },
      body: OFFER,
    });
    assert.equal(opened.status, 201);
    assert.equal(await opened.text(), ANSWER);
    const call = new URL(opened.headers.get('Location') ?? '', endpoint);
    assert.equal((await fetch(call, { method: 'DELETE', headers })).status, 204);
  });

  it('lets go of the upstream when the browser leaves', async () => {
    upstream.respond = () => undefined;
    const leaving = new AbortController();
    const [arrived, gone] = [upstream.next('request'), upstream.next('gone')];
    const headers = { Origin: program.url, 'X-Realtime-Voice': '1' };
    const asked = fetch(`${program.url}/token`, { method: 'POST', headers, signal: leaving.signal });
    await arrived;
    leaving.abort();
    await assert.rejects(asked);
    await gone;
  });
});

describe('the example for Express', () => {
  let program: Program;
  before(async () => {
    program = await runProgram('../../demo/endpoints/express.ts', environment());
  });
  after(() => program.stop());

  isTokenEndpoint(() => `${program.url}/token`);
  tellsWhoAsks(() => program);
});

describe('the example for edge functions', () => {
  let program: Program;
  before(async () => {
    program = await runProgram('serve-edge.ts', environment());
  });
  after(() => program.stop());

  isTokenEndpoint(() => `${program.url}/`);
  tellsWhoAsks(() => program);
});

describe('the example for Cloudflare Workers, on workerd', () => {
  let workers: Miniflare;
  let url: string;
  before(async () => {
    workers = new Miniflare({
      modules: true,
      script: await bundle('workers.ts'),
      compatibilityDate: '2026-07-01',
      bindings: environment(),
    });
    url = String(await workers.ready);
  });
  after(() => workers.dispose());

  isTokenEndpoint(() => url);
});

describe('the server in the README', () => {
  const folder = new URL('../../.cache/readme/', import.meta.url);
  let program: Program;
  before(async () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const [, code = ''] = /```js\n(\/\/ server\.mjs.*?)```/s.exec(readme) ?? [];
    mkdirSync(new URL('public/', folder), { recursive: true });
    writeFileSync(new URL('public/index.html', folder), '<p>The page.</p>');
    const here = code
      .replace('apiKey:', 'upstream: process.env.OPENAI_BASE_URL, apiKey:')
      .replace('./public', '.cache/readme/public');
    writeFileSync(new URL('server.ts', folder), here);
    program = await runProgram('../../.cache/readme/server.ts', environment());
  });
  after(() => program.stop());

  it('serves the page, and both endpoints to that page', async () => {
    assert.equal(await (await fetch(program.url)).text(), '<p>The page.</p>');
    const headers = { Origin: program.url, 'X-Realtime-Voice': '1' };
    const minted = await fetch(`${program.url}/token`, { method: 'POST', headers });
    assert.equal(((await minted.json()) as TokenAnswer).value, TOKEN);
    const opened = await fetch(`${program.url}/session`, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/sdp' },
      body: OFFER,
    });
    assert.deepEqual([opened.status, await opened.text()], [201, ANSWER]);
  });
  tellsWhoAsks(() => program);
});

describe('each example', () => {
  for (const file of readdirSync(FOLDER).filter((file) => file.endsWith('.ts'))) {
    it(`fits on a card: ${file}`, () => {
      assert.ok(readFileSync(new URL(file, FOLDER), 'utf8').trimEnd().split('\n').length <= 25);
    });
  }
});

async function bundle(file: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    resolve: {
      alias: { 'realtime-voice/server': fileURLToPath(new URL('../../src/server.ts', import.meta.url)) },
    },
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      lib: { entry: fileURLToPath(new URL(file, FOLDER)), formats: ['es'], fileName: 'worker' },
    },
  });
  const [output] = [result].flat();
  if (!output || !('output' in output)) throw new Error(`${file} was not built`);
  return output.output[0].code;
}
