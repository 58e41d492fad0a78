import { expect } from '@open-wc/testing';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { ask } from '../support/answers.js';
import { countedVoice } from '../support/counted-voice.js';
import { startRelay, stopProgram, type LabRelay } from '../support/fault-lab.js';
import { FarEnd } from '../support/far-end.js';
import { HandClock } from '../support/hand-clock.js';
import { nextEvent } from '../support/next-event.js';
import { latestIceErrors, latestPeer } from '../support/opened.js';
import { apiUrl, tokenEndpoint } from '../support/service-url.js';
import { silence } from '../support/speech.js';
import { until } from '../support/until.js';

const ICE_DEADLINE_MS = 15_000;

describe('a call through a relay', function () {
  this.timeout(60_000);
  let relay: LabRelay;
  let voice: RealtimeVoiceElement;

  before(async function () {
    // On a machine that has no relay yet it is installed here.
    this.timeout(0);
    relay = await startRelay();
  });
  after(() => stopProgram(relay));

  const make = (server: RTCIceServer, clock?: HandClock): void => {
    voice = countedVoice(
      {
        tokenEndpoint: tokenEndpoint(),
        apiUrl,
        mediaStream: silence(),
        iceServers: [server],
        iceTransportPolicy: 'relay',
      },
      clock && { clock },
    );
  };
  const server = (change: Partial<RTCIceServer> = {}): RTCIceServer => {
    const { urls, username, credential } = relay;
    return { urls, username, credential, ...change };
  };
  /** Starts a call that leads nowhere and lets its time run out. */
  const failure = async (clock: HandClock, bitten: () => Promise<unknown>): Promise<unknown> => {
    const outcome = voice.start().then(
      () => 'connected',
      (error: unknown) => error,
    );
    // Gathering that finds nothing is not waited for longer than this.
    void clock.isSet(1_000).then(() => clock.advance(1_000));
    await clock.isSet(ICE_DEADLINE_MS);
    await bitten();
    clock.advance(ICE_DEADLINE_MS);
    return outcome;
  };

  /** The developer and the visitor read what may help. */
  const advised = async (error: unknown): Promise<void> => {
    expect(error).to.include({ code: 'ice.timeout', fatal: true });
    expect((error as Error).message).to.match(/ice-servers with TURN/);
    await voice.updateComplete;
    expect(voice.renderRoot.textContent).to.match(/another network|network blocks/i);
  };

  it('goes through it and nowhere else', async () => {
    make(server());
    await voice.start();
    await ask(voice, 'hello');
    expect((await localCandidate(latestPeer()))?.candidateType).to.equal('relay');
    expect(latestIceErrors()).to.deep.equal([]);
  });

  it('goes through it over TCP where UDP is blocked', async () => {
    // The far end is a browser: libjuice, below the local service, refuses every check that comes over TURN and TCP,
    // because Chromium's tie-breaker is zero there (paullouisageneau/libjuice#355).
    const far = new FarEnd();
    const iceServers = [server({ urls: `${relay.urls}?transport=tcp` })];
    const properties = { tokenProvider: () => 'ek_local_1', apiUrl, mediaStream: silence(), iceServers };
    voice = countedVoice({ ...properties, iceTransportPolicy: 'relay' }, { fetch: far.fetch });
    await voice.start();
    await voice.sendText('hello');
    const candidate = await localCandidate(latestPeer());
    expect([candidate?.candidateType, candidate?.relayProtocol]).to.deep.equal(['relay', 'tcp']);
    while (!far.received.some(({ type }) => type === 'response.create'))
      await new Promise(requestAnimationFrame);
    far.close();
  });

  it('that refuses the credentials ends with advice, not with a direct connection', async () => {
    const clock = new HandClock();
    make(server({ credential: 'canary-wrong' }), clock);
    const refused = nextEvent<RTCPeerConnectionIceErrorEvent>(voice, 'realtime-error');
    const error = await failure(clock, () => until(() => latestIceErrors().includes(401)));
    await refused;
    await advised(error);
  });

  it('that cannot be reached ends with advice', async () => {
    const clock = new HandClock();
    // A port of this machine on which nobody listens; browsers leave most below 1024 alone.
    make(server({ urls: 'turn:127.0.0.1:1025?transport=tcp' }), clock);
    await advised(await failure(clock, () => until(() => latestIceErrors().includes(701))));
  });

  it('is refused in one sentence when the browser cannot read its address', async () => {
    make(server({ urls: 'relay.test' }));
    const error = await voice.start().then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).to.have.property('code', 'config.invalid_value');
  });

  it('keeps its addresses and credentials out of everything that a page or a person sees', async () => {
    make(server());
    await voice.start();
    const seen = [
      JSON.stringify([voice.log, voice.diagnostics(), voice.turns]),
      voice.exportTranscript('json'),
      document.documentElement.outerHTML,
      voice.renderRoot instanceof ShadowRoot ? voice.renderRoot.innerHTML : '',
    ].join('\n');
    const { address = '' } = (await localCandidate(latestPeer())) ?? {};
    expect(address).to.match(/^[\d.]+$/);
    for (const secret of [
      address,
      '127.0.0.1',
      relay.username,
      relay.credential,
      latestPeer().localDescription?.sdp,
    ]) {
      // The service's own address is on the page, as its endpoints; nothing else is.
      expect(seen.replaceAll(new URL(apiUrl).host, '')).not.to.contain(secret);
    }
  });
});

type Candidate = RTCStats & {
  readonly candidateType: string;
  readonly address?: string;
  readonly relayProtocol?: string;
};

async function localCandidate(peer: RTCPeerConnection): Promise<Candidate | undefined> {
  const reports = (await peer.getStats()) as ReadonlyMap<string, RTCStats>;
  const pair = [...reports.values()].find(
    (report): report is RTCIceCandidatePairStats =>
      report.type === 'candidate-pair' && 'nominated' in report && report.nominated === true,
  );
  return pair && (reports.get(pair.localCandidateId) as Candidate);
}
