import { expect } from '@open-wc/testing';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { realClock, sleep } from '../../src/session/clock.js';
import { ask } from '../support/answers.js';
import { countedVoice } from '../support/counted-voice.js';
import { resetNetwork, setNetwork, signalProgram, startService } from '../support/fault-lab.js';
import { labCall, labCounts } from '../support/lab.js';
import { sound } from '../support/loudness.js';
import { nextEvent } from '../support/next-event.js';
import { latestPeer, openPeers } from '../support/opened.js';
import { apiUrl, tokenEndpoint } from '../support/service-url.js';
import { silence } from '../support/speech.js';
import { until } from '../support/until.js';

const BLACKOUT_MS = 6_000;
const LOSSY_MS = 20_000;
const ENOUGH_LOST = 10;

describe('a path that is lost without a word', function () {
  this.timeout(40_000);
  let voice: RealtimeVoiceElement;

  const make = (properties: Partial<RealtimeVoiceElement>): void => {
    voice = countedVoice({ mediaStream: silence(), ...properties });
  };
  const status = (wanted: string): Promise<unknown> =>
    nextEvent(voice, 'realtime-status-change', () => voice.status === wanted);

  afterEach(resetNetwork);

  it('is noticed within eight seconds when the server is killed, and spoken over again within fifteen', async () => {
    const service = await startService();
    make({
      tokenEndpoint: `${service.url}/token`,
      apiUrl: `${service.url}/v1/realtime/calls`,
    });
    await voice.start();
    await ask(voice, 'hello');
    // The next connection is another server's business: starting one is no part of what is measured.
    Object.assign(voice, { tokenEndpoint: tokenEndpoint(), apiUrl });
    await voice.updateComplete;
    const words = voice.turns.map(({ text }) => text);
    const lost = status('reconnecting');
    const killed = performance.now();
    await signalProgram(service, 'SIGKILL');
    const back = status('connected');
    await lost;
    expect(performance.now() - killed).to.be.lessThan(8_000);
    expect(latestPeer().connectionState).to.equal('disconnected');
    await back;
    await voice.sendText('what is your name');
    await sound(voice.remoteStream as MediaStream);
    expect(performance.now() - killed).to.be.lessThan(15_000);
    expect(voice.turns.map(({ text }) => text).slice(0, 2)).to.deep.equal(words);
  });

  it('heals by itself after a blackout of six seconds, without a new token', async () => {
    await setNetwork({});
    make({ tokenEndpoint: tokenEndpoint(), apiUrl, output: 'text' });
    await voice.start();
    await ask(voice, 'hello');
    const before = { callId: voice.callId, turns: voice.turns, ...(await labCounts()) };
    const lost = nextEvent(latestPeer(), 'connectionstatechange');
    const dark = performance.now();
    await setNetwork({ packetLoss: 100 });
    await lost;
    await sleep(realClock, BLACKOUT_MS - (performance.now() - dark), new AbortController().signal);
    expect([latestPeer().connectionState, voice.status]).to.deep.equal(['disconnected', 'reconnecting']);
    const healed = nextEvent(latestPeer(), 'connectionstatechange');
    await setNetwork({ packetLoss: 0 });
    await healed;
    // The widget has listened for longer than this test: it is back in the moment in which the browser is.
    expect([latestPeer().connectionState, voice.status]).to.deep.equal(['connected', 'connected']);
    await ask(voice, 'what is your name');
    expect([voice.callId, (await labCounts()).token]).to.deep.equal([before.callId, before.token]);
    expect(voice.turns.slice(0, 2)).to.deep.equal(before.turns);
  });

  it('costs one new session when it stays away for longer than the grace', async () => {
    await setNetwork({});
    make({ tokenEndpoint: tokenEndpoint(), apiUrl, output: 'text' });
    await voice.start();
    await ask(voice, 'hello');
    const { token } = await labCounts();
    const renewed = nextEvent(
      voice,
      'realtime-event',
      ({ detail }: GlobalEventHandlersEventMap['realtime-event']) => detail.type === 'local.token',
    );
    await setNetwork({ packetLoss: 100 });
    await renewed;
    const back = status('connected');
    await setNetwork({ packetLoss: 0 });
    await back;
    expect([(await labCounts()).token - token, openPeers()]).to.deep.equal([1, 1]);
    const { items } = await labCall(voice.callId);
    expect(items.map(({ type, role }) => `${type} ${String(role)}`)).to.deep.equal([
      'message user',
      'message assistant',
    ]);
  });

  it('is no loss while one packet in five goes astray and the rest is slow', async () => {
    await setNetwork({});
    make({ tokenEndpoint: tokenEndpoint(), apiUrl });
    await voice.start();
    await setNetwork({ packetLoss: 20, latency: 120 });
    const statuses: string[] = [];
    voice.addEventListener('realtime-status-change', ({ detail }) => statuses.push(detail.status));
    const enough = new AbortController();
    const talk = async (): Promise<void> => {
      while (!enough.signal.aborted) await ask(voice, 'hello');
    };
    // Nobody waits for the last answer: what is lost of the channel is sent again after up to twenty seconds.
    void talk();
    // A browser takes six seconds to miss a connection. And chance decides which packets: it goes on until it has bitten
    // often enough.
    const end = performance.now() + LOSSY_MS;
    await until(
      async () => performance.now() > end && (await packetsLost(latestPeer())) >= ENOUGH_LOST,
      'enough packets are lost',
    );
    enough.abort();
    expect(statuses).to.deep.equal([]);
  });
});

/** Of the sound that was sent to us. */
async function packetsLost(peer: RTCPeerConnection): Promise<number> {
  const reports = (await peer.getStats()) as ReadonlyMap<string, unknown>;
  return [...reports.values()].find(isInbound)?.packetsLost ?? 0;
}

function isInbound(report: unknown): report is RTCInboundRtpStreamStats & { readonly packetsLost: number } {
  return (report as RTCStats).type === 'inbound-rtp';
}
