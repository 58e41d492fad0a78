import { expect } from '@open-wc/testing';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { answered, ask } from '../support/answers.js';
import { countedVoice } from '../support/counted-voice.js';
import { nextEvent } from '../support/next-event.js';
import { apiUrl, tokenEndpoint } from '../support/service-url.js';
import { openSpeaker, type Speaker } from '../support/speech.js';

describe('<realtime-voice> and servers that are not quite OpenAI', function () {
  this.timeout(40_000);
  let speaker: Speaker;
  let voice: RealtimeVoiceElement;

  afterEach(async () => {
    voice.remove();
    await speaker.close();
  });

  async function call(scenario: string, more = ''): Promise<void> {
    speaker = await openSpeaker();
    voice = countedVoice({
      tokenEndpoint: tokenEndpoint(scenario),
      apiUrl: `${apiUrl}${more}`,
      mediaStream: speaker.stream,
    });
    await voice.start();
  }

  it('keeps messages that cannot be read, shows them in the log and goes on', async () => {
    await call('garbage');
    await ask(voice, 'hello');
    const types = voice.log.map(({ type }) => type);
    expect(types.filter((type) => type === 'malformed')).to.have.length(7);
    expect(types).to.include.members(['ping', 'huge.event']);
    expect(voice.status).to.equal('connected');
  });

  it('understands the names of the beta', async () => {
    await call('beta');
    await ask(voice, 'hello');
    expect(voice.turns.map(({ text }) => text)).to.deep.equal(['hello', 'Hello! How can I help you today?']);
  });

  it('connects and converses through the few events that Azure lets pass', async () => {
    await call('azure', '?webrtcfilter=on');
    const done = answered(voice);
    await speaker.say('what is your name');
    await done;
    expect(voice.turns.at(-1)?.text).to.contain('local demo');
  });

  it('tells from the sound who speaks, when the server does not', async () => {
    await call('no-audio-events');
    const speaking = nextEvent(voice, 'realtime-activity-change', () => voice.activity === 'speaking');
    await voice.sendText('what is your name');
    await speaking;
    await nextEvent(voice, 'realtime-activity-change', () => voice.activity === 'listening');
  });

  it('says that an answer failed, and goes on', async () => {
    await call('response-fails');
    const failed = nextEvent(voice, 'realtime-error');
    await voice.sendText('hello');
    expect((await failed).detail.error).to.include({ code: 'session.response_failed', fatal: false });
    await voice.updateComplete;
    expect(voice.renderRoot.querySelector('.notice.error')?.textContent).to.contain('No answer came');
    expect(voice.status).to.equal('connected');
  });

  it('shows every word of a flood', async () => {
    await call('flood');
    await nextEvent(
      voice,
      'realtime-transcript',
      ({ detail }: GlobalEventHandlersEventMap['realtime-transcript']) =>
        detail.turn.text.split(' ').length >= 3_000,
    );
    const row = voice.renderRoot.querySelector('[part="text"]');
    expect(row?.textContent.split(' ').length).to.be.at.least(3_000);
  });
});
