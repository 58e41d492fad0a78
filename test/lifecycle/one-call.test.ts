import { expect } from '@open-wc/testing';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { countedVoice } from '../support/counted-voice.js';
import { HandClock } from '../support/hand-clock.js';
import { nextEvent } from '../support/next-event.js';
import { PretendLine } from '../support/pretend-line.js';

/** As another tab tells it. */
const ANOTHER = 'another tab';

describe('one call at a time', () => {
  const voices: RealtimeVoiceElement[] = [];
  afterEach(() => {
    for (const voice of voices.splice(0)) voice.remove();
  });

  const make = (properties: Partial<RealtimeVoiceElement> = {}): RealtimeVoiceElement => {
    const [line, clock] = [new PretendLine(), new HandClock()];
    const voice = countedVoice(properties, { open: line.dial, clock });
    voices.push(voice);
    return voice;
  };
  const asks = (voice: RealtimeVoiceElement): HTMLElement | null =>
    voice.renderRoot.querySelector<HTMLElement>('[part="accept-button"]');
  const accept = async (voice: RealtimeVoiceElement): Promise<void> => {
    const started = voice.start();
    await voice.updateComplete;
    asks(voice)!.click();
    await started;
  };
  const ended = (voice: RealtimeVoiceElement): Promise<CustomEvent> =>
    nextEvent(voice, 'realtime-status-change', () => voice.status === 'idle');

  it('ends that of another widget with every call, also where the visitor has agreed before', async () => {
    const [one, two] = [make({ consent: true }), make()];
    await accept(one);
    one.stop();
    await two.start();
    await one.start();
    expect([one.status, two.status]).to.deep.equal(['connected', 'idle']);
  });

  it('is ended by another tab, also where the visitor has agreed before', async () => {
    const voice = make({ consent: true });
    await accept(voice);
    voice.stop();
    await voice.start();
    const end = ended(voice);
    const tab = new BroadcastChannel('realtime-voice');
    tab.postMessage(ANOTHER);
    expect((await end).detail).to.include({ reason: 'superseded' });
    tab.close();
  });

  it('goes on beside a replay, which is no call', async () => {
    const [call, replay] = [make(), make({ replay: 'data:,{"type":"session.created"}', consent: true })];
    await call.start();
    await accept(replay);
    replay.consent = false;
    replay.stop();
    await replay.start();
    expect(call.status).to.equal('connected');
  });

  it('does not end a replay either', async () => {
    const [call, replay] = [make(), make({ replay: 'data:,{"type":"session.created"}' })];
    const ends: unknown[] = [];
    replay.addEventListener('realtime-status-change', ({ detail }) => ends.push(detail.reason));
    await replay.start();
    replay.player!.pause();
    await call.start();
    expect([replay.status, call.status, ends.includes('superseded')]).to.deep.equal([
      'connected',
      'connected',
      false,
    ]);
  });

  it('ends no other where the page stops it as soon as the visitor agrees', async () => {
    const [other, voice] = [make(), make({ consent: true })];
    await other.start();
    voice.addEventListener('realtime-consent', () => voice.stop());
    await accept(voice).catch(() => {});
    expect([voice.status, other.status]).to.deep.equal(['idle', 'connected']);
  });

  it('asks anew when it is stopped and started again in one go', async () => {
    const voice = make({ consent: true });
    const first = voice.start().catch(({ code }: { code: string }) => code);
    await voice.updateComplete;
    voice.stop();
    const second = voice.start();
    expect(await first).to.equal('lifecycle.aborted');
    await voice.updateComplete;
    expect([voice.status, asks(voice) !== null]).to.deep.equal(['connecting', true]);
    asks(voice)!.click();
    await second;
    expect(voice.status).to.equal('connected');
  });
});
