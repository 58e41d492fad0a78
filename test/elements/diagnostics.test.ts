import { expect } from '@open-wc/testing';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { RealtimeVoiceElement as Voice } from '../../src/elements/realtime-voice.js';
import { countedVoice } from '../support/counted-voice.js';
import { HandClock } from '../support/hand-clock.js';
import { labCounts } from '../support/lab.js';
import { apiUrl, tokenEndpoint } from '../support/service-url.js';
import { silence } from '../support/speech.js';

describe('what a widget knows of its surroundings and of itself', function () {
  this.timeout(60_000);
  let voice: RealtimeVoiceElement;
  afterEach(() => voice.remove());

  const problems = async (properties: Partial<RealtimeVoiceElement>): Promise<readonly string[]> => {
    voice = countedVoice(properties);
    return (await voice.checkEnvironment()).map(({ code }) => code);
  };

  it('finds no fault with a page where a call works, and asks nobody for anything to know that', async () => {
    const before = await labCounts();
    expect(await problems({ tokenEndpoint: tokenEndpoint(), apiUrl })).to.deep.equal([]);
    expect([await labCounts(), voice.status, voice.log]).to.deep.equal([before, 'idle', []]);
  });

  it('misses an endpoint where there is none, and none where one is not needed', async () => {
    expect(await problems({})).to.deep.equal(['config.missing_endpoint']);
    voice.remove();
    expect(await problems({ tokenProvider: () => 'ek_1' })).to.deep.equal([]);
    voice.remove();
    expect(await problems({ sessionEndpoint: '/session' })).to.deep.equal([]);
    voice.remove();
    expect(await problems({ replay: '/log.jsonl' })).to.deep.equal([]);
  });

  it('tells an endpoint to which no secret may travel', async () => {
    expect(await problems({ tokenEndpoint: 'http://shop.test/token' })).to.deep.equal(['config.invalid_url']);
  });

  it('writes a report with versions, states and counts, before a call', async () => {
    voice = countedVoice({});
    expect(voice.diagnostics()).to.deep.equal({
      version: Voice.version,
      browser: navigator.userAgent,
      status: 'idle',
      reason: null,
      error: null,
      callId: null,
      secondsConnected: null,
      turns: 0,
      events: {},
    });
  });

  it('reports a call without its words, addresses and tokens', async () => {
    const clock = new HandClock();
    voice = countedVoice(
      { tokenEndpoint: tokenEndpoint(), apiUrl, mediaStream: silence() },
      { clock },
      { clock },
    );
    await voice.start();
    expect(voice.diagnostics().secondsConnected).to.equal(0);
    clock.advance(7_000);
    await voice.sendText('my password is swordfish');
    const report = voice.diagnostics();
    expect(report).to.include({ status: 'connected', secondsConnected: 7 });
    expect(report.callId).to.match(/^rtc_/);
    expect(report.events).to.include({
      'server session.created': 1,
      'client session.update': 1,
      'client conversation.item.create': 1,
    });
    expect(JSON.stringify(report)).not.to.match(/swordfish|ek_|127\.0\.0\.1|localhost:/);
  });

  it('reports why a call was not made: the code, the status and the name of what was thrown', async () => {
    voice = countedVoice({ tokenEndpoint: tokenEndpoint('token-500'), apiUrl });
    await voice.start().catch(() => {});
    expect(voice.diagnostics().error).to.deep.equal({ code: 'token.server_error', status: 500 });
    voice.remove();
    voice = countedVoice({ tokenEndpoint: 'http://127.0.0.1:9/token', apiUrl });
    await voice.start().catch(() => {});
    expect(voice.diagnostics().error).to.deep.equal({ code: 'token.network', causeName: 'TypeError' });
  });
});
