import { expect, html, nextFrame } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { spokenTurn, Script } from '../event-log/envelopes.js';
import { Speaker, openPanel, part, parts, press, reads, replay, texts } from './panel-fixture.js';
import { until } from '../support/until.js';

const delta = (text: string) => ({
  type: 'response.output_text.delta',
  item_id: 'a',
  content_index: 0,
  delta: text,
});

/** A log of two hundred events, all of them read. */
async function readingLog(template = html`<realtime-event-panel view="log"></realtime-event-panel>`) {
  const panel = await openPanel(template);
  const speaker = new Speaker(document.body);
  for (let index = 0; index < 200; index += 1) speaker.server({ type: `t${index}` });
  await until(() => parts(panel, 'row').at(-1)?.ariaPosInSet === '200');
  return { panel, log: part(panel, 'log')!, speaker };
}

describe('<realtime-event-panel>', () => {
  it('says so when there is nothing to show', async () => {
    const panel = await openPanel();
    expect(texts(panel, 'empty')).to.deep.equal([
      'No events yet. They appear here as soon as a call begins.',
    ]);
  });

  it('counts each type from each side, the most frequent first', async () => {
    const panel = await openPanel();
    const speaker = new Speaker(document.body);
    speaker.client({ type: 'response.create' });
    speaker.server(delta('a'));
    speaker.server(delta('b'));
    await reads(panel, 'count-type', ['response.output_text.delta', 'response.create']);
    expect(texts(panel, 'count-value')).to.deep.equal(['2', '1']);
    expect(texts(panel, 'direction')).to.deep.equal(['↓received', '↑sent']);
    expect(texts(panel, 'total')).to.deep.equal(['3 events']);
  });

  it('leaves the rows in their places while the pointer is among them', async () => {
    const panel = await openPanel();
    const speaker = new Speaker(document.body);
    speaker.server({ type: 'first' });
    await reads(panel, 'count-type', ['first']);
    part(panel, 'counts')!.dispatchEvent(new PointerEvent('pointerenter'));
    for (let index = 0; index < 5; index += 1) speaker.server({ type: 'second' });
    await reads(panel, 'count-value', ['1', '5']);
    press(panel, 'Count↓');
    await reads(panel, 'count-type', ['second', 'first']);
  });

  it('shows the events of a type when its row is pressed', async () => {
    const panel = await openPanel();
    const speaker = new Speaker(document.body);
    speaker.server({ type: 'session.created' });
    speaker.server({ type: 'session.created.not' });
    await reads(panel, 'count-type', ['session.created', 'session.created.not']);
    press(panel, 'session.created');
    await reads(panel, 'type', ['session.created']);
    expect([panel.view, panel.filter, panel.direction]).to.deep.equal([
      'log',
      'type:session.created',
      'server',
    ]);
  });

  for (const [placement, edge, other] of [
    ['top-end', 'top', 'bottom'],
    ['bottom-end', 'bottom', 'top'],
  ] as const)
    it(`is fixed in a corner of the page: ${placement}`, async () => {
      const panel = await openPanel();
      panel.placement = placement;
      await panel.updateComplete;
      const style = getComputedStyle(panel);
      expect([style.position, style[edge], style.right]).to.deep.equal(['fixed', '16px', '16px']);
      expect(Number.parseFloat(style[other])).to.be.greaterThan(16);
    });

  it('mirrors its settings in its attributes', async () => {
    const panel = await openPanel();
    panel.view = 'log';
    panel.filter = 'speech';
    panel.paused = true;
    await panel.updateComplete;
    expect(panel.outerHTML).to.contain('view="log"').and.contain('filter="speech"').and.contain('paused=""');
    panel.setAttribute('view', 'nonsense');
    expect(panel.view).to.equal('counts');
  });

  it('folds deltas into one row with their text', async () => {
    const panel = await openPanel(html`<realtime-event-panel view="log"></realtime-event-panel>`);
    const speaker = new Speaker(document.body);
    for (const word of ['Three', ' trains', ' leave']) speaker.server(delta(word));
    await reads(panel, 'repeat', ['×3']);
    expect(texts(panel, 'summary')).to.deep.equal(['Three trains leave']);
  });

  it('shows what there is by then when its log is opened while it is paused', async () => {
    const panel = await openPanel();
    const speaker = new Speaker(document.body);
    speaker.server({ type: 'before' });
    panel.pause();
    panel.view = 'log';
    await reads(panel, 'type', ['before']);
    speaker.server({ type: 'after' });
    await until(() => panel.renderRoot.textContent?.includes('1 new'));
    expect(texts(panel, 'type')).to.deep.equal(['before']);
  });

  it('holds the log still while it is paused, and counts on', async () => {
    const panel = await openPanel(html`<realtime-event-panel view="log"></realtime-event-panel>`);
    const speaker = new Speaker(document.body);
    speaker.server({ type: 'a' });
    await reads(panel, 'type', ['a']);
    panel.pause();
    speaker.server({ type: 'b' });
    await reads(panel, 'total', ['2 events']);
    expect(texts(panel, 'type')).to.deep.equal(['a']);
    panel.resume();
    await reads(panel, 'type', ['a', 'b']);
  });

  it('draws at most 150 rows of a hundred thousand events, and keeps the newest in sight', async () => {
    const panel = await openPanel(
      html`<realtime-event-panel view="log" max-events="100000"></realtime-event-panel>`,
    );
    const speaker = new Speaker(document.body);
    for (let index = 0; index < 100_000; index += 1) speaker.server({ type: `t${index % 30}`, index }, 1);
    await until(() => parts(panel, 'row').at(-1)?.ariaPosInSet === '100000');
    expect(parts(panel, 'row').length).to.be.at.most(150);
  });

  it('leaves the reader where the reader is', async () => {
    const { panel, log, speaker } = await readingLog();
    log.scrollTop = 320;
    await until(() => texts(panel, 'type').includes('t10'));
    for (let index = 200; index < 400; index += 1) speaker.server({ type: `t${index}` });
    await reads(panel, 'total', ['400 events']);
    expect(log.scrollTop).to.equal(320);
    press(panel, 'Jump to the latest');
    await until(() => texts(panel, 'type').includes('t399'));
  });

  it('lets the reader go from the end in the moment in which it draws', async () => {
    const { panel, log } = await readingLog();
    await until(() => log.scrollTop > 320);
    await nextFrame();
    log.scrollTop = 320;
    // The browser tells of the scrolling with the next frame; this is sooner.
    panel.requestUpdate();
    await panel.updateComplete;
    expect(log.scrollTop).to.equal(320);
    await until(() => texts(panel, 'type').includes('t10'));
  });

  it('keeps what somebody reads under their eyes while older events are dropped', async () => {
    const { panel, log, speaker } = await readingLog(
      html`<realtime-event-panel view="log" max-events="200"></realtime-event-panel>`,
    );
    log.scrollTop = 3_200;
    await until(() => texts(panel, 'type').includes('t100'));
    const place = (): number =>
      parts(panel, 'type')
        .find(({ textContent }) => textContent === 't100')!
        .getBoundingClientRect().top;
    const before = place();
    for (let index = 200; index < 230; index += 1) speaker.server({ type: `t${index}` });
    await until(() => parts(panel, 'row')[0]?.ariaSetSize === '200' && panel.dropped === 30);
    await until(
      () => parts(panel, 'row').find((row) => row.textContent?.includes('t100'))?.ariaPosInSet === '71',
    );
    expect(place()).to.be.closeTo(before, 1);
  });

  it('shows a chosen event as a tree, without its secrets', async () => {
    const panel = await openPanel(html`<realtime-event-panel view="log"></realtime-event-panel>`);
    new Speaker(document.body).server({
      type: 'session.created',
      session: { client_secret: 'abcdef', model: 'x' },
    });
    await reads(panel, 'type', ['session.created']);
    parts(panel, 'row')[0]!.click();
    await until(() => part(panel, 'payload'));
    expect(part(panel, 'payload')!.textContent).to.contain('model').and.not.contain('abcdef');
  });

  it('can be read with the keyboard', async () => {
    const panel = await openPanel(html`<realtime-event-panel view="log"></realtime-event-panel>`);
    const speaker = new Speaker(document.body);
    for (const type of ['a', 'b', 'c']) speaker.server({ type });
    await reads(panel, 'type', ['a', 'b', 'c']);
    part(panel, 'log')!.focus();
    await sendKeys({ press: 'Home' });
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'Enter' });
    await until(() => part(panel, 'detail')?.textContent?.includes('b'));
    await sendKeys({ press: 'Escape' });
    await until(() => part(panel, 'detail') === null);
  });

  it('leads from an error to the event that caused it', async () => {
    const panel = await openPanel(html`<realtime-event-panel view="log"></realtime-event-panel>`);
    const speaker = new Speaker(document.body);
    speaker.client({ type: 'session.update', event_id: 'mine', session: { type: 'realtime' } });
    for (let index = 0; index < 100; index += 1) speaker.server({ type: 'noise' });
    speaker.server({ type: 'error', error: { event_id: 'mine' } });
    await until(() => parts(panel, 'row-error').length === 1);
    parts(panel, 'row-error')[0]!.click();
    await panel.updateComplete;
    press(panel, 'Show the session.update that it is about');
    await until(() => part(panel, 'detail')?.textContent?.includes('mine'));
    await until(() => texts(panel, 'type').includes('session.update'), 'the row is in sight');
  });

  it('draws markup as text', async () => {
    const panel = await openPanel(html`<realtime-event-panel view="log"></realtime-event-panel>`);
    const markup = '<img src=x onerror="document.title=1"><script>document.title=1</script>';
    new Speaker(document.body).server({ type: markup, delta: markup, [markup]: markup });
    await reads(panel, 'type', [markup]);
    parts(panel, 'row')[0]!.click();
    await until(() => part(panel, 'payload'));
    expect(panel.renderRoot.querySelector('img, script')).to.equal(null);
  });

  it('shows the turns with their latencies', async () => {
    const panel = await openPanel(html`<realtime-event-panel view="timeline"></realtime-event-panel>`);
    const script = new Script();
    spokenTurn(script);
    replay(script);
    await until(() => parts(panel, 'lane').length === 4);
    expect(part(panel, 'timeline')!.textContent).to.contain('600 ms').and.contain('750 ms');
    expect(parts(panel, 'span').length).to.equal(5);
  });

  it('says what a client does wrong, and shows where', async () => {
    const panel = await openPanel();
    new Speaker(document.body).client({ type: 'session.update', session: { instructions: 'x' } });
    await until(() => parts(panel, 'hint').length === 1);
    expect(texts(panel, 'hint')[0]).to.contain('without session.type');
    press(panel, 'Show');
    await until(() => part(panel, 'detail'));
    expect(panel.view).to.equal('log');
  });

  it('shows the event that a hint is about, also one that came while the log was held still', async () => {
    const panel = await openPanel(html`<realtime-event-panel view="log"></realtime-event-panel>`);
    const speaker = new Speaker(document.body);
    speaker.server({ type: 'session.created' });
    await reads(panel, 'type', ['session.created']);
    panel.pause();
    speaker.client({ type: 'session.update', session: { instructions: 'x' } });
    await until(() => parts(panel, 'hint').length === 1);
    press(panel, 'Show');
    await until(() => part(panel, 'detail'));
    expect(part(panel, 'detail')!.querySelector('.detail-type')!.textContent).to.equal('session.update');
  });

  it('says in which language it speaks where the page speaks another', async () => {
    const panel = await openPanel(html`<div lang="fr"><realtime-event-panel></realtime-event-panel></div>`);
    expect(part(panel, 'base')?.lang).to.equal('en');
  });

  it('speaks Japanese where the page does', async () => {
    const panel = await openPanel(html`<div lang="ja"><realtime-event-panel></realtime-event-panel></div>`);
    expect(texts(panel, 'heading')).to.deep.equal(['リアルタイムイベント']);
  });

  it('follows the language of the page when that is set later, and keeps what it has counted', async () => {
    const panel = await openPanel(html`<div lang="en"><realtime-event-panel></realtime-event-panel></div>`);
    new Speaker(document.body).server({ type: 'response.created' });
    await reads(panel, 'count-type', ['response.created']);
    panel.parentElement!.lang = 'ja';
    await reads(panel, 'heading', ['リアルタイムイベント']);
    await until(() => /[ぁ-ん]/.test(part(panel, 'count-row')?.textContent ?? ''));
    expect([part(panel, 'base')!.lang, texts(panel, 'count-type')]).to.deep.equal([
      'ja',
      ['response.created'],
    ]);
  });
});
