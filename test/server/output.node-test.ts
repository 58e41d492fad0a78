import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { OFFER, SDP } from './ask.js';
import { runProgram, type Program } from './program.js';
import { answerJson, API_KEY, CALL_ID, TOKEN, UpstreamStub } from './upstream-stub.js';

const upstream = new UpstreamStub();
let program: Program;
before(async () => {
  await upstream.start();
  program = await runProgram('serve-bare.ts', {
    OPENAI_API_KEY: API_KEY,
    OPENAI_BASE_URL: upstream.url,
    MODEL: 'gpt-realtime',
    TRANSCRIPTION_MODEL: 'whisper-1',
  });
});
after(async () => {
  await program.stop();
  await upstream.stop();
});
beforeEach(() => upstream.reset());

const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(program.url + path, {
    method: 'POST',
    ...init,
    headers: { Origin: program.url, 'X-Realtime-Voice': '1', ...init.headers },
  });

/** Everything a page could read of an answer. */
const textOf = async (response: Response): Promise<string> =>
  JSON.stringify([response.status, ...response.headers]) + (await response.text());

const entries = (): Record<string, unknown>[] =>
  program
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));

describe('what a server writes', () => {
  it('holds neither the key nor a token nor a call id, in logs, answers and errors alike', async () => {
    const offer = { headers: SDP, body: OFFER };
    const minted = await (await ask('/token')).text();
    assert.ok(minted.includes(TOKEN));
    const seen = [await textOf(await ask('/session', offer))];
    for (const status of [400, 401, 404, 429, 500, 302]) {
      upstream.respond = (response) =>
        answerJson(
          response,
          status,
          { error: { message: `${API_KEY} ${TOKEN} ${CALL_ID}`, code: API_KEY } },
          { 'x-request-id': API_KEY, 'WWW-Authenticate': TOKEN, Location: CALL_ID },
        );
      seen.push(await textOf(await ask('/token')), await textOf(await ask('/session', offer)));
    }
    const stolen = { Origin: `https://${TOKEN}.${API_KEY}.example`, Authorization: `Bearer ${TOKEN}` };
    seen.push(await textOf(await ask('/token', { headers: stolen })));
    for (const canary of [API_KEY, TOKEN, CALL_ID, 'canary']) {
      assert.ok(!seen.join().includes(canary));
      assert.ok(!program.output().includes(canary));
    }
    assert.ok(entries().length >= 15);
  });

  it('is one log entry per request, with the time it took and OpenAI’s request id', async () => {
    const before = entries().length;
    await ask('/token');
    const [entry, ...others] = entries().slice(before);
    assert.equal(others.length, 0);
    const { at, id, ms, ...rest } = entry ?? {};
    assert.ok(Math.abs(Date.parse(String(at)) - Date.now()) < 5_000);
    assert.match(String(id), /^[\da-f-]{36}$/);
    assert.equal(typeof ms, 'number');
    assert.deepEqual(rest, {
      endpoint: 'token',
      event: 'request',
      code: 'ok',
      method: 'POST',
      status: 200,
      origin: program.url,
      upstreamId: 'req_1',
    });
  });

  for (const warning of [
    'memoryStore() counts in this process only',
    'came without an address',
    '"whisper-1" shuts down on 2027-02-26',
  ]) {
    it(`warns once for all requests: ${warning}`, async () => {
      await Promise.all([ask('/token'), ask('/token')]);
      assert.equal(program.output().split(warning).length, warning.startsWith('"') ? 3 : 2);
    });
  }

  it('names a model that will be shut down, once for each endpoint that uses it', () => {
    const warning = 'The model "gpt-realtime" shuts down on 2027-01-20';
    assert.equal(program.output().split(warning).length - 1, 2);
  });
});
