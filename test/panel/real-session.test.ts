import { expect, html } from '@open-wc/testing';
import type { RealtimeEventPanelElement } from '../../src/elements/realtime-event-panel.js';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { countedVoice } from '../support/counted-voice.js';
import { nextEvent } from '../support/next-event.js';
import { apiUrl, tokenEndpoint } from '../support/service-url.js';
import { openSpeaker } from '../support/speech.js';
import { openPanel, placePanel, press, texts } from './panel-fixture.js';
import { until } from '../support/until.js';

const listening = (voice: RealtimeVoiceElement): Promise<unknown> =>
  nextEvent(
    voice,
    'realtime-activity-change',
    () => voice.activity === 'listening' && voice.turns.length > 1,
  );

const transcript = (voice: RealtimeVoiceElement) =>
  voice.turns.map(({ role, text, status }) => ({ role, text, status }));

const counts = (panel: RealtimeEventPanelElement): string[] =>
  panel.counts.map(({ origin, type, count }) => `${origin} ${type} ${count}`).sort();

/** A page of its own: its own document, modules and registry. */
async function freshPage() {
  const frame = document.createElement('iframe');
  frame.src = '/test/panel/fresh-page.html';
  // What nobody can see is not drawn.
  frame.style.cssText = 'position: fixed; inset: 0; block-size: 100%';
  document.body.append(frame);
  await nextEvent(frame, 'load');
  const inner = frame.contentWindow as unknown as Window & typeof globalThis;
  await inner.customElements.whenDefined('realtime-event-panel');
  return {
    File: inner.File,
    voice: inner.document.querySelector('realtime-voice') as RealtimeVoiceElement,
    panel: inner.document.querySelector('realtime-event-panel') as RealtimeEventPanelElement,
    close: () => frame.remove(),
  };
}

describe('<realtime-event-panel> beside a real call', function () {
  this.timeout(60_000);

  it('exports a session that, opened and played in a fresh page, gives the same transcript and the same counts', async () => {
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
    voice.stop();
    await speaker.close();
    await until(() => panel.renderRoot.textContent?.includes('What just happened?'), 'its events are judged');
    expect(texts(panel, 'hint'), 'a sound client').to.deep.equal([]);

    const fresh = await freshPage();
    const file = new fresh.File([await panel.export()], 'session.jsonl');
    await fresh.panel.import(file);
    await until(
      () => fresh.panel.renderRoot.textContent?.includes('Play it into the widget'),
      'the log is on show',
    );
    expect(counts(fresh.panel), 'imported').to.deep.equal(counts(panel));
    press(fresh.panel, 'Play it into the widget');
    await until(() => fresh.voice.player);
    fresh.voice.player!.speed = 20;
    await nextEvent(fresh.voice, 'realtime-status-change', () => fresh.voice.status === 'idle');

    expect(counts(fresh.panel), 'played').to.deep.equal(counts(panel));
    expect(transcript(fresh.voice)).to.deep.equal(transcript(voice));
    expect(transcript(voice).length).to.be.at.least(2);
    voice.remove();
    fresh.close();
  });

  it('plays an imported log into the widget, with pause, step and speed', async () => {
    const voice = countedVoice({ id: 'player' });
    const panel = await openPanel(html`<realtime-event-panel for="player"></realtime-event-panel>`);
    const lines = ['session.created', 'response.created', 'rate_limits.updated', 'response.done'].map(
      (type, index) => JSON.stringify({ origin: 'server', time: 1_000 + index * 4_000, event: { type } }),
    );
    await panel.import(lines.join('\n'));
    await until(() => panel.renderRoot.textContent?.includes('Play it into the widget'));
    press(panel, 'Play it into the widget');
    await until(() => panel.renderRoot.querySelector('[aria-label="Pause the replay"]'));
    expect(voice.replay, 'the next start is a call again, also where no panel is drawn any more').to.equal(
      undefined,
    );
    press(panel, 'Pause the replay');
    press(panel, 'Play one event');
    const played = (): string[] =>
      panel.entries.filter(({ origin }) => origin === 'server').map(({ type }) => type);
    await until(() => played().length === 2);
    expect(voice.player?.paused).to.equal(true);
    const speed = panel.renderRoot.querySelector<HTMLSelectElement>('select')!;
    speed.value = '20';
    speed.dispatchEvent(new Event('change'));
    await panel.updateComplete;
    press(panel, 'Resume the replay');
    await nextEvent(voice, 'realtime-status-change', () => voice.status === 'idle');
    expect(played().at(-1)).to.equal('response.done');
    voice.remove();
  });
});
