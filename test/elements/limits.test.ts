import { expect } from '@open-wc/testing';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { countedVoice } from '../support/counted-voice.js';
import { HandClock } from '../support/hand-clock.js';
import { PretendLine } from '../support/pretend-line.js';
import { until } from '../support/until.js';

const LIVE = '[aria-live], [role="status"], [role="alert"], [role="log"]';

describe('what <realtime-voice> says of a limit that is near', () => {
  let voice: RealtimeVoiceElement;
  let line: PretendLine;
  let clock: HandClock;

  beforeEach(async () => {
    [line, clock] = [new PretendLine(), new HandClock()];
    voice = countedVoice({ maxDuration: 600, idleTimeout: 0 }, { open: line.dial, clock });
    await voice.start();
  });
  afterEach(() => voice.remove());

  const notice = (): HTMLElement | null =>
    voice.renderRoot.querySelector<HTMLElement>('[part="notice"].info');
  const read = (): string => notice()?.textContent.trim() ?? '';
  const after = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await voice.updateComplete;
  };
  const speech = (type: 'started' | 'stopped'): object => ({
    type: `input_audio_buffer.speech_${type}`,
    item_id: 'a',
  });

  it('counts what is left, second by second', async () => {
    await after(570_000);
    expect(read()).to.equal('This call will end in 30 seconds.');
    clock.advance(18_000);
    await until(() => read() === 'This call will end in 12 seconds.');
  });

  it('is read out once, and not with every second', async () => {
    await after(570_000);
    const region = voice.renderRoot.querySelector('.announcer')!;
    expect(region.textContent).to.equal('This call will end in 30 seconds.');
    clock.advance(10_000);
    await until(() => read().includes('20'));
    expect([region.textContent, notice()!.closest(LIVE)]).to.deep.equal([
      'This call will end in 30 seconds.',
      null,
    ]);
  });

  it('goes when the page gives the call more time', async () => {
    voice.addEventListener('realtime-limit-warning', () => (voice.maxDuration = 1_200), { once: true });
    await after(570_000);
    await voice.updateComplete;
    expect([notice(), voice.matches(':state(limit-near)')]).to.deep.equal([null, false]);
    expect(voice.renderRoot.querySelector('.announcer')!.textContent).not.to.include('will end');
  });

  it('goes as soon as the visitor speaks, and leaves the other limit that is near', async () => {
    voice.idleTimeout = 575;
    await after(571_000);
    expect(read()).to.equal('Say or type something, or this call will end in 4 seconds.');
    line.latest.say(speech('started'));
    await voice.updateComplete;
    expect([read(), voice.matches(':state(limit-near)')]).to.deep.equal([
      'This call will end in 29 seconds.',
      true,
    ]);
    voice.maxDuration = 0;
    await voice.updateComplete;
    expect([notice(), voice.matches(':state(limit-near)')]).to.deep.equal([null, false]);
  });
});
