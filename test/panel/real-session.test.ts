import { expect, html, waitUntil } from '@open-wc/testing';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { countedVoice } from '../support/counted-voice.js';
import { nextEvent } from '../support/next-event.js';
import { apiUrl, tokenEndpoint } from '../support/service-url.js';
import { openSpeaker } from '../support/speech.js';
import { openPanel, placePanel, press } from './panel-fixture.js';

const listening = (voice: RealtimeVoiceElement): Promise<unknown> =>
  nextEvent(
    voice,
    'realtime-activity-change',
    () => voice.activity === 'listening' && voice.turns.length > 1,
  );

const transcript = (voice: RealtimeVoiceElement) =>
  voice.turns.map(({ role, text, status }) => ({ role, text, status }));

describe('<realtime-event-panel> beside a real call', function () {
  this.timeout(60_000);

  it('exports a session that, imported and played again, gives the same transcript and the same counts', async () => {
    const panel = await placePanel(html`<realtime-event-panel for="spoken"></realtime-event-panel>`);
    const speaker = await openSpeaker();
    const voice = countedVoice({
      id: 'spoken',
      tokenEndpoint: tokenEndpoint(),
      apiUrl,
      mediaStream: speaker.stream,
    });
    await voice.start();
    const answered = listening(voice);
    await speaker.say('what is your name');
    await answered;
    await voice.stop();
    const log = await panel.export();
    await speaker.close();

    const imported = await placePanel(html`<realtime-event-panel for="nobody"></realtime-event-panel>`);
    await imported.import(log);
    const watching = await placePanel(html`<realtime-event-panel for="replayed"></realtime-event-panel>`);
    const replay = URL.createObjectURL(new Blob([log]));
    const again = countedVoice({ id: 'replayed', replay });
    await again.start();
    if (again.status !== 'idle') {
      await nextEvent(again, 'realtime-status-change', () => again.status === 'idle');
    }

    // The element that plays the log takes steps of its own, beside those of the call.
    const counts = (one: typeof panel): string[] =>
      one.counts
        .filter(({ origin }) => origin !== 'local')
        .map(({ origin, type, count }) => `${origin} ${type} ${count}`)
        .sort();
    expect(transcript(again)).to.deep.equal(transcript(voice));
    expect(transcript(voice).length).to.be.at.least(2);
    expect(counts(imported)).to.deep.equal(counts(panel));
    expect(counts(watching)).to.deep.equal(counts(panel));
    URL.revokeObjectURL(replay);
    voice.remove();
    again.remove();
  });

  it('plays an imported log into the widget, with pause, step and speed', async () => {
    const voice = countedVoice({ id: 'player' });
    const panel = await openPanel(html`<realtime-event-panel for="player"></realtime-event-panel>`);
    const lines = ['session.created', 'response.created', 'rate_limits.updated', 'response.done'].map(
      (type, index) => JSON.stringify({ origin: 'server', time: 1_000 + index * 4_000, event: { type } }),
    );
    await panel.import(lines.join('\n'));
    await waitUntil(() => panel.renderRoot.textContent?.includes('Play it into the widget'));
    press(panel, 'Play it into the widget');
    await waitUntil(() => panel.renderRoot.querySelector('[aria-label="Pause the replay"]'));
    press(panel, 'Pause the replay');
    press(panel, 'Play one event');
    const played = (): string[] =>
      panel.entries.filter(({ origin }) => origin === 'server').map(({ type }) => type);
    await waitUntil(() => played().length === 2);
    expect(voice.player?.paused).to.equal(true);
    const speed = panel.renderRoot.querySelector<HTMLSelectElement>('select')!;
    speed.value = '20';
    speed.dispatchEvent(new Event('change'));
    await panel.updateComplete;
    press(panel, 'Go on with the replay');
    await nextEvent(voice, 'realtime-status-change', () => voice.status === 'idle');
    expect(played().at(-1)).to.equal('response.done');
    await waitUntil(() => voice.replay === undefined, 'the next start is a call again');
    voice.remove();
  });
});
