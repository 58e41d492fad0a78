import { expect } from '@open-wc/testing';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';

import type { RealtimeError } from '../../src/session/realtime-error.js';
import { countedVoice } from '../support/counted-voice.js';
import { HandClock } from '../support/hand-clock.js';
import { labCounts } from '../support/lab.js';
import { liveTracks, openPeers } from '../support/opened.js';
import { apiUrl, tokenEndpoint } from '../support/service-url.js';
import { settlesAtOnce } from '../support/settles-at-once.js';
import { silence } from '../support/speech.js';
import { until } from '../support/until.js';

const BODY = 'canary-body';
/** Of each request of the page, where it went. */
type Ask = (url: string, real: () => Promise<Response>) => Promise<Response> | Response | null;

let voice: RealtimeVoiceElement;
let asked: string[] = [];

/** A widget whose requests a test may answer; those that it does not answer go to the local service. */
function make(
  properties: Partial<RealtimeVoiceElement> = {},
  ask: Ask = () => null,
  clock?: HandClock,
): void {
  asked = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const { pathname } = new URL(String(input));
    asked.push(pathname);
    const real = (): Promise<Response> => globalThis.fetch(input, init);
    return (await ask(pathname, real)) ?? real();
  };
  voice = countedVoice(
    { tokenEndpoint: tokenEndpoint(), apiUrl, mediaStream: silence(), ...properties },
    { fetch, ...(clock && { clock }) },
  );
}

async function failed(): Promise<RealtimeError> {
  return voice.start().then(
    () => expect.fail('The call was made.'),
    (error: unknown) => error as RealtimeError,
  );
}

/** The answer of one endpoint alone. */
const only =
  (path: string, response: () => Response): Ask =>
  (url) =>
    url === path ? response() : null;
const json = (
  status: number,
  body: unknown = { error: { message: BODY } },
  headers = {},
): (() => Response) => {
  return () => new Response(JSON.stringify(body), { status, headers });
};
/** The service's own answer to the offer, rewritten. */
const rewriting =
  (rewrite: (sdp: string) => string): Ask =>
  async (url, real) => {
    const response = await real();
    return url === CALLS ? new Response(rewrite(await response.text()), { status: 201 }) : response;
  };
const CALLS = '/v1/realtime/calls';

describe('what the token endpoint answers', () => {
  it('shortens the call where it says how long one may last', async () => {
    const clock = new HandClock();
    make(
      { tokenProvider: () => ({ value: 'ek_local_normal_short0000', session: { max_duration_s: 60 } }) },
      undefined,
      clock,
    );
    await voice.start();
    clock.advance(59_000);
    expect(voice.status).to.equal('connected');
    clock.advance(1_000);
    expect([voice.status, voice.error?.code]).to.deep.equal(['idle', 'limit.max_duration']);
  });

  it('makes no call longer than the page wants it', async () => {
    const clock = new HandClock();
    const tokenProvider = (): object => ({
      value: 'ek_local_normal_long00000',
      session: { max_duration_s: 3_600 },
    });
    make({ tokenProvider, maxDuration: 30 }, undefined, clock);
    await voice.start();
    clock.advance(30_000);
    expect(voice.error?.code).to.equal('limit.max_duration');
  });

  for (const skew of [-1, 1]) {
    it(`works for a visitor whose clock is a day ${skew < 0 ? 'slow' : 'fast'}, with ${skew < 0 ? 'one request' : 'two requests'}`, async () => {
      const clock = new HandClock();
      clock.leap(skew * 24 * 60 * 60_000);
      make({}, undefined, clock);
      await voice.start();
      // To a clock that is fast every token seems to be over: it is asked for once more, and then believed.
      expect(asked.filter((path) => path === '/token')).to.have.length(skew < 0 ? 1 : 2);
      expect(voice.status).to.equal('connected');
    });
  }

  it('is not waited for longer than ten seconds', async () => {
    const clock = new HandClock();
    make({ tokenEndpoint: tokenEndpoint('token-hang') }, undefined, clock);
    const { held } = await labCounts();
    const error = failed();
    await clock.isSet(10_000);
    await isHeld(held + 1);
    clock.advance(9_999);
    expect(voice.status).to.equal('connecting');
    clock.advance(1);
    expect((await error).code).to.equal('token.timeout');
  });

  it('is not followed elsewhere', async () => {
    const before = await labCounts();
    make({ tokenEndpoint: tokenEndpoint('token-redirect') });
    expect((await failed()).code).to.equal('token.network');
    expect((await labCounts()).token).to.equal(before.token + 1);
  });
});

describe('what the calls URL answers', () => {
  it('is asked once more, with a fresh token, when it refuses the first, and never a third time', async () => {
    make({ tokenEndpoint: tokenEndpoint('calls-401') });
    expect((await failed()).code).to.equal('signaling.unauthorized');
    expect(asked).to.deep.equal(['/token', CALLS, '/token', CALLS]);
  });

  it('is waited for as long as it asks for, and no shorter', async () => {
    const clock = new HandClock();
    let refusals = 0;
    const ask = only(CALLS, json(429, {}, { 'Retry-After': '7' }));
    make({}, (url, real) => (url === CALLS && refusals++ === 0 ? ask(url, real) : null), clock);
    const started = voice.start();
    await clock.isSet(7_000 * 1.1);
    clock.advance(7_000);
    expect(asked).to.deep.equal(['/token', CALLS]);
    clock.advance(700);
    await started;
    expect(asked).to.deep.equal(['/token', CALLS, '/token', CALLS]);
  });

  it('is not waited for when it asks for thirty years', async () => {
    make({ tokenEndpoint: tokenEndpoint('calls-429-absurd') });
    const error = await failed();
    expect([error.code, error.retryAfterMs, asked.length]).to.deep.equal(['signaling.rate_limited', 1e12, 2]);
  });

  it('is not waited for longer than ten seconds', async () => {
    const clock = new HandClock();
    make({ tokenEndpoint: tokenEndpoint('calls-hang') }, undefined, clock);
    const { held } = await labCounts();
    const error = failed();
    await isHeld(held + 1);
    clock.advance(9_999);
    expect(voice.status).to.equal('connecting');
    clock.advance(1);
    expect((await error).code).to.equal('signaling.timeout');
  });

  it('need not be waited for at all: a stop ends it at once', async () => {
    make({ tokenEndpoint: tokenEndpoint('calls-slow') });
    const error = failed();
    await reached(CALLS);
    voice.stop();
    expect([voice.status, openPeers(), liveTracks()]).to.deep.equal(['idle', 0, 0]);
    expect(await settlesAtOnce(error)).to.equal(true);
    expect((await error).code).to.equal('lifecycle.aborted');
  });

  it('is waited for when it is only slow', async () => {
    const clock = new HandClock();
    let release = (): void => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    const slowly: Ask = async (url, real) => {
      const answer = await real();
      if (url === CALLS) await released;
      return answer;
    };
    make({}, slowly, clock);
    const started = voice.start();
    await reached(CALLS);
    clock.advance(9_999);
    expect(voice.status).to.equal('connecting');
    release();
    await started;
    expect(voice.status).to.equal('connected');
  });

  it('is not followed elsewhere', async () => {
    const before = await labCounts();
    make({ tokenEndpoint: tokenEndpoint('calls-redirect') });
    expect((await failed()).code).to.equal('signaling.network');
    expect((await labCounts()).calls).to.equal(before.calls + 1);
  });

  const spoils: Readonly<Record<string, (sdp: string) => string>> = {
    nothing: () => '',
    'a page of HTML': () => '<html><body>Sign in, canary</body></html>',
    'JSON without SDP': () => '{"answer":"canary"}',
    'JSON with half of it': (sdp) => JSON.stringify({ sdp }).slice(0, 200),
    'half an answer': (sdp) => sdp.slice(0, sdp.length / 2),
    'an answer without a fingerprint': (sdp) => sdp.replaceAll(/^a=fingerprint:.*\r\n/gm, ''),
    'an answer without ICE': (sdp) => sdp.replaceAll(/^a=ice-ufrag:.*\r\n/gm, ''),
    'the same section twice': (sdp) => sdp.replaceAll(/^a=mid:.*/gm, 'a=mid:0'),
    'an answer without media': (sdp) => sdp.slice(0, sdp.indexOf('m=')),
    'the answer to another offer': (sdp) => sdp.replaceAll('m=audio', 'm=video'),
    'five megabytes': (sdp) => sdp + 'a=canary\r\n'.repeat(500_000),
    'a line that no SDP has': (sdp) => sdp.replace('s=', 'canary\r\ns='),
  };
  for (const [what, spoil] of Object.entries(spoils)) {
    it(`is no answer: ${what}`, async () => {
      make({}, rewriting(spoil));
      const error = await failed();
      expect(error.code).to.equal('signaling.bad_answer');
      expect(error.message).not.to.match(/v=0|canary|<html/);
      expect(JSON.stringify(error)).not.to.match(/v=0|canary|<html/);
    });
  }

  const forms: Readonly<Record<string, (sdp: string) => string>> = {
    'with the line ends of Unix': (sdp) => sdp.replaceAll('\r\n', '\n'),
    'after empty lines': (sdp) => `\r\n\r\n${sdp}`,
    'in JSON': (sdp) => JSON.stringify({ sdp }),
  };
  for (const [what, form] of Object.entries(forms)) {
    it(`is taken ${what}`, async () => {
      make({}, rewriting(form));
      await voice.start();
      expect(voice.status).to.equal('connected');
    });
  }
});

/** Resolves when the service holds back so many answers as it has since it runs. */
async function isHeld(count: number): Promise<void> {
  await until(async () => (await labCounts()).held === count);
}

/** Resolves when a request has gone there. */
async function reached(path: string): Promise<void> {
  while (!asked.includes(path)) await new Promise(requestAnimationFrame);
}
