import { expect } from '@open-wc/testing';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import type { SessionSeams } from '../../src/session/session.js';
import { ask } from '../support/answers.js';
import { countedVoice } from '../support/counted-voice.js';
import { HandClock } from '../support/hand-clock.js';
import { labCall, labCalls } from '../support/lab.js';
import { nextEvent } from '../support/next-event.js';
import { latestPeer } from '../support/opened.js';
import { apiUrl, tokenEndpoint } from '../support/service-url.js';
import { silence } from '../support/speech.js';
import { until } from '../support/until.js';

describe('an answer that leads nowhere', function () {
  this.timeout(60_000);
  let voice: RealtimeVoiceElement;
  let clock: HandClock;

  const make = (
    scenario: string,
    properties: Partial<RealtimeVoiceElement> = {},
    seams: SessionSeams = {},
  ): void => {
    clock = new HandClock();
    voice = countedVoice(
      { tokenEndpoint: tokenEndpoint(scenario), apiUrl, mediaStream: silence(), ...properties },
      { clock, ...seams },
    );
  };
  const outcome = async (): Promise<{ code: string; message: string } | null> =>
    voice.start().then(
      () => null,
      (error: unknown) => error as { code: string; message: string },
    );
  /** Lets a wait of that length run out, and not a millisecond less. @param bitten resolves when the fault is seen */
  const waitOut = async (ms: number, bitten: () => Promise<void>): Promise<void> => {
    await clock.isSet(ms);
    await bitten();
    clock.advance(ms - 1);
    expect(voice.status).to.equal('connecting');
    clock.advance(1);
  };

  const pairs = async (): Promise<readonly RTCIceCandidatePairStats[]> => {
    const reports = [...((await latestPeer().getStats()) as ReadonlyMap<string, RTCStats>).values()];
    return reports.filter((report): report is RTCIceCandidatePairStats => report.type === 'candidate-pair');
  };
  /** Checks are sent to where nobody is. */
  const asksInVain = async (): Promise<void> => {
    expect(addresses()).to.deep.equal(['192.0.2.1']);
    await until(async () => (await pairs()).some(({ requestsSent = 0 }) => requestsSent > 0));
    expect((await pairs()).filter(({ responsesReceived }) => responsesReceived !== 0)).to.deep.equal([]);
  };
  /** There is nobody to send checks to. */
  const hasNobodyToAsk = async (): Promise<void> => {
    expect(addresses()).to.deep.equal([]);
  };
  /** Where the other side says that it is. */
  const addresses = (): readonly string[] => [
    ...new Set(
      [...(latestPeer().remoteDescription?.sdp ?? '').matchAll(/^a=candidate:(?:\S+ ){4}(\S+)/gm)].map(
        ([, address]) => address!,
      ),
    ),
  ];

  for (const [scenario, bitten] of [
    ['unroutable', asksInVain],
    ['no-candidates', hasNobodyToAsk],
  ] as const) {
    it(`ends after fifteen seconds with advice: ${scenario}`, async () => {
      make(scenario);
      const failed = outcome();
      await waitOut(15_000, bitten);
      const error = await failed;
      expect(error?.code).to.equal('ice.timeout');
      expect(error?.message).to.contain('TURN');
      await voice.updateComplete;
      expect(voice.renderRoot.textContent).to.match(/network/i);
    });
  }

  it('ends after ten seconds when the path is there and the channel never opens', async () => {
    const elsewhere: typeof fetch = async (input, init) => {
      const answer = await fetch(input, init);
      if (!String(input).endsWith('/calls')) return answer;
      // What is said over the channel goes to a port of the other side that is none.
      const sdp = (await answer.text()).replace(/^a=sctp-port:\d+/m, 'a=sctp-port:9');
      return new Response(sdp, { status: 201 });
    };
    make('normal', {}, { fetch: elsewhere });
    const failed = outcome();
    // The token and the answer are waited for as long, before there is a path.
    await until(() => voice.log.length > 0 && latestPeer().connectionState === 'connected');
    expect(latestPeer().remoteDescription?.sdp).to.contain('a=sctp-port:9\r');
    await waitOut(10_000, async () => {});
    expect((await failed)?.code).to.equal('channel.open_timeout');
  });

  it('ends as soon as the browser sees that the other side is somebody else', async () => {
    make('wrong-fingerprint');
    expect((await outcome())?.code).to.equal('ice.failed');
  });

  it('ends after eight seconds when the server opens the channel and never speaks', async () => {
    make('silent');
    const failed = outcome();
    await waitOut(8_000, async () => {
      await until(async () =>
        (await labCalls()).some(
          ({ scenario, alive, faults }) => scenario === 'silent' && alive && faults.includes('silent'),
        ),
      );
      expect(voice.log.filter(({ origin }) => origin === 'server')).to.deep.equal([]);
    });
    expect((await failed)?.code).to.equal('session.no_greeting');
  });

  it('is no reason to give up that the server never confirms the settings', async () => {
    make('unacknowledged');
    const started = outcome();
    await waitOut(5_000, async () => {});
    expect(await started).to.equal(null);
    // What is said on a channel comes in order: by now a confirmation would have come.
    await ask(voice, 'hello');
    expect(voice.log.map(({ type }) => type)).not.to.include('session.updated');
    const received = async (): Promise<readonly string[]> =>
      (await labCall(voice.callId)).received.map(({ type }) => type);
    // What is on the channel takes another way than this question.
    await until(async () => (await received()).length > 0);
    expect((await received())[0]).to.equal('session.update');
  });

  it('keeps the page’s ICE servers as they are given, and out of the page', async () => {
    const iceServers = [
      { urls: 'turn:127.0.0.1:3478', username: 'canary-user', credential: 'canary-password' },
    ];
    make('normal', { iceServers });
    const started = outcome();
    void clock.isSet(1_000).then(() => clock.advance(1_000));
    expect(await started).to.equal(null);
    const [server] = latestPeer().getConfiguration().iceServers ?? [];
    // Browsers make a list of one address, or leave it alone.
    expect([[server?.urls].flat(), server?.username, server?.credential]).to.deep.equal([
      ['turn:127.0.0.1:3478'],
      'canary-user',
      'canary-password',
    ]);
    expect(voice.getAttribute('ice-servers')).to.equal(null);
  });

  it('is not needed to know that ice-servers are no JSON: they are taken for none', async () => {
    make('normal');
    voice.setAttribute('ice-servers', '[{"urls": "turn:relay.test"');
    expect(await outcome()).to.equal(null);
    expect(latestPeer().getConfiguration().iceServers).to.deep.equal([]);
  });
});

describe('a response of which the server loses a part', function () {
  this.timeout(60_000);

  it('is told after twenty seconds, in words, and the visitor may interrupt and go on', async () => {
    const clock = new HandClock();
    const voice = countedVoice(
      { tokenEndpoint: tokenEndpoint('response-stalls'), apiUrl, mediaStream: silence() },
      { clock },
    );
    await voice.start();
    const came = (type: string): Promise<unknown> =>
      nextEvent(
        voice,
        'realtime-event',
        ({ detail }: GlobalEventHandlersEventMap['realtime-event']) => detail.type === type,
      );
    const created = came('response.created');
    await voice.sendText('hello');
    await created;
    const told = nextEvent(voice, 'realtime-error');
    await clock.isSet(20_000);
    await until(async () => (await labCall(voice.callId)).faults.includes('stalled'));
    expect(voice.log.map(({ type }) => type)).not.to.include('response.done');
    clock.advance(20_000);
    expect((await told).detail).to.have.nested.property('error.code', 'session.response_stalled');
    expect(voice.status).to.equal('connected');
    await voice.updateComplete;
    const notice = voice.renderRoot.querySelector<HTMLElement>('.notice.error');
    expect([notice?.checkVisibility(), notice?.textContent.trim()]).to.deep.equal([
      true,
      'No answer came. Please ask again.',
    ]);
    const ended = came('response.done');
    await voice.interrupt();
    await ended;
    await until(() => voice.activity === 'listening', 'the assistant listens');
    const next = came('response.created');
    await voice.sendText('hello');
    await next;
  });
});
