import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import * as fc from 'fast-check';
import {
  createTokenHandler,
  type LogEntry,
  type TokenAnswer,
  type TokenHandlerOptions,
} from 'realtime-voice/server';
import { authorization } from '../../src/server/upstream.js';
import { ask, codeOf, ENDPOINT, JSON_TYPE, requestWith } from './ask.js';
import {
  answerJson,
  API_KEY,
  secretAnswer,
  succeed,
  TOKEN,
  UpstreamStub,
  type Respond,
} from './upstream-stub.js';

const upstream = new UpstreamStub();
before(() => upstream.start());
after(() => upstream.stop());
beforeEach(() => upstream.reset());

const LIMITS = { address: { requests: 1e6 } };
const handlerWith = (options: Partial<TokenHandlerOptions> = {}) =>
  createTokenHandler({ apiKey: API_KEY, upstream: upstream.url, limits: LIMITS, ...options });

const sentSession = (): Record<string, unknown> => JSON.parse(upstream.requests.at(-1)?.body ?? '').session;

describe('what a page may choose', () => {
  const session = { model: 'gpt-realtime-2.1', instructions: 'Be kind.', tools: [] };
  const choices = { voice: ['marin', 'cedar'], language: ['en', 'ja'] };

  it('puts listed choices of the body or the query in their place', async () => {
    const handler = handlerWith({ session, choices });
    const audio = {
      output: { voice: 'cedar' },
      input: { transcription: { model: 'gpt-transcribe', language: 'ja' } },
    };
    await ask(handler, { headers: JSON_TYPE, body: '{"voice":"cedar","language":"ja"}' });
    assert.deepEqual(sentSession(), { ...session, type: 'realtime', audio });
    await ask(handler, { url: `${ENDPOINT}?voice=cedar&language=ja` });
    assert.deepEqual(sentSession(), { ...session, type: 'realtime', audio });
  });

  it('lets a page choose among the models that are listed', async () => {
    const handler = handlerWith({ session, choices: { model: ['gpt-realtime-mini'] } });
    await ask(handler, { headers: JSON_TYPE, body: '{"model":"gpt-realtime-mini"}' });
    assert.deepEqual(sentSession(), { ...session, type: 'realtime', model: 'gpt-realtime-mini' });
  });

  it('refuses values that are not listed', async () => {
    for (const voice of ['"verse"', '["marin"]', '{"id":"marin"}', '1', 'null', '"__proto__"']) {
      const response = await ask(handlerWith({ session, choices }), {
        headers: JSON_TYPE,
        body: `{"voice":${voice}}`,
      });
      assert.equal(response.status, 400);
      assert.equal(await codeOf(response), 'invalid_choice');
    }
    assert.equal(upstream.requests.length, 0);
  });

  it('ignores every attempt to set the model, the instructions, the tools or a URL', async () => {
    const attempt = {
      model: 'gpt-evil',
      instructions: 'canary',
      tools: [{ type: 'mcp', server_url: 'http://evil.example' }],
      session: { model: 'gpt-evil' },
      expires_after: { seconds: 7_200 },
      base_url: 'http://evil.example',
      upstream: 'http://169.254.169.254/',
      url: 'http://evil.example',
      ['__proto__']: { voice: 'evil' },
    };
    const query = '?model=gpt-evil&upstream=http://evil.example&constructor=x';
    const handler = handlerWith({ session, choices });
    const response = await ask(handler, {
      url: ENDPOINT + query,
      headers: JSON_TYPE,
      body: JSON.stringify(attempt),
    });
    assert.equal(response.status, 200);
    assert.deepEqual(sentSession(), { ...session, type: 'realtime' });
    assert.deepEqual(JSON.parse(upstream.requests[0]?.body ?? '').expires_after, {
      anchor: 'created_at',
      seconds: 30,
    });
    assert.equal(upstream.requests[0]?.path, '/v1/realtime/client_secrets');
  });

  it('gives a session function the choices and the user', async () => {
    const handler = handlerWith({
      choices: { topic: ['shoes', 'hats'] },
      authorize: () => ({ user: 'ada' }),
      session: ({ topic = 'shoes' }, user) => ({ instructions: `Talk to ${user} about ${topic}.` }),
    });
    await ask(handler, { url: `${ENDPOINT}?topic=hats` });
    assert.equal(sentSession()['instructions'], 'Talk to ada about hats.');
    assert.equal(sentSession()['model'], 'gpt-realtime-2.1');
  });

  it('waits for a session function that looks something up', async () => {
    const session = async (_: object, user: string | null) => ({
      model: 'gpt-x',
      instructions: `For ${user}.`,
    });
    await ask(handlerWith({ authorize: () => ({ user: 'ada' }), session }));
    assert.deepEqual(sentSession(), { model: 'gpt-x', instructions: 'For ada.', type: 'realtime' });
  });

  it('cannot be configured with a choice that changes nothing', () => {
    assert.throws(() => handlerWith({ choices: { topic: ['shoes'] } }), /Give `session` as a function/);
  });

  it('refuses bodies over 4 kB without reading on, whatever Content-Length says', async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(1_024).fill(32));
      },
    });
    const response = await ask(handlerWith(), {
      headers: { ...JSON_TYPE, 'Content-Length': '2' },
      body: endless,
    });
    assert.equal(response.status, 413);
    assert.ok(pulled < 10);
    assert.equal(upstream.requests.length, 0);
  });

  it('refuses bodies that are no JSON object, however deep', async () => {
    for (const body of ['{', 'null', '[]', '"x"', '1', '['.repeat(4_000), '\u0000', '{"a":1}}']) {
      const response = await ask(handlerWith(), { headers: JSON_TYPE, body });
      assert.equal(response.status, 400);
      assert.equal(await codeOf(response), 'invalid_body');
    }
    assert.equal(upstream.requests.length, 0);
  });
});

describe('the answer', () => {
  it('holds the token and what the element needs, and nothing else that the upstream said', async () => {
    const now = Date.now() / 1_000;
    const response = await ask(handlerWith({ maxDuration: 300 }));
    const answer = (await response.json()) as TokenAnswer;
    assert.deepEqual(Object.keys(answer), ['value', 'expires_at', 'expires_in', 'model', 'session']);
    assert.equal(answer.value, TOKEN);
    assert.ok(Math.abs(answer.expires_at - now - 30) < 3);
    assert.ok(answer.expires_in > 25 && answer.expires_in <= 30);
    assert.equal(answer.model, 'gpt-realtime-2.1');
    assert.deepEqual(answer.session, { max_duration_s: 300 });
    assert.ok(![...response.headers].some(([, value]) => value.includes('req_1')));
  });

  for (const maxDuration of [-1, NaN, Infinity]) {
    it(`never names ${maxDuration} seconds as the longest call`, () => {
      assert.throws(() => handlerWith({ maxDuration }), /maxDuration/);
    });
  }

  const BAD_ANSWERS: Readonly<Record<string, Respond>> = {
    'is not JSON': (response) => response.end('<html>canary</html>'),
    'has no value': (response) => answerJson(response, 200, { expires_at: 1 }),
    'has an empty value': (response) => answerJson(response, 200, { value: '', expires_at: 1 }),
    'has a value that is no header': (response) =>
      answerJson(response, 200, { value: 'a\nb', expires_at: 1 }),
    'leaks a standard key': (response) => answerJson(response, 200, { value: API_KEY, expires_at: 1 }),
    'has no expiry': (response) => answerJson(response, 200, { value: TOKEN }),
    'is longer than 64 kB': (response) =>
      answerJson(response, 200, { ...secretAnswer(), padding: 'x'.repeat(70_000) }),
    'is a redirect': (response) => response.writeHead(307, { Location: `${upstream.url}/elsewhere` }).end(),
  };
  for (const [name, respond] of Object.entries(BAD_ANSWERS)) {
    it(`is 502 when the upstream's ${name}`, async () => {
      upstream.respond = respond;
      const response = await ask(handlerWith());
      assert.equal(response.status, 502);
      assert.deepEqual(await response.json(), { error: { code: 'upstream_bad_answer' } });
      assert.equal(upstream.requests.length, 1);
    });
  }
});

describe('failures', () => {
  const failing = (status: number, headers = {}, code = 'canary'): Respond => {
    const error = { message: `canary about ${API_KEY}`, code };
    return (response) => answerJson(response, status, { error }, headers);
  };

  it('hides a refused key behind a plain 502, also from the log', async () => {
    const entries: LogEntry[] = [];
    for (const status of [401, 403]) {
      upstream.respond = failing(status, { 'WWW-Authenticate': 'canary' });
      const response = await ask(handlerWith({ log: (entry) => entries.push(entry) }));
      assert.equal(response.status, 502);
      assert.deepEqual(await response.json(), { error: { code: 'upstream_refused' } });
      assert.equal(response.headers.get('WWW-Authenticate'), null);
    }
    assert.equal(upstream.requests.length, 2);
    assert.equal(entries[0]?.code, 'upstream_refused');
    assert.match(entries[0]?.hint ?? '', /API key/);
    assert.doesNotMatch(JSON.stringify(entries), /canary/);
  });

  it('passes the patience that an upstream 429 asks for on, within a minute', async () => {
    for (const [asked, told] of [
      ['7', '7'],
      ['1000000', '60'],
      ['-1', '5'],
      ['soon', '5'],
    ] as const) {
      upstream.respond = failing(429, { 'Retry-After': asked });
      const response = await ask(handlerWith());
      assert.equal(response.status, 503);
      assert.equal(await codeOf(response), 'upstream_busy');
      assert.equal(response.headers.get('Retry-After'), told);
    }
    assert.equal(upstream.requests.length, 4);
  });

  it('tells a spent quota and an unknown model apart from other failures', async () => {
    upstream.respond = failing(429, { 'Retry-After': '7' }, 'insufficient_quota');
    const spent = await ask(handlerWith());
    assert.equal(await codeOf(spent), 'insufficient_quota');
    // Nothing that would be over in a minute: pages are not to wait for it.
    assert.deepEqual([spent.status, spent.headers.get('Retry-After')], [502, null]);
    upstream.respond = failing(403, {}, 'model_not_found');
    assert.equal(await codeOf(await ask(handlerWith())), 'model_not_found');
  });

  it('tries a second time after a server error, and never a third', async () => {
    upstream.respond = failing(500);
    const response = await ask(handlerWith());
    assert.equal(response.status, 503);
    assert.equal(response.headers.get('Retry-After'), '5');
    assert.equal(upstream.requests.length, 2);

    upstream.reset();
    upstream.respond = (answer, received) => {
      if (upstream.requests.length === 1) answer.destroy();
      else answerJson(answer, 200, received && secretAnswer());
    };
    assert.equal((await ask(handlerWith())).status, 200);
    assert.equal(upstream.requests.length, 2);
  });

  it('gives up on a silent upstream within its time', async () => {
    upstream.respond = () => undefined;
    const started = Date.now();
    // Time enough for the request to arrive, however busy the machine is.
    const response = await ask(handlerWith({ timeoutMs: 2_000 }));
    assert.equal(response.status, 503);
    assert.equal(await codeOf(response), 'timed_out');
    assert.ok(Date.now() - started < 4_000);
    assert.equal(upstream.requests.length, 1);
  });

  it('gives up on an answer that never ends', async () => {
    upstream.respond = (response) => void response.writeHead(200).write('{');
    assert.equal((await ask(handlerWith({ timeoutMs: 60 }))).status, 503);
  });

  it('lets go of the upstream when the visitor leaves, before anybody else could ask it for anything', async () => {
    upstream.respond = () => undefined;
    const leaving = new AbortController();
    const arrived = upstream.next('request');
    const response = ask(handlerWith(), { signal: leaving.signal });
    await arrived;
    upstream.respond = succeed;
    const order: string[] = [];
    const gone = upstream.next('gone').then(() => order.push('gone'));
    leaving.abort();
    const other = ask(handlerWith()).then(() => order.push('another was answered'));
    await Promise.all([gone, other]);
    assert.deepEqual(order, ['gone', 'another was answered']);
    assert.equal((await response).status, 499);
  });

  it('names in the log whom it refuses for their number, by the same hash as before', async () => {
    const entries: LogEntry[] = [];
    const handler = handlerWith({
      limits: { user: { requests: 1 } },
      authorize: () => ({ user: 'ada' }),
      log: (entry) => entries.push(entry),
    });
    await ask(handler);
    await ask(handler);
    const [admitted, refused] = entries;
    assert.deepEqual([admitted?.code, refused?.code], ['ok', 'rate_limited']);
    assert.ok(refused?.user);
    assert.equal(refused.user, admitted?.user);
  });

  const FAILING = {
    'at once': () => {
      throw new Error('canary');
    },
    later: () => Promise.reject(new Error('canary')),
  };
  for (const [when, log] of Object.entries(FAILING)) {
    it(`answers although its log fails ${when}`, async () => {
      assert.equal((await ask(handlerWith({ log }))).status, 200);
      // By then Node has told of every rejection that nobody handles.
      await setImmediate();
    });
  }

  it('answers 500 without a key, and tells only the log why', async () => {
    for (const apiKey of [undefined, '', ' ', 'key with\nnewline', () => undefined]) {
      const entries: LogEntry[] = [];
      const response = await ask(handlerWith({ apiKey, log: (entry) => entries.push(entry) }));
      assert.equal(response.status, 500);
      assert.deepEqual(await response.json(), { error: { code: 'server_misconfigured' } });
      assert.match(entries[0]?.hint ?? '', /apiKey/);
    }
    assert.equal(upstream.requests.length, 0);
  });

  for (const url of ['http://api.example', 'ftp://localhost', 'javascript:alert(1)', 'api.openai.com', '']) {
    it(`cannot be configured with the upstream "${url}"`, () => {
      assert.throws(() => handlerWith({ upstream: url }), /upstream/);
    });
  }

  it('sends the key to Azure in the header that Azure reads', () => {
    const azure = 'https://name.openai.azure.com/openai/v1/realtime/calls';
    assert.deepEqual(authorization(azure, 'key'), { 'api-key': 'key' });
    assert.deepEqual(authorization('https://azure.com.example/', 'key'), { Authorization: 'Bearer key' });
  });
});

describe('odd requests', () => {
  it('answers any header and any address', async () => {
    const handler = handlerWith({ timeoutMs: 5_000 });
    const header = fc.string({ unit: fc.constantFrom(...'aé\t ;,=:"\u0080\u00ff'), maxLength: 40 });
    const address = fc.oneof(
      fc.ipV6(),
      fc.ipV4(),
      fc.string(),
      fc.constantFrom('::', '[::1]:80', 'fe80::1%eth0'),
    );
    const property = fc.asyncProperty(header, header, address, async (type, origin, address) => {
      const headers = { 'Content-Type': type.trim(), Origin: origin, 'Sec-Fetch-Site': origin, Cookie: type };
      const response = await ask(handler, { headers, address });
      assert.equal(response.status, 403);
    });
    await fc.assert(property, { numRuns: 300 });
  });

  it('survives huge headers and no address at all', async () => {
    const headers = { Cookie: 'x'.repeat(1e6), 'X-Forwarded-For': 'x'.repeat(1e5) };
    assert.equal((await ask(handlerWith(), { headers })).status, 200);
    assert.equal((await handlerWith()(requestWith({}))).status, 200);
  });

  it('keeps line breaks of a visitor out of the upstream request and the log', async () => {
    const entries: LogEntry[] = [];
    const handler = handlerWith({
      log: (entry) => entries.push(entry),
      authorize: () => ({ user: 'ada\r\nX-Injected: 1' }),
    });
    assert.equal((await ask(handler)).status, 200);
    assert.equal(upstream.requests[0]?.headers['x-injected'], undefined);
    assert.doesNotMatch(JSON.stringify(entries), /Injected|\\n/);
  });
});
