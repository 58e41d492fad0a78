import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { countedVoice } from '../support/counted-voice.js';
import { labCall } from '../support/lab.js';
import { nextEvent } from '../support/next-event.js';
import { latestPeer, openPeers } from '../support/opened.js';
import { apiUrl, tokenEndpoint } from '../support/service-url.js';
import { openSpeaker, type Speaker } from '../support/speech.js';
import { until } from '../support/until.js';

const BACK = 'Shift+Tab';

/** Presses a key, or several at once: `Control+v`. */
async function hit(keys: string): Promise<void> {
  const held = keys.split('+');
  const last = held.pop()!;
  for (const key of held) await sendKeys({ down: key });
  await sendKeys({ press: last });
  for (const key of held) await sendKeys({ up: key });
}

type Transcript = GlobalEventHandlersEventMap['realtime-transcript'];

describe('<realtime-voice> with the keyboard alone', function () {
  this.timeout(90_000);
  let first: Speaker;
  let second: Speaker;
  let voice: RealtimeVoiceElement;
  let named: readonly MediaDeviceInfo[];
  /** Tracks of the other microphone. */
  let others: MediaStreamTrack[];

  beforeEach(async () => {
    first = await openSpeaker();
    second = await openSpeaker();
    // A browser names its devices to who was allowed to use one.
    for (const track of (await navigator.mediaDevices.getUserMedia({ audio: true })).getTracks())
      track.stop();
    // Two microphones, as a visitor would have them: the default one and the last one there is, which in Firefox is the
    // only one. What the element asks for decides which of them is heard.
    named = (await navigator.mediaDevices.enumerateDevices()).filter(
      ({ kind, deviceId }) => kind === 'audioinput' && deviceId !== 'default',
    );
    const other = named.at(-1)!;
    others = [];
    const media = {
      getUserMedia: async ({ audio }: MediaStreamConstraints = {}) => {
        const { deviceId } = audio as { readonly deviceId?: { readonly ideal: string } };
        const isOther = deviceId?.ideal === other.deviceId;
        const tracks = (isOther ? second : first).stream.getTracks().map((track) => track.clone());
        if (isOther) others.push(...tracks);
        return new MediaStream(tracks);
      },
      enumerateDevices: () => navigator.mediaDevices.enumerateDevices(),
      addEventListener: () => {},
    };
    voice = countedVoice(
      {
        tokenEndpoint: tokenEndpoint(),
        apiUrl,
        pushToTalk: true,
        controls: 'start mute text interrupt devices volume transcript usage',
      },
      { media },
    );
    await voice.updateComplete;
  });
  afterEach(async () => {
    voice.remove();
    await first.close();
    await second.close();
  });

  const focused = (): HTMLElement => {
    const { activeElement } = voice.shadowRoot!;
    if (!(activeElement instanceof HTMLElement)) throw new Error('The focus is lost.');
    return activeElement;
  };
  const nameOf = (element: HTMLElement): string =>
    (element instanceof HTMLSelectElement &&
      element.labels &&
      /\w+/.exec(element.labels[0]?.textContent ?? '')?.[0]) ||
    element.getAttribute('part') ||
    element.getAttribute('aria-label') ||
    element.textContent.trim();
  /** Tabs on until that control has the focus. What comes after the last one of the page is the browser's business. */
  const tabTo = async (name: string, key = 'Tab'): Promise<HTMLElement> => {
    for (let presses = 0; presses < 30; presses += 1) {
      if (voice.shadowRoot?.activeElement && nameOf(focused()) === name) return focused();
      await hit(key);
    }
    throw new Error(`Tab never came to ${name}.`);
  };
  const press = async (name: string, key = 'Enter'): Promise<void> => {
    await tabTo(name);
    await hit(key);
    await voice.updateComplete;
    focused();
  };
  const status = (wanted: string): Promise<unknown> =>
    nextEvent(voice, 'realtime-status-change', () => voice.status === wanted);
  const activity = (wanted: string): Promise<unknown> =>
    nextEvent(voice, 'realtime-activity-change', () => voice.activity === wanted);
  const said = (role: string): Promise<Transcript> =>
    nextEvent(
      voice,
      'realtime-transcript',
      ({ detail: { change, turn } }: Transcript) =>
        change === 'done' && turn.role === role && turn.text !== '',
    );
  /** Holds Space on the talk button while something is said. */
  const talk = async (speaker: Speaker, words: string, key?: string): Promise<string> => {
    const heard = said('user');
    await tabTo('talk-button', key);
    // What came before is thrown away, and the first sound must not go with it.
    const cleared = nextEvent(
      voice,
      'realtime-event',
      ({ detail }: GlobalEventHandlersEventMap['realtime-event']) =>
        detail.type === 'input_audio_buffer.cleared',
    );
    await sendKeys({ down: ' ' });
    await cleared;
    await speaker.say(words);
    await speaker.pause();
    await sendKeys({ up: ' ' });
    return (await heard).detail.turn.text;
  };

  it('is started, talked to, typed to, interrupted, muted, given another microphone, copied and stopped', async () => {
    const connected = status('connected');
    await press('start-button');
    await connected;
    await voice.updateComplete;
    expect(nameOf(focused())).to.equal('stop-button');

    const answered = said('assistant');
    expect(await talk(first, 'what is your name')).to.equal('What is your name?');
    await answered;

    const speaking = activity('speaking');
    await tabTo('text-input');
    await sendKeys({ type: 'tell me a story' });
    await hit('Enter');
    await speaking;
    expect(nameOf(focused())).to.equal('text-input');

    const quiet = activity('listening');
    await tabTo('interrupt-button', BACK);
    await hit('Enter');
    await quiet;
    await voice.updateComplete;
    expect(nameOf(focused())).to.equal('interrupt-button');

    await tabTo('mute-button', BACK);
    await hit('Enter');
    await voice.updateComplete;
    expect([voice.muted, focused().ariaPressed]).to.deep.equal([true, 'true']);
    await labCall(voice.callId);
    await tabTo('talk-button', BACK);
    await sendKeys({ down: ' ' });
    await first.say('hello');
    await sendKeys({ up: ' ' });
    expect((await labCall(voice.callId)).loudest).to.be.lessThan(50);
    await press('mute-button', ' ');
    expect(voice.muted).to.equal(false);

    await press('Settings');
    const chosen = nextEvent(voice, 'realtime-device-change');
    const microphones = (await tabTo('Microphone')) as HTMLSelectElement;
    await until(() => microphones.length > named.length, 'the devices are listed');
    for (const _ of named) await hit('ArrowDown');
    await chosen;
    const isSent = (): boolean =>
      latestPeer()
        .getSenders()
        .some(({ track }) => track !== null && others.includes(track));
    await until(isSent, 'the other microphone is sent');
    expect(await talk(second, 'good morning', BACK)).to.equal('Good morning.');

    await press('Copy transcript');
    await until(() => nameOf(focused()) === 'Copied', 'says so');
    await tabTo('text-input');
    await hit('Control+v');
    expect((focused() as HTMLTextAreaElement).value).to.contain('You: What is your name?\nAssistant: ');
    await hit('Control+a');
    await hit('Delete');

    const ended = status('idle');
    await tabTo('stop-button', BACK);
    await hit('Enter');
    await ended;
    await voice.updateComplete;
    expect([nameOf(focused()), openPeers()]).to.deep.equal(['start-button', 0]);
    expect(others.map(({ readyState }) => readyState)).to.deep.equal(others.map(() => 'ended'));
  });
});
