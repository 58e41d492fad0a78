import { expect } from '@open-wc/testing';
import type { RealtimeTranscriptEvent } from '../../src/elements/events.js';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { countedVoice, isPlaying } from '../support/counted-voice.js';
import { sound } from '../support/loudness.js';
import { nextEvent } from '../support/next-event.js';
import { liveTracks, openPeers } from '../support/opened.js';
import { apiUrl, tokenEndpoint } from '../support/service-url.js';
import { openSpeaker, type Speaker } from '../support/speech.js';

describe('<realtime-voice> in a call with the local service', function () {
  this.timeout(60_000);
  let speaker: Speaker;
  let voice: RealtimeVoiceElement;

  beforeEach(async () => {
    speaker = await openSpeaker();
    voice = countedVoice({ tokenEndpoint: tokenEndpoint(), apiUrl, mediaStream: speaker.stream });
  });

  afterEach(async () => {
    voice.remove();
    await speaker.close();
  });

  const turn = (role: string, status: string): Promise<RealtimeTranscriptEvent> =>
    nextEvent(
      voice,
      'realtime-transcript',
      ({ detail }: RealtimeTranscriptEvent) =>
        detail.turn.role === role && detail.turn.status === status && detail.turn.text !== '',
    );
  const rows = (): string[] =>
    [...voice.renderRoot.querySelectorAll('[part~="turn"]')].map((row) =>
      ['speaker', 'text'].map((part) => row.querySelector(`[part="${part}"]`)?.textContent.trim()).join(': '),
    );
  const button = (part: string): HTMLButtonElement => {
    const found = voice.renderRoot.querySelector<HTMLButtonElement>(`[part="${part}"]`);
    if (!found) throw new Error(`there is no ${part}`);
    return found;
  };
  const press = async (part: string, status: string): Promise<void> => {
    await voice.updateComplete;
    const reached = nextEvent(voice, 'realtime-status-change', () => voice.status === status);
    button(part).click();
    await reached;
  };

  it('hears the visitor, answers aloud, is interrupted by speech, and leaves nothing running', async () => {
    await press('start-button', 'connected');

    const heard = turn('user', 'done');
    const answered = turn('assistant', 'done');
    await speaker.say('what is your name');
    expect((await heard).detail.turn.text).to.equal('What is your name?');
    await answered;
    expect(rows()).to.deep.equal([
      'You: What is your name?',
      'Assistant: I am the assistant of the local demo. I live on this computer.',
    ]);

    await nextEvent(voice, 'realtime-activity-change', () => voice.activity === 'listening');
    const speaking = nextEvent(voice, 'realtime-activity-change', () => voice.activity === 'speaking');
    await speaker.say('tell me a story');
    await speaking;
    const interrupted = turn('assistant', 'interrupted');
    await speaker.say('thank you very much');
    const { turn: story } = (await interrupted).detail;
    expect(story.text).to.match(/^Once upon a time/);
    await turn('assistant', 'done');
    expect(rows().at(-1)).to.equal('Assistant: You are welcome.');
    expect(rows().some((row) => /Once upon a time.*interrupted$/.test(row))).to.equal(true);

    await press('stop-button', 'idle');
    expect(openPeers()).to.equal(0);
    expect(liveTracks()).to.equal(0);
  });

  it('plays a voice that can be heard', async () => {
    await voice.start();
    const speaking = nextEvent(voice, 'realtime-activity-change', () => voice.activity === 'speaking');
    await voice.sendText('tell me a story');
    await speaking;
    expect(isPlaying(voice)).to.equal(true);
    expect(await sound(voice.remoteStream!)).to.be.greaterThan(0.02);
  });

  it('takes and gives back the microphone of the browser when the page gives no stream', async () => {
    const own = countedVoice({ tokenEndpoint: tokenEndpoint(), apiUrl });
    await own.start();
    expect(liveTracks()).to.be.greaterThan(0);
    own.stop();
    expect(liveTracks()).to.equal(0);
    expect(openPeers()).to.equal(0);
    own.remove();
  });

  it('grows the answer word by word, pale until it is final', async () => {
    await voice.start();
    const texts: string[] = [];
    voice.addEventListener('realtime-transcript', ({ detail }) => {
      if (detail.turn.role !== 'assistant') return;
      const row = [...voice.renderRoot.querySelectorAll('[part~="turn-assistant"]')].at(-1);
      texts.push(
        `${row?.getAttribute('part')?.includes('turn-streaming') ? 'pale' : 'firm'}: ${detail.turn.text}`,
      );
    });
    const done = turn('assistant', 'done');
    await voice.sendText('hello');
    await done;
    expect(texts.length).to.be.greaterThan(3);
    expect(texts[0]).to.equal('pale: Hello!');
    expect(texts.at(-1)).to.equal('firm: Hello! How can I help you today?');
  });
});
