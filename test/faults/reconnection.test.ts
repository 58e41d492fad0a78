import { expect } from '@open-wc/testing';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { ask } from '../support/answers.js';
import { countedVoice } from '../support/counted-voice.js';
import { hangUp, labCall, labCounts } from '../support/lab.js';
import { nextEvent } from '../support/next-event.js';
import { liveTracks, openPeers } from '../support/opened.js';
import { apiUrl, tokenEndpoint } from '../support/service-url.js';
import { silence } from '../support/speech.js';

describe('a call whose connection is lost', function () {
  this.timeout(30_000);
  let voice: RealtimeVoiceElement;

  afterEach(() => voice.remove());

  const start = async (properties: Partial<RealtimeVoiceElement> = {}, scenario?: string): Promise<void> => {
    voice = countedVoice({ tokenEndpoint: tokenEndpoint(scenario), apiUrl, ...properties });
    await voice.start();
  };
  const status = (wanted: string): Promise<unknown> =>
    nextEvent(voice, 'realtime-status-change', () => voice.status === wanted);

  for (const how of ['peer', 'channel'] as const) {
    it(`is restored with its transcript when the server closes the ${how}`, async () => {
      await start({ mediaStream: silence() });
      await ask(voice, 'hello');
      const before = { callId: voice.callId, turns: voice.turns, ...(await labCounts()) };
      const lost = status('reconnecting');
      const back = status('connected');
      const noticed = lost.then(() => Date.now());
      const hungUp = await hangUp(before.callId, how);
      expect((await noticed) - hungUp).to.be.lessThan(250);
      await back;
      expect(voice.callId).not.to.equal(before.callId);
      expect(voice.turns.map(({ text }) => text)).to.deep.equal(before.turns.map(({ text }) => text));
      expect((await labCounts()).token).to.equal(before.token + 1);
      const { items } = await labCall(voice.callId);
      expect(items.map(({ type, role }) => `${type} ${String(role)}`)).to.deep.equal([
        'message user',
        'message assistant',
      ]);
      expect(openPeers()).to.equal(1);
    });
  }

  it('goes on with new turns after the old ones', async () => {
    await start({ mediaStream: silence() });
    await ask(voice, 'hello');
    const back = status('connected');
    await hangUp(voice.callId, 'peer');
    await back;
    await ask(voice, 'what is your name');
    expect(voice.turns.map(({ role }) => role)).to.deep.equal(['user', 'assistant', 'user', 'assistant']);
    expect(voice.turns[2]?.text).to.equal('what is your name');
  });

  it('keeps the microphone muted across the reconnection, and asks nobody again', async () => {
    await start();
    voice.muted = true;
    const tracks = liveTracks();
    const back = status('connected');
    await hangUp(voice.callId, 'peer');
    await back;
    expect([voice.muted, liveTracks()]).to.deep.equal([true, tracks]);
  });

  it('fails at once where the page wants no reconnection', async () => {
    await start({ withoutReconnect: true });
    const failed = status('failed');
    await hangUp(voice.callId, 'peer');
    await failed;
    expect(voice.error?.code).to.equal('channel.closed');
    expect([openPeers(), liveTracks()]).to.deep.equal([0, 0]);
  });

  it('is renewed quietly when the session has reached its maximum duration', async () => {
    await start({}, 'expired');
    const errors: string[] = [];
    voice.addEventListener('realtime-error', ({ detail }) => errors.push(detail.error.code));
    const first = voice.callId;
    await status('connected');
    expect(voice.callId).not.to.equal(first);
    expect(errors).to.deep.equal([]);
    voice.stop();
  });

  it('can be stopped while it is being restored', async () => {
    await start();
    const lost = status('reconnecting');
    await hangUp(voice.callId, 'peer');
    await lost;
    voice.stop();
    expect([voice.status, openPeers(), liveTracks()]).to.deep.equal(['idle', 0, 0]);
  });
});
