import { expect, html } from '@open-wc/testing';
import { RealtimeEventPanelElement } from '../../src/elements/realtime-event-panel.js';
import { Script, spokenTurn } from '../event-log/envelopes.js';
import { openPanel, part, parts, placePanel, replay, Speaker } from './panel-fixture.js';
import { until } from '../support/until.js';

let tags = 0;
const freshTag = (): string => `late-voice-${(tags += 1)}`;

function definedLate(tag: string, log: readonly object[]): void {
  customElements.define(
    tag,
    class extends HTMLElement {
      readonly log = log;
    },
  );
}

/** Settled when observers have been told, those that were there before as well. */
function outOfSight(element: Element): Promise<void> {
  return new Promise((resolve) => {
    const observer = new IntersectionObserver((sightings) => {
      if (sightings.at(-1)?.isIntersecting) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(element);
  });
}

describe('<realtime-event-panel> watching', () => {
  it('counts whatever reaches its root when it watches nothing in particular', async () => {
    const panel = await openPanel();
    new Speaker(document.body).server({ type: 'session.created' });
    expect(panel.total).to.equal(1);
  });

  it('counts only what comes from the element that it is for', async () => {
    const panel = await openPanel(
      html`<i id="mine"></i><i id="other"></i><realtime-event-panel for="mine"></realtime-event-panel>`,
    );
    new Speaker(document.querySelector('#mine')!).server({ type: 'a' });
    new Speaker(document.querySelector('#other')!).server({ type: 'b' });
    expect(panel.entries.map(({ type }) => type)).to.deep.equal(['a']);
  });

  it('follows the id to another element', async () => {
    const panel = await openPanel(
      html`<i id="first"></i><i id="second"></i><realtime-event-panel for="first"></realtime-event-panel>`,
    );
    const [first, second] = [document.querySelector('#first')!, document.querySelector('#second')!];
    first.id = 'none';
    second.id = 'first';
    await Promise.resolve();
    new Speaker(first).server({ type: 'a' });
    new Speaker(second).server({ type: 'b' });
    expect(panel.entries.map(({ type }) => type)).to.deep.equal(['b']);
  });

  it('finds the element that comes later, and one that takes its place', async () => {
    const panel = await openPanel(html`<realtime-event-panel for="later"></realtime-event-panel>`);
    for (const type of ['a', 'b']) {
      const element = document.createElement('i');
      element.id = 'later';
      panel.before(element);
      await Promise.resolve();
      new Speaker(element).server({ type });
      element.remove();
      await Promise.resolve();
      new Speaker(element).server({ type: 'gone' });
    }
    expect(panel.entries.map(({ type }) => type)).to.deep.equal(['a', 'b']);
  });

  it('reads the log of an element that is defined late', async () => {
    const tag = freshTag();
    const element = document.createElement(tag);
    element.id = 'late';
    const panel = await openPanel(html`${element}<realtime-event-panel for="late"></realtime-event-panel>`);
    const script = new Script();
    script.server({ type: 'session.created' });
    script.client({ type: 'response.create' });
    definedLate(tag, script.envelopes);
    await until(() => panel.total === 2);
    expect(panel.entries).to.deep.equal(script.envelopes);
  });

  it('reads what an element remembers when its first event is heard, and counts nothing twice', async () => {
    const tag = freshTag();
    const script = new Script();
    for (const type of ['a', 'b', 'c']) script.server({ type });
    definedLate(tag, script.envelopes);
    const panel = await openPanel();
    const element = panel.parentElement!.appendChild(document.createElement(tag));
    const detail = script.envelopes.at(-1);
    element.dispatchEvent(new CustomEvent('realtime-event', { detail, bubbles: true }));
    expect(panel.entries.map(({ type }) => type)).to.deep.equal(['a', 'b', 'c']);
  });

  it('misses nothing that the page answers before the panel has heard of it', async () => {
    const tag = freshTag();
    const script = new Script();
    definedLate(tag, script.envelopes);
    const panel = await openPanel();
    const element = panel.parentElement!.appendChild(document.createElement(tag));
    const send = (type: string): void => {
      const detail = script.server({ type });
      element.dispatchEvent(new CustomEvent('realtime-event', { detail, bubbles: true }));
    };
    element.addEventListener('realtime-event', ({ detail }) => {
      if (detail.type === 'question') send('answer');
    });
    for (const type of ['first', 'question', 'last']) send(type);
    expect(panel.entries.map(({ type }) => type)).to.deep.equal(['first', 'question', 'answer', 'last']);
  });

  it('misses nothing when it is moved in the page', async () => {
    const tag = freshTag();
    const script = new Script();
    definedLate(tag, script.envelopes);
    const element = document.createElement(tag);
    element.id = 'kept';
    const panel = await openPanel(html`${element}<realtime-event-panel for="kept"></realtime-event-panel>`);
    const send = (type: string): void => {
      const detail = script.server({ type });
      element.dispatchEvent(new CustomEvent('realtime-event', { detail }));
    };
    send('a');
    panel.remove();
    send('b');
    element.after(panel);
    send('c');
    expect(panel.entries.map(({ type }) => type)).to.deep.equal(['a', 'b', 'c']);
  });

  it('counts an event once that it hears on two ways', async () => {
    const panel = await openPanel();
    const detach = panel.attach(panel.parentElement!);
    new Speaker(panel.parentElement!).server({ type: 'a' });
    expect(panel.total).to.equal(1);
    detach();
  });

  it('watches a plain event target, until it is detached', async () => {
    const panel = await openPanel();
    const target = new EventTarget();
    const detach = panel.attach(target);
    new Speaker(target).server({ type: 'a' });
    detach();
    new Speaker(target).server({ type: 'b' });
    expect(panel.entries.map(({ type }) => type)).to.deep.equal(['a']);
  });

  it('watches both directions of a data channel, and leaves it as it was', async () => {
    const panel = await openPanel();
    const [here, there] = [new RTCPeerConnection(), new RTCPeerConnection()];
    here.onicecandidate = ({ candidate }) => candidate && void there.addIceCandidate(candidate);
    there.onicecandidate = ({ candidate }) => candidate && void here.addIceCandidate(candidate);
    const channel = here.createDataChannel('oai-events');
    const detach = panel.attach(channel);
    const other = new Promise<RTCDataChannel>((resolve) => {
      there.ondatachannel = (event) => resolve(event.channel);
    });
    await here.setLocalDescription();
    await there.setRemoteDescription(here.localDescription!);
    await there.setLocalDescription();
    await here.setRemoteDescription(there.localDescription!);
    const far = await other;
    await until(() => channel.readyState === 'open');
    far.send('{"type":"session.created"}');
    await until(() => panel.total === 1);
    channel.send('{"type":"response.create"}');
    detach();
    channel.send('{"type":"response.cancel"}');
    expect(panel.entries.map(({ origin, type }) => `${origin} ${type}`)).to.deep.equal([
      'server session.created',
      'client response.create',
    ]);
    expect(Object.hasOwn(channel, 'send')).to.equal(false);
    here.close();
    there.close();
  });

  it('takes a message that is not JSON for an event of its own', async () => {
    const panel = await openPanel();
    const socket = Object.assign(new EventTarget(), { readyState: 1, send: () => {} });
    panel.attach(socket);
    socket.dispatchEvent(new MessageEvent('message', { data: '<html>' }));
    expect(panel.counts.map(({ type }) => type)).to.deep.equal(['malformed']);
  });

  it('is not disturbed by details that are no envelopes', async () => {
    const panel = await openPanel();
    for (const detail of [
      null,
      undefined,
      7,
      'text',
      [],
      { type: 4 },
      { type: 'response.done', status: 'x' },
    ]) {
      document.body.dispatchEvent(new CustomEvent('realtime-event', { detail, bubbles: true }));
    }
    document.body.dispatchEvent(new Event('realtime-event', { bubbles: true }));
    expect(panel.entries.map(({ origin, type }) => `${origin} ${type}`)).to.deep.equal([
      'server response.done',
    ]);
  });

  it('keeps its counts when the element that it is for goes', async () => {
    const panel = await openPanel(
      html`<i id="goes"></i><realtime-event-panel for="goes"></realtime-event-panel>`,
    );
    const element = document.querySelector('#goes')!;
    new Speaker(element).server({ type: 'a' });
    element.remove();
    await Promise.resolve();
    expect(panel.total).to.equal(1);
  });

  it('only counts while it is hidden, and draws nothing', async () => {
    const panel = await placePanel(html`<realtime-event-panel hidden></realtime-event-panel>`);
    const speaker = new Speaker(document.body);
    for (let index = 0; index < 2_000; index += 1) speaker.server({ type: 'a' });
    await panel.updateComplete;
    expect(panel.total).to.equal(2_000);
    expect(panel.entries.length).to.equal(1_000);
    expect(panel.dropped).to.equal(1_000);
    expect(panel.renderRoot.childElementCount).to.equal(0);
  });

  it('draws nothing while it is out of sight or folded, and has missed nothing afterwards', async () => {
    const panel = await openPanel(
      html`<realtime-event-panel placement="top-end" view="timeline"></realtime-event-panel>`,
    );
    new Speaker(document.body).server({ type: 'session.created' });
    await until(() => part(panel, 'empty'));
    let turns = 0;
    for (const out of ['collapsed', 'hidden'] as const) {
      panel[out] = true;
      if (out === 'collapsed') await until(() => !part(panel, 'timeline'));
      else await outOfSight(panel);
      const drawings: MutationRecord[] = [];
      const observer = new MutationObserver((records) => drawings.push(...records));
      observer.observe(panel.renderRoot, {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true,
      });
      const script = new Script();
      spokenTurn(script);
      script.server({ type: 'output_audio_buffer.stopped', response_id: 'r2' });
      const next = new Promise<void>((resolve) => {
        // Longer than it ever takes to draw.
        let frames = 60;
        const frame = (): unknown => ((frames -= 1) > 0 ? requestAnimationFrame(frame) : resolve());
        frame();
      });
      replay(script);
      await next;
      observer.disconnect();
      expect(drawings, out).to.deep.equal([]);
      panel[out] = false;
      turns += 1;
      await until(() => parts(panel, 'lane').length === 4 * turns, `the turn that passed while ${out}`);
    }
  });

  it('survives being defined twice', () => {
    RealtimeEventPanelElement.define();
    expect(customElements.get('realtime-event-panel')).to.equal(RealtimeEventPanelElement);
  });
});
