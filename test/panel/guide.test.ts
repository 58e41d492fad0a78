import { expect, html, waitUntil } from '@open-wc/testing';
import { Script, spokenTurn } from '../event-log/envelopes.js';
import { Speaker, openPanel, part, parts, press, reads, replay } from './panel-fixture.js';

describe('<realtime-event-panel> explaining', () => {
  it('says under each type what it means', async () => {
    const panel = await openPanel();
    new Speaker(document.body).server({ type: 'response.created' });
    await waitUntil(() => part(panel, 'count-row')?.textContent?.includes('An answer begins'));
  });

  it('tells of a chosen event what it means, when it comes and what a page does with it', async () => {
    const panel = await openPanel(html`<realtime-event-panel view="log"></realtime-event-panel>`);
    new Speaker(document.body).server({ type: 'response.created' });
    await reads(panel, 'type', ['response.created']);
    parts(panel, 'row')[0]!.click();
    await waitUntil(() => part(panel, 'guide')?.textContent?.includes('When it comes'));
    expect(part(panel, 'guide')!.textContent).to.contain('What a page does with it');
  });

  it('says of a type that the protocol does not know that it does not', async () => {
    const panel = await openPanel(html`<realtime-event-panel view="log"></realtime-event-panel>`);
    new Speaker(document.body).server({ type: 'session.end' });
    await reads(panel, 'type', ['session.end']);
    parts(panel, 'row')[0]!.click();
    await waitUntil(() => part(panel, 'guide')?.textContent?.includes('no event called session.end'));
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
    await waitUntil(() => panel.renderRoot.querySelectorAll('.lesson-box').length === 2);
    panel.renderRoot.querySelector<HTMLElement>('.lesson-box summary')!.click();
    const steps = (): string[] =>
      [...panel.renderRoot.querySelectorAll('.lesson b')].map((step) => step.textContent ?? '');
    await waitUntil(() => steps()[0] === 'The visitor speaks');
    expect(steps().length).to.equal(12);
    press(panel, 'output_audio_buffer.started');
    await waitUntil(() => part(panel, 'detail')?.textContent?.includes('output_audio_buffer.started'));
  });

  it('explains in Japanese where the page does', async () => {
    const panel = await openPanel(html`<div lang="ja"><realtime-event-panel></realtime-event-panel></div>`);
    new Speaker(document.body).server({ type: 'response.created' });
    await waitUntil(() => /[ぁ-ん]/.test(part(panel, 'count-row')?.textContent ?? ''));
  });
});
