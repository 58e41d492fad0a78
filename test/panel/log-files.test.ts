import { expect, html } from '@open-wc/testing';
import { Script, spokenTurn } from '../event-log/envelopes.js';
import {
  Speaker,
  openComposer,
  openPanel,
  part,
  parts,
  press,
  reads,
  replay,
  texts,
} from './panel-fixture.js';
import { until } from '../support/until.js';

describe('<realtime-event-panel> log files', () => {
  it('exports what it can import again', async () => {
    const panel = await openPanel();
    const script = new Script();
    spokenTurn(script);
    replay(script);
    const counts = panel.counts.map(({ origin, type, count }) => ({ origin, type, count }));
    const other = await openPanel();
    await other.import(await panel.export());
    expect(other.entries).to.deep.equal(script.envelopes);
    expect(other.counts.map(({ origin, type, count }) => ({ origin, type, count }))).to.deep.equal(counts);
  });

  it('masks secrets, and what was said when asked to', async () => {
    const panel = await openPanel();
    new Speaker(document.body).server({ type: 'response.output_text.done', text: 'Hello', token: 'CANARY' });
    expect(await panel.export())
      .to.contain('Hello')
      .and.not.contain('CANARY');
    panel.redactText = true;
    expect(await panel.export('json')).not.to.contain('Hello');
  });

  it('applies the redaction of the page before its own', async () => {
    const panel = await openPanel(html`<realtime-event-panel view="log"></realtime-event-panel>`);
    panel.redact = (entry) => (entry.type === 'private' ? null : entry);
    const speaker = new Speaker(document.body);
    speaker.server({ type: 'private', text: 'CANARY' });
    speaker.server({ type: 'public', text: 'fine' });
    expect(await panel.export())
      .to.contain('fine')
      .and.not.contain('CANARY');
  });

  it('shows an imported log also while it is paused', async () => {
    const panel = await openPanel(html`<realtime-event-panel view="log"></realtime-event-panel>`);
    new Speaker(document.body).server({ type: 'live' });
    await reads(panel, 'type', ['live']);
    panel.pause();
    await panel.import('{"type":"imported"}');
    await reads(panel, 'type', ['imported']);
  });

  it('shows an imported log while the live one goes on behind it', async () => {
    const panel = await openPanel();
    const speaker = new Speaker(document.body);
    speaker.server({ type: 'live' });
    await panel.import('{"type":"session.created"}\n{"type":"response.done"}');
    await reads(panel, 'count-type', ['session.created', 'response.done']);
    speaker.server({ type: 'live' });
    await until(() => panel.renderRoot.textContent?.includes('Back to live'));
    press(panel, 'Back to live');
    await reads(panel, 'count-type', ['live']);
    expect(texts(panel, 'count-value')).to.deep.equal(['2']);
  });

  it('keeps every event of an imported log', async () => {
    const panel = await openPanel(html`<realtime-event-panel max-events="5"></realtime-event-panel>`);
    await panel.import('{"type":"a"}\n'.repeat(50));
    expect([panel.entries.length, panel.dropped]).to.deep.equal([50, 0]);
  });

  it('names the line of a file that cannot be read, and keeps what it shows', async () => {
    const panel = await openPanel();
    new Speaker(document.body).server({ type: 'live' });
    const transfer = new DataTransfer();
    transfer.items.add(new File(['{"type":"a"}\n{"type":'], 'broken.jsonl'));
    part(panel, 'base')!.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, cancelable: true }));
    const alert = () => panel.renderRoot.querySelector('[role=alert]')?.textContent ?? '';
    await until(() => alert().includes('Line 2'));
    expect(panel.entries.map(({ type }) => type)).to.deep.equal(['live']);
  });

  it('rejects with the line when it is asked to import nonsense', async () => {
    const panel = await openPanel();
    const error = await panel.import('hello').catch((reason: unknown) => reason);
    expect(error).to.have.property('line', 1);
  });

  it('offers to send again what is seen as it is, and nothing that is masked', async () => {
    const panel = await openPanel(html`<realtime-event-panel view="log"></realtime-event-panel>`);
    const voice = Object.assign(new EventTarget(), { send: () => {} });
    panel.attach(voice);
    const speaker = new Speaker(voice);
    speaker.client({ type: 'session.update', session: { type: 'realtime', instructions: 'CANARY' } });
    speaker.client({ type: 'response.create', response: { metadata: { text: 'said' } } });
    await until(() => parts(panel, 'row').length === 2);
    const isOffered = async (row: number): Promise<boolean> => {
      parts(panel, 'row')[row]!.click();
      await panel.updateComplete;
      return part(panel, 'detail')!.textContent!.includes('Change and send it again');
    };
    expect([await isOffered(0), await isOffered(1)]).to.deep.equal([false, true]);
    panel.redactText = true;
    await panel.updateComplete;
    expect(await isOffered(1)).to.equal(false);
  });

  it('applies a redaction that the page gives later to the event that is open', async () => {
    const panel = await openPanel(html`<realtime-event-panel view="log"></realtime-event-panel>`);
    new Speaker(document.body).server({ type: 'vendor.news', city: 'CANARY' });
    await until(() => parts(panel, 'row').length === 1);
    parts(panel, 'row')[0]!.click();
    await until(() => part(panel, 'payload')?.textContent?.includes('CANARY'));
    panel.redact = (entry) => ({ ...entry, event: { type: entry.type } });
    await panel.updateComplete;
    expect(part(panel, 'payload')!.textContent).not.to.contain('CANARY');
  });

  it('sends a composed event through the call that it heard', async () => {
    const panel = await openPanel();
    const sent: unknown[] = [];
    const text = await openComposer(panel, (event) => sent.push(event));
    text.value = '{"type":"session.update","session":{}}';
    text.dispatchEvent(new Event('input'));
    press(panel, 'Send');
    const message = () => panel.renderRoot.querySelector('#compose-message')?.textContent ?? '';
    await until(() => message().includes('session.type'));
    expect(sent).to.deep.equal([]);
    text.value = '{"type":"response.create"}';
    text.dispatchEvent(new Event('input'));
    press(panel, 'Send');
    await until(() => message() === 'Sent: response.create');
    expect(sent).to.deep.equal([{ type: 'response.create' }]);
  });
});
