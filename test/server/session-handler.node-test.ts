import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import * as fc from 'fast-check';
import {
  createSessionHandler,
  type LogEntry,
  type ScheduledCall,
  type SessionHandlerOptions,
} from 'realtime-voice/server';
import { ask, codeOf, ENDPOINT, OFFER, SDP } from './ask.js';
import { ANSWER, answerJson, API_KEY, CALL_ID, succeed, UpstreamStub } from './upstream-stub.js';

const upstream = new UpstreamStub();
before(() => upstream.start());
after(() => upstream.stop());
beforeEach(() => upstream.reset());

const never = (): undefined => undefined;
const LIMITS = { address: { requests: 1e6, concurrent: 1e6 } };
const handlerWith = (options: Partial<SessionHandlerOptions> = {}) =>
  createSessionHandler({
    apiKey: API_KEY,
    upstream: upstream.url,
    limits: LIMITS,
    schedule: never,
    ...options,
  });

const offer = { headers: SDP, body: OFFER };
const handleOf = (response: Response): string =>
  new URL(response.headers.get('Location') ?? '', ENDPOINT).searchParams.get('call_id') ?? '';
const hangUp = (handle: string) => ({ method: 'DELETE', url: `${ENDPOINT}?call_id=${handle}` });
const hangups = () => upstream.requests.filter(({ path }) => path?.endsWith('/hangup'));

describe('an offer', () => {
  it('goes upstream with the fixed session, and its answer comes back', async () => {
    const session = { model: 'gpt-realtime-2.1', instructions: 'Be kind.' };
    const handler = handlerWith({
      session,
      choices: { voice: ['marin', 'cedar'] },
      authorize: () => ({ user: 'ada' }),
    });
    const response = await ask(handler, { ...offer, url: `${ENDPOINT}?voice=cedar&model=gpt-evil` });
    assert.equal(response.status, 201);
    assert.equal(response.headers.get('Content-Type'), 'application/sdp');
    assert.equal(response.headers.get('X-Realtime-Voice-Max-Duration'), '600');
    assert.equal(await response.text(), ANSWER);

    const [sent] = upstream.requests;
    assert.equal(sent?.path, '/v1/realtime/calls');
    assert.equal(sent?.headers.authorization, `Bearer ${API_KEY}`);
    assert.match(String(sent?.headers['openai-safety-identifier']), /^[\w-]{43}$/);
    const type = String(sent?.headers['content-type']);
    const form = await new Response(sent?.body ?? '', { headers: { 'Content-Type': type } }).formData();
    assert.equal(form.get('sdp'), OFFER);
    const expected = { ...session, audio: { output: { voice: 'cedar' } }, type: 'realtime' };
    assert.deepEqual(JSON.parse(String(form.get('session'))), expected);
  });

  const BAD_OFFERS: Readonly<Record<string, string>> = {
    nothing: '',
    HTML: '<html></html>',
    'SDP in the middle of something else': `x${OFFER}`,
    'a video section': `${OFFER}m=video 9 UDP/TLS/RTP/SAVPF 96\r\n`,
    'two audio sections': `${OFFER}m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n`,
    'no data channel': OFFER.replace(/m=application.*\r\n/, ''),
    'lines of another form': `${OFFER}--boundary\r\nContent-Disposition: form-data; name="session"\r\n`,
    'a NUL': OFFER.replace('a=mid:0', 'a=mid:\0'),
  };
  for (const [name, body] of Object.entries(BAD_OFFERS)) {
    it(`with ${name} is refused before any call is made`, async () => {
      const response = await ask(handlerWith(), { headers: SDP, body });
      assert.equal(response.status, 400);
      assert.equal(await codeOf(response), 'invalid_sdp');
      assert.equal(upstream.requests.length, 0);
    });
  }

  it('of another type or over 32 kB is refused', async () => {
    for (const type of ['application/json', 'text/plain', null]) {
      const body = new TextEncoder().encode(OFFER);
      assert.equal((await ask(handlerWith(), { headers: { 'Content-Type': type }, body })).status, 415);
    }
    const long = await ask(handlerWith(), { headers: SDP, body: OFFER + 'a=x\r\n'.repeat(7_000) });
    assert.equal(long.status, 413);
    assert.equal(upstream.requests.length, 0);
  });

  it('is never sent twice, since both calls would be billed', async () => {
    upstream.respond = (response) => answerJson(response, 500, {});
    assert.equal((await ask(handlerWith(), offer)).status, 503);
    assert.equal(upstream.requests.length, 1);
  });

  it('is 502 when the upstream names no call that could be ended', async () => {
    upstream.respond = (response) => void response.writeHead(201).end(ANSWER);
    const response = await ask(handlerWith(), offer);
    assert.equal(response.status, 502);
    assert.equal(await codeOf(response), 'upstream_bad_answer');
  });

  it('finds the call id in the parameter of a Location too', async () => {
    upstream.respond = (response) =>
      void response.writeHead(201, { Location: `/realtime?call_id=${CALL_ID}` }).end(ANSWER);
    const handler = handlerWith();
    const handle = handleOf(await ask(handler, offer));
    upstream.reset();
    await ask(handler, hangUp(handle));
    assert.equal(upstream.requests[0]?.path, `/v1/realtime/calls/${CALL_ID}/hangup`);
  });
});

describe('a call', () => {
  it('is known to the page by a handle that does not show its id', async () => {
    const first = await ask(handlerWith(), offer);
    const second = await ask(handlerWith(), offer);
    assert.notEqual(handleOf(first), handleOf(second));
    const bytes = Buffer.from(handleOf(first), 'base64url').toString('latin1');
    assert.doesNotMatch(JSON.stringify([...first.headers]) + bytes, /canary|rtc_/);
  });

  it('ends when its owner says so, in any process with the same key', async () => {
    const authorize = (): { user: string } => ({ user: 'ada' });
    const handle = handleOf(await ask(handlerWith({ authorize }), offer));
    const response = await ask(handlerWith({ authorize }), { ...hangUp(handle), address: '203.0.113.9' });
    assert.equal(response.status, 204);
    assert.equal(hangups().length, 1);
  });

  it('is not ended by another user, a forged handle or none', async () => {
    const ownedBy = (user: string) => handlerWith({ authorize: () => ({ user }) });
    const handle = handleOf(await ask(ownedBy('ada'), offer));
    for (const [owner, tried] of [
      ['eve', handle],
      ['ada', `${handle}A`],
      ['ada', handle.slice(4)],
      ['ada', ''],
    ] as const) {
      const response = await ask(ownedBy(owner), hangUp(tried));
      assert.equal(response.status, 404);
      assert.equal(await codeOf(response), 'call_not_found');
    }
    const otherKey = handlerWith({ apiKey: 'sk-other', authorize: () => ({ user: 'ada' }) });
    assert.equal((await ask(otherKey, hangUp(handle))).status, 404);
    const handler = handlerWith();
    const forged = fc.asyncProperty(fc.string(), async (text) => {
      assert.equal((await ask(handler, hangUp(encodeURIComponent(text)))).status, 404);
    });
    await fc.assert(forged);
    assert.equal(hangups().length, 0);
  });

  it('that is over already counts as ended', async () => {
    const handler = handlerWith();
    const handle = handleOf(await ask(handler, offer));
    upstream.respond = (response) => answerJson(response, 404, { error: { code: 'call_id_not_found' } });
    assert.equal((await ask(handler, hangUp(handle))).status, 204);
  });

  it('is hung up at its deadline by a timer', async () => {
    const arrived = new Promise<string | undefined>((resolve) => {
      const succeed = upstream.respond;
      upstream.respond = (response, received) => {
        succeed(response, received);
        if (received.path?.endsWith('/hangup')) resolve(received.path);
      };
    });
    await ask(handlerWith({ maxDuration: 0.05, schedule: undefined }), offer);
    assert.equal(await arrived, `/v1/realtime/calls/${CALL_ID}/hangup`);
  });

  for (const maxDuration of [0, -1, NaN, Infinity]) {
    it(`is never made by an endpoint that would hang up after ${maxDuration} seconds`, () => {
      assert.throws(() => handlerWith({ maxDuration }), /maxDuration/);
    });
  }

  it('is hung up by a scheduler of the site’s own, which may keep nothing but the handle', async () => {
    const scheduled: ScheduledCall[] = [];
    const entries: LogEntry[] = [];
    const started = Date.now();
    const options = { maxDuration: 300, log: (entry: LogEntry) => entries.push(entry) };
    await ask(handlerWith({ ...options, schedule: (call) => void scheduled.push(call) }), offer);
    const [call] = scheduled;
    assert.ok(call && Math.abs(call.deadline - started - 300_000) < 5_000);
    assert.equal(await handlerWith(options).hangUp(call.handle), true);
    assert.equal(await call.hangUp(), true);
    assert.equal(hangups().length, 2);
    assert.deepEqual(
      entries.map(({ event, code }) => `${event} ${code}`),
      ['request ok', 'hangup ok', 'hangup ok'],
    );
    assert.equal(await handlerWith(options).hangUp('forged'), false);
  });

  it('says so when it could not be hung up, so that a scheduler tries again', async () => {
    const scheduled: ScheduledCall[] = [];
    const entries: LogEntry[] = [];
    const log = (entry: LogEntry): void => void entries.push(entry);
    await ask(handlerWith({ log, schedule: (call) => void scheduled.push(call) }), offer);
    upstream.respond = (response) => answerJson(response, 500, {}, { 'Retry-After': '9' });
    assert.equal(await scheduled[0]?.hangUp(), false);
    assert.equal(entries.at(-1)?.code, 'upstream_unavailable');
  });

  it('cancels its appointment when it ends earlier', async () => {
    let cancelled = 0;
    const handler = handlerWith({ schedule: () => () => void (cancelled += 1) });
    await ask(handler, hangUp(handleOf(await ask(handler, offer))));
    assert.equal(cancelled, 1);
  });

  it('is answered only once its appointment is kept, and is ended by its owner all the same', async () => {
    let kept = false;
    const schedule = async (): Promise<void> => {
      await setImmediate();
      kept = true;
    };
    const handler = handlerWith({ schedule });
    const opened = await ask(handler, offer);
    assert.deepEqual([opened.status, kept], [201, true]);
    assert.equal((await ask(handler, hangUp(handleOf(opened)))).status, 204);
  });

  const FAILING = {
    'at once': () => {
      throw new Error('canary');
    },
    later: () => Promise.reject(new Error('canary')),
  };
  for (const [when, fail] of Object.entries(FAILING)) {
    it(`whose appointment fails ${when} is hung up and refused, and holds no place`, async () => {
      let fails = true;
      const schedule = (): undefined | Promise<undefined> => (fails ? fail() : undefined);
      const handler = handlerWith({ schedule, limits: { address: { concurrent: 1 } } });
      assert.equal(await codeOf(await ask(handler, offer)), 'server_error');
      assert.equal(hangups().length, 1);
      fails = false;
      assert.equal((await ask(handler, offer)).status, 201);
    });

    it(`whose appointment fails ${when} to be cancelled ends as others do`, async () => {
      const handler = handlerWith({ schedule: () => fail, limits: { address: { concurrent: 1 } } });
      const opened = await ask(handler, offer);
      assert.equal((await ask(handler, hangUp(handleOf(opened)))).status, 204);
      assert.equal((await ask(handler, offer)).status, 201);
    });
  }

  it('that nobody waits for any more is hung up, although its appointment is not kept yet', async () => {
    const leaving = new AbortController();
    const schedule = (): Promise<undefined> => {
      leaving.abort();
      return new Promise(() => undefined);
    };
    assert.equal((await ask(handlerWith({ schedule }), { ...offer, signal: leaving.signal })).status, 499);
    assert.equal(hangups().length, 1);
  });

  it('holds one of its owner’s places until it ends', async () => {
    const handler = handlerWith({ limits: { user: { concurrent: 2 } }, authorize: () => ({ user: 'ada' }) });
    const first = await ask(handler, offer);
    await ask(handler, offer);
    const refused = await ask(handler, offer);
    assert.equal(refused.status, 429);
    assert.equal(await codeOf(refused), 'too_many_calls');
    assert.ok(Number(refused.headers.get('Retry-After')) > 0);
    await ask(handler, hangUp(handleOf(first)));
    assert.equal((await ask(handler, offer)).status, 201);
  });

  it('that could not be made holds no place', async () => {
    const handler = handlerWith({ limits: { address: { concurrent: 1 } } });
    upstream.respond = (response) => answerJson(response, 400, {});
    assert.equal(await codeOf(await ask(handler, offer)), 'upstream_rejected');
    upstream.reset();
    assert.equal((await ask(handler, offer)).status, 201);
  });

  it('gives its place back although the page that hangs up is gone meanwhile', async () => {
    const handler = handlerWith({ limits: { address: { concurrent: 1 } } });
    const handle = handleOf(await ask(handler, offer));
    const leaving = new AbortController();
    let answer = (): void => undefined;
    upstream.respond = (...asked) => (answer = () => succeed(...asked));
    const arrived = upstream.next('request');
    const hungUp = ask(handler, { ...hangUp(handle), signal: leaving.signal });
    await arrived;
    leaving.abort();
    answer();
    await hungUp;
    upstream.reset();
    assert.equal((await ask(handler, offer)).status, 201);
  });
});
