import { expect } from '@open-wc/testing';
import { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { until } from '../support/until.js';

RealtimeVoiceElement.define();

describe('<realtime-voice> in a browser without WebRTC', () => {
  let voice: RealtimeVoiceElement;
  let asked: number;

  beforeEach(() => {
    asked = 0;
    voice = document.createElement('realtime-voice') as RealtimeVoiceElement;
    voice.tokenProvider = () => {
      asked += 1;
      return 'ek_1';
    };
    document.body.append(voice);
  });
  afterEach(() => voice.remove());

  const sentence = (): string | undefined =>
    voice.renderRoot.querySelector('.notice.error')?.textContent.trim();

  it('says that a call is impossible in this browser, and asks nobody for a token', async () => {
    const code = await voice.start().catch((error: { code: string }) => error.code);
    await voice.updateComplete;
    expect(code).to.equal('env.unsupported');
    expect(sentence()).to.match(/^This browser cannot make voice calls\./);
    expect([voice.status, asked]).to.deep.equal(['failed', 0]);
  });

  it('tells the page so before a call', async () => {
    expect((await voice.checkEnvironment()).map(({ code }) => code)).to.include('env.unsupported');
  });

  it('replays a recorded conversation', async () => {
    const item = { id: 'a', type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hi' }] };
    const event = { type: 'conversation.item.added', previous_item_id: null, item };
    Object.assign(voice, {
      replay: `data:,${encodeURIComponent(JSON.stringify(event))}`,
      replaySpeed: Infinity,
    });
    await voice.start();
    await until(() => voice.turns.length > 0);
    expect(voice.exportTranscript('text')).to.equal('You: Hi\n');
    expect(sentence()).to.equal(undefined);
  });
});
