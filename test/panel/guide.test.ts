import { expect, html } from '@open-wc/testing';
import { Script, spokenTurn } from '../event-log/envelopes.js';
import { Speaker, openPanel, part, parts, press, reads, replay, texts } from './panel-fixture.js';
import { until } from '../support/until.js';

describe('<realtime-event-panel> explaining', () => {
  it('says under each type what it means', async () => {
    const panel = await openPanel();
    new Speaker(document.body).server({ type: 'response.created' });
    await until(() => part(panel, 'count-row')?.textContent?.includes('An answer begins'));
  });

  it('tells of a chosen event what it means, when it comes and what a page does with it', async () => {
    const panel = await openPanel(html`<realtime-event-panel view="log"></realtime-event-panel>`);
    new Speaker(document.body).server({ type: 'response.created' });
    await reads(panel, 'type', ['response.created']);
    parts(panel, 'row')[0]!.click();
    await until(() => part(panel, 'guide')?.querySelector('dt')?.textContent === 'When');
    expect(part(panel, 'guide')!.textContent).to.contain('What a page does with it');
  });

  it('says of a type that the protocol does not know that it does not', async () => {
    const panel = await openPanel(html`<realtime-event-panel view="log"></realtime-event-panel>`);
    new Speaker(document.body).server({ type: 'session.end' });
    await reads(panel, 'type', ['session.end']);
    parts(panel, 'row')[0]!.click();
    await until(() => part(panel, 'guide')?.textContent?.includes('no event called session.end'));
  });

  it('sums up what happened in a row', async () => {
    const panel = await openPanel(html`<realtime-event-panel view="log"></realtime-event-panel>`);
    new Speaker(document.body).server({
      type: 'error',
      error: { code: 'unknown_parameter', message: 'No.' },
    });
    await reads(panel, 'summary', ['unknown_parameter: No.']);
  });

  it('tells a turn as a lesson, step by step, and leads from a step to its event', async () => {
    const panel = await openPanel(html`<realtime-event-panel view="timeline"></realtime-event-panel>`);
    const script = new Script();
    script.server({ type: 'session.created' });
    spokenTurn(script);
    replay(script);
    const steps = (): string[] =>
      [...panel.renderRoot.querySelectorAll('.lesson b')].map((step) => step.textContent ?? '');
    await until(() => steps()[0] === 'The visitor speaks', 'the first turn tells itself');
    expect(steps().length).to.equal(12);
    press(panel, 'output_audio_buffer.started');
    await until(() => part(panel, 'detail')?.textContent?.includes('output_audio_buffer.started'));
  });

  it('only names the steps of a lesson that a page may pass over', async () => {
    const panel = await openPanel(html`<realtime-event-panel view="timeline"></realtime-event-panel>`);
    const script = new Script();
    script.server({ type: 'input_audio_buffer.speech_started', item_id: 'u1' });
    for (const type of ['rate_limits.updated', 'response.content_part.added', 'response.created'])
      script.server({ type });
    replay(script);
    await until(() => part(panel, 'lesson')?.textContent?.includes('and 2 that a page may pass over'));
    expect(part(panel, 'lesson')!.querySelectorAll('b').length).to.equal(2);
  });

  it('leads from the counts to what just happened', async () => {
    const panel = await openPanel();
    const script = new Script();
    spokenTurn(script);
    replay(script);
    await until(() => panel.renderRoot.textContent?.includes('What just happened?'));
    press(panel, 'What just happened?');
    await until(() => part(panel, 'lesson')?.textContent?.includes('The visitor speaks'));
    expect(panel.view).to.equal('timeline');
  });

  it('marks in the counts how much each type matters', async () => {
    const panel = await openPanel();
    const speaker = new Speaker(document.body);
    for (const type of ['response.created', 'session.created', 'rate_limits.updated', 'session.end'])
      speaker.server({ type });
    await reads(panel, 'matters', ['Essential', 'Useful', 'May be ignored']);
  });

  it('leaves out of the counts what matters little, and says so, but nothing that failed or is unknown', async () => {
    const panel = await openPanel();
    const speaker = new Speaker(document.body);
    const failed = 'conversation.item.input_audio_transcription.failed';
    const all = [
      'response.created',
      'rate_limits.updated',
      'response.content_part.added',
      failed,
      'session.end',
    ];
    for (const type of all) speaker.server({ type });
    await reads(panel, 'count-type', all);
    await until(() => part(panel, 'matters'));
    press(panel, 'Only what matters');
    await reads(panel, 'count-type', ['response.created', failed, 'session.end']);
    expect(texts(panel, 'base')[0]).to.contain('2 types with 2 events left out');
    press(panel, 'Show all');
    await reads(panel, 'count-type', all);
  });

  it('explains in Japanese where the page does', async () => {
    const panel = await openPanel(html`<div lang="ja"><realtime-event-panel></realtime-event-panel></div>`);
    new Speaker(document.body).server({ type: 'response.created' });
    await until(() => /[ぁ-ん]/.test(part(panel, 'count-row')?.textContent ?? ''));
  });
});
