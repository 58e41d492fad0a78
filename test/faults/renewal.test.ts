import { expect } from '@open-wc/testing';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { conversation, words } from '../support/conversation.js';
import { countedVoice } from '../support/counted-voice.js';
import { FarEnd } from '../support/far-end.js';
import { HandClock } from '../support/hand-clock.js';
import { nextEvent } from '../support/next-event.js';
import { latestPeer, openPeers } from '../support/opened.js';
import { apiUrl } from '../support/service-url.js';
import { until } from '../support/until.js';

const MINUTE_MS = 60_000;
const SESSION_MS = 30 * MINUTE_MS;
const RENEW_BEFORE_MS = 2 * MINUTE_MS;

describe('a session that will end', function () {
  this.timeout(60_000);
  let far: FarEnd;
  let clock: HandClock;
  let voice: RealtimeVoiceElement;
  let asked: number;
  let statuses: string[];
  /** What happens while the far end is asked. */
  let meanwhile: () => Promise<unknown>;

  beforeEach(async () => {
    [far, clock, asked, statuses] = [new FarEnd(), new HandClock(), 0, []];
    meanwhile = async () => {};
    far.session = { expires_at: (clock.now() + SESSION_MS) / 1_000 };
    const media = {
      getUserMedia: (constraints?: MediaStreamConstraints) => {
        asked += 1;
        return navigator.mediaDevices.getUserMedia(constraints);
      },
      enumerateDevices: () => navigator.mediaDevices.enumerateDevices(),
      addEventListener: () => {},
    };
    voice = countedVoice(
      { tokenProvider: () => 'ek_local_1', apiUrl, maxDuration: 0, idleTimeout: 0 },
      { fetch: (...given) => meanwhile().then(() => far.fetch(...given)), clock, media },
    );
    await voice.start();
    await far.say(...conversation());
    while (voice.turns.length < 4) await nextEvent(voice, 'realtime-transcript');
    voice.addEventListener('realtime-status-change', ({ detail }) => statuses.push(detail.status));
    far.session = {};
  });
  afterEach(() => far.close());

  /** Resolves when the new connection carries the call. */
  async function renewed(): Promise<void> {
    const { callId } = voice;
    while (voice.callId === callId) await nextEvent(voice, 'realtime-event');
  }

  it('is replaced two minutes before, at a pause, while the old connection still carries the call', async () => {
    const old = latestPeer();
    const during: unknown[] = [];
    meanwhile = async () => {
      const heard = nextEvent(voice, 'realtime-transcript');
      await far.say(...conversation('late_').slice(0, 1));
      await heard;
      during.push(openPeers(), old.connectionState, words(voice).at(-1));
    };
    clock.advance(SESSION_MS - RENEW_BEFORE_MS - 1);
    expect(openPeers()).to.equal(1);
    const after = renewed();
    clock.advance(1);
    await after;
    expect(during).to.deep.equal([2, 'connected', 'user done: What time is it?']);
    expect([far.calls, openPeers(), old.connectionState, statuses]).to.deep.equal([2, 1, 'closed', []]);
  });

  it('hands its conversation over as text, in order, and the same words stay on screen', async () => {
    const said = words(voice);
    const after = renewed();
    clock.advance(SESSION_MS - RENEW_BEFORE_MS);
    await after;
    const items = far.received.filter(({ type }) => type === 'conversation.item.create');
    expect(items.map(({ item }) => textOf(item))).to.deep.equal([
      'user input_text What time is it?',
      'assistant output_text It is noon.',
      'user input_text Thank you.',
      'assistant output_text You are welcome.',
    ]);
    expect(words(voice)).to.deep.equal(said);
  });

  it('asks for no microphone again, and the mute is kept', async () => {
    voice.muted = true;
    const after = renewed();
    clock.advance(SESSION_MS - RENEW_BEFORE_MS);
    await after;
    const [sender] = latestPeer().getSenders();
    await until(() => sender?.track);
    expect([asked, voice.muted, sender?.track?.readyState, sender?.track?.enabled]).to.deep.equal([
      1,
      true,
      'live',
      false,
    ]);
    voice.muted = false;
    expect(sender?.track?.enabled).to.equal(true);
  });

  it('answers over the new connection what is asked after that', async () => {
    const after = renewed();
    clock.advance(SESSION_MS - RENEW_BEFORE_MS);
    await after;
    await voice.sendText('And now?');
    while (!far.received.some(({ type }) => type === 'response.create'))
      await nextEvent(far.channel, 'message');
    await far.say({ type: 'response.created', response: { id: 'r' } }, ...conversation('again').slice(-1), {
      type: 'response.done',
      response: { id: 'r', status: 'completed', output: [] },
    });
    while (voice.turns.length < 6) await nextEvent(voice, 'realtime-transcript');
    expect(words(voice).slice(-2)).to.deep.equal(['user done: And now?', 'assistant done: You are welcome.']);
  });
});

function textOf(item: unknown): string {
  const { role, content } = item as { role: string; content: readonly { type: string; text: string }[] };
  return `${role} ${content.map(({ type, text }) => `${type} ${text}`).join()}`;
}
