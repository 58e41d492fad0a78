import { expect } from '@open-wc/testing';
import type { StagedVoice } from '../../demo/gallery/staged-voice.js';
import { RealtimeError } from '../../src/index.js';
import { clockedVoice } from '../support/clocked-voice.js';
import type { HandClock } from '../support/hand-clock.js';
import { until } from '../support/until.js';

describe('the status of <realtime-voice>', () => {
  let voice: StagedVoice;
  let clock: HandClock;

  beforeEach(async () => {
    ({ voice, clock } = clockedVoice());
    await voice.updateComplete;
  });
  afterEach(() => voice.remove());

  const says = async (work: () => void): Promise<string> => {
    work();
    await voice.updateComplete;
    return voice.text('status');
  };

  for (const [phase, words] of [
    ['consent', 'Waiting for your consent'],
    ['microphone', 'Waiting for the microphone…'],
    ['token', 'Connecting…'],
    ['configuring', 'Almost there…'],
  ] as const) {
    it(`names what is waited for: ${phase}`, async () => {
      expect(await says(() => voice.stage.show('connecting', { phase }))).to.equal(words);
    });
  }

  it('says that there is a wait before the call, and until when', async () => {
    const wait = (ms: number): Promise<string> =>
      says(() => voice.stage.show('connecting', { phase: 'token', retryAt: clock.now() + ms }));
    expect(await wait(8_900)).to.equal('Many calls right now. Starting in 9 seconds…');
    expect(await wait(-1)).to.equal('Many calls right now. Starting soon…');
    expect(await says(() => voice.stage.show('connecting', { phase: 'token' }))).to.equal('Connecting…');
  });

  for (const [reason, words] of [
    ['user', 'Call ended'],
    ['host', 'Call ended'],
    ['remote', 'The call was ended by the other side'],
    ['limit', 'The call has ended'],
    ['expired', 'The time for this call is over'],
    ['superseded', 'The call ended because another one began'],
  ] as const) {
    it(`says why a call has ended: ${reason}`, async () => {
      voice.stage.show('connected', { connectedAt: Date.now() });
      expect(await says(() => voice.stage.show('idle', { reason }))).to.equal(words);
    });
  }

  it('does not flicker: what lasts only a moment is not shown', async () => {
    voice.stage.show('connected', { connectedAt: Date.now() });
    voice.stage.act('speaking');
    await voice.updateComplete;
    const shown: string[] = [];
    const observer = new MutationObserver(() => shown.push(voice.text('status')));
    observer.observe(voice.renderRoot.querySelector('[part="status"]')!, {
      characterData: true,
      subtree: true,
    });
    voice.stage.act('listening');
    voice.stage.act('thinking');
    voice.stage.act('listening');
    voice.stage.act('speaking');
    await voice.updateComplete;
    voice.stage.act('listening');
    await until(() => shown.at(-1) === 'Listening');
    observer.disconnect();
    expect(shown).to.deep.equal(['Listening']);
  });

  it('is there for style sheets by the time that a page hears of it', async () => {
    const seen: unknown[] = [];
    const look = (): void => {
      const { activity, dataset } = voice;
      seen.push([activity, dataset['activity'], voice.matches(`:state(${activity})`)]);
    };
    voice.stage.show('connected', { connectedAt: Date.now() });
    voice.addEventListener('realtime-activity-change', look);
    const all = ['speaking', 'listening', 'thinking', 'hearing'] as const;
    for (const activity of all) voice.stage.act(activity);
    expect(seen).to.deep.equal(all.map((activity) => [activity, activity, true]));
    voice.removeEventListener('realtime-activity-change', look);
    voice.addEventListener('realtime-mute-change', () => seen.push(voice.matches(':state(muted)')));
    voice.muted = true;
    voice.muted = false;
    expect(seen.slice(all.length)).to.deep.equal([true, false]);
  });

  it('counts the time of the call, and stops when it is over', async () => {
    const timer = (): string | undefined => voice.renderRoot.querySelector('[part="timer"]')?.textContent;
    voice.stage.show('connected', { connectedAt: clock.now() - 65_000 });
    await voice.updateComplete;
    expect(timer()).to.equal('1:05');
    clock.advance(1_000);
    await until(() => timer() === '1:06');
    for (const end of ['failed', 'idle'] as const) {
      voice.stage.show(end, { error: new RealtimeError('connection.gave_up') });
      await voice.updateComplete;
      expect(timer()).to.equal(undefined);
    }
  });
});
