import { expect } from '@open-wc/testing';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { countedVoice } from '../support/counted-voice.js';
import { startBroker, stopProgram, type LabServer } from '../support/fault-lab.js';
import { HandClock } from '../support/hand-clock.js';
import { serviceUrl } from '../support/service-url.js';
import { silence } from '../support/speech.js';

/** For how long the endpoint lets a call last, by default. */
const ENDPOINT_S = 600;

interface HangUp {
  readonly url: URL;
  readonly keepalive: boolean;
  readonly answer: Promise<Response>;
}

describe('a call through the page’s own endpoint', function () {
  this.timeout(20_000);
  let broker: LabServer;
  let voice: RealtimeVoiceElement;
  const hangUps: HangUp[] = [];

  before(async () => {
    broker = await startBroker(serviceUrl);
  });
  after(() => stopProgram(broker));
  const watched: typeof fetch = (input, init) => {
    const answer = fetch(input, init);
    if (init?.method === 'DELETE')
      hangUps.push({ url: new URL(String(input)), keepalive: init.keepalive ?? false, answer });
    return answer;
  };
  const make = (properties: Partial<RealtimeVoiceElement> = {}, clock?: HandClock): void => {
    const sessionEndpoint = `${broker.url}/session`;
    const seams = { fetch: watched, ...(clock && { clock }) };
    voice = countedVoice({ sessionEndpoint, mediaStream: silence(), ...properties }, seams);
  };
  beforeEach(() => {
    hangUps.length = 0;
    make();
  });
  // One call at a time is allowed: the next test finds the place free.
  afterEach(() => Promise.all(hangUps.map(({ answer }) => answer)));

  const ends: readonly { readonly how: string; readonly end: () => void }[] = [
    { how: 'is stopped', end: () => voice.stop() },
    {
      how: 'is told that its page goes',
      end: () => window.dispatchEvent(new PageTransitionEvent('pagehide')),
    },
  ];
  for (const { how, end } of ends) {
    it(`hangs up there when it ${how}, at once and so that it outlives the page`, async () => {
      await voice.start();
      const { callId } = voice;
      end();
      expect(hangUps).to.have.length(1);
      const [{ url, keepalive, answer }] = hangUps as [HangUp];
      expect([url.pathname, url.searchParams.get('call_id'), keepalive]).to.deep.equal([
        '/session',
        callId,
        true,
      ]);
      expect((await answer).status).to.equal(204);
    });
  }

  it('keeps the handle, with which anybody could end it, out of its report', async () => {
    await voice.start();
    expect([voice.callId === null, voice.diagnostics().callId]).to.deep.equal([false, null]);
    voice.stop();
  });

  it('ends by itself before the endpoint hangs up, which would look like a loss', async () => {
    const clock = new HandClock();
    make({ maxDuration: 0, idleTimeout: 0 }, clock);
    await voice.start();
    clock.advance((ENDPOINT_S - 6) * 1_000);
    expect(voice.status).to.equal('connected');
    clock.advance(2_000);
    expect([voice.status, voice.error?.code]).to.deep.equal(['idle', 'limit.max_duration']);
  });

  it('leaves room for the next where one call at a time is allowed', async () => {
    for (let count = 0; count < 3; count += 1) {
      await voice.start();
      voice.stop();
      await hangUps[count]?.answer;
    }
    expect(hangUps).to.have.length(3);
  });

  it('hangs up a call that was made and never became ready', async () => {
    voice.addEventListener('realtime-status-change', ({ detail }) => {
      if (detail.phase === 'configuring') voice.stop();
    });
    await voice.start().catch(() => {});
    expect(hangUps).to.have.length(1);
    expect((await hangUps[0]?.answer)?.status).to.equal(204);
  });
});
