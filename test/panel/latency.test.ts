import { expect, html } from '@open-wc/testing';
import type { RealtimeEventPanelElement } from '../../src/elements/realtime-event-panel.js';
import { countedVoice } from '../support/counted-voice.js';
import { labCall } from '../support/lab.js';
import { nextEvent } from '../support/next-event.js';
import { apiUrl, tokenEndpoint } from '../support/service-url.js';
import { openSpeaker } from '../support/speech.js';
import { openPanel } from './panel-fixture.js';
import { until } from '../support/until.js';

type Numbers = Readonly<Record<string, number>>;

const NAMES: Readonly<Record<string, string>> = {
  firstText: 'First text',
  firstAudio: 'First sound',
  end: 'End of answer',
  bargeIn: 'Silent after interruption',
};

/** The numbers beside each turn as somebody would read them, in milliseconds, the first turn first. */
function shown(panel: RealtimeEventPanelElement): Numbers[] {
  const turns = [...panel.renderRoot.querySelectorAll('.turn:has(.turn-title)')];
  return turns.toReversed().map((turn) =>
    Object.fromEntries(
      [...turn.querySelectorAll('.fact')].map((fact) => {
        const [, name = '', value, unit] = /^(.+) ([\d.]+) (ms|s)$/.exec(fact.textContent ?? '') ?? [];
        return [name, Number(value) * (unit === 's' ? 1_000 : 1)];
      }),
    ),
  );
}

describe('<realtime-event-panel> timing a real call', function () {
  this.timeout(60_000);

  it('shows latencies that the server measured too, to a fifth', async () => {
    const panel = await openPanel(
      html`<realtime-event-panel for="timed" view="timeline"></realtime-event-panel>`,
    );
    const speaker = await openSpeaker();
    const voice = countedVoice({
      id: 'timed',
      tokenEndpoint: tokenEndpoint('leisurely'),
      apiUrl,
      mediaStream: speaker.stream,
    });
    const doing = (activity: string): Promise<unknown> =>
      nextEvent(voice, 'realtime-activity-change', () => voice.activity === activity);
    await voice.start();
    const speaking = doing('speaking');
    await speaker.say('tell me a story');
    await speaking;
    const interrupted = doing('hearing');
    await speaker.say('what is your name');
    await interrupted;
    await doing('listening');
    const { times } = await labCall(voice.callId);
    voice.stop();
    await speaker.close();

    const measured = times.map((turn) =>
      Object.entries(turn).filter((entry): entry is [string, number] => entry[1] !== null),
    );
    expect(measured.map((turn) => turn.length)).to.deep.equal([4, 3]);
    await until(() => shown(panel)[1]?.['End of answer'] !== undefined);
    for (const [index, turn] of measured.entries()) {
      for (const [name, value] of turn) {
        const seen = shown(panel)[index]?.[NAMES[name] ?? ''];
        expect(seen, `${name} of turn ${index + 1}`).to.be.within(value * 0.8, value * 1.2);
      }
    }
    voice.remove();
  });
});
