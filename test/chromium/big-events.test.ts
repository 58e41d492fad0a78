import { expect, html } from '@open-wc/testing';
import { openPanel, parts } from '../panel/panel-fixture.js';
import { countedVoice } from '../support/counted-voice.js';
import { FarEnd } from '../support/far-end.js';
import { leastOfThree, longestTask } from '../support/measure.js';
import { nextEvent } from '../support/next-event.js';
import { apiUrl } from '../support/service-url.js';
import { silence } from '../support/speech.js';
import { until } from '../support/until.js';

/** As much as one message of the channel carries, with room for what is around the words. */
const CHARACTERS = 262_144 - 512;
const FRAME_MS = 200;
const FILE_BYTES = 10_000_000;

describe('events as big as can be', function () {
  this.timeout(60_000);

  it('are shown beside the widget, whose turn keeps a beginning, with no task of 200 ms', async () => {
    const far = new FarEnd();
    const voice = countedVoice(
      { tokenProvider: () => 'ek_local_1', apiUrl, mediaStream: silence() },
      { fetch: far.fetch },
    );
    const panel = await openPanel(html`<realtime-event-panel view="log"></realtime-event-panel>`);
    await voice.start();
    const longest = await leastOfThree((round) =>
      longestTask(async () => {
        const said = nextEvent(voice, 'realtime-transcript');
        const transcript = `${round} ${'word '.repeat(CHARACTERS / 5)}`;
        await far.say({
          type: 'response.output_audio_transcript.done',
          item_id: `a${round}`,
          response_id: 'r',
          output_index: 0,
          content_index: 0,
          transcript,
        });
        await said;
        await until(() => panel.entries.at(-1)?.type === 'response.output_audio_transcript.done');
        await voice.updateComplete;
        await panel.updateComplete;
      }),
    );
    expect(longest).to.be.below(FRAME_MS);
    expect(voice.turns.map(({ text }) => text.slice(0, 6))).to.deep.equal(['0 word', '1 word', '2 word']);
    for (const { text } of voice.turns) expect(text.length).to.be.within(60_000, 66_000);
    far.close();
  });

  it('are imported by the panel, ten megabytes of them', async () => {
    const panel = await openPanel(html`<realtime-event-panel view="log"></realtime-event-panel>`);
    const line = JSON.stringify({ type: 'vendor.big', text: 'word '.repeat(50_000) });
    const count = Math.ceil(FILE_BYTES / line.length);
    await panel.import(Array.from({ length: count }, () => line).join('\n'));
    await until(() => parts(panel, 'row').at(-1)?.ariaPosInSet === String(count));
    expect([panel.total, panel.entries.length]).to.deep.equal([count, count]);
  });
});
