import { expect } from '@open-wc/testing';
import { OpenAIRealtimeWebRTC } from 'openai/realtime/webrtc';
import type { RealtimeEventPanelElement } from '../../src/elements/realtime-event-panel.js';
import { apiUrl, tokenEndpoint } from '../support/service-url.js';
import { until } from '../support/until.js';

/** The code block of the README under a heading, with the built file in place of the one on a CDN. */
async function snippet(heading: string): Promise<string> {
  const readme = await (await fetch('/README.md')).text();
  const section = readme.slice(readme.indexOf(`### ${heading}\n`));
  const code = /```js\n(.*?)```/s.exec(section)?.[1];
  if (!code?.includes('https://cdn.example.com/'))
    throw new Error(`The README has no code under ${heading}.`);
  return code.replace(/https:\/\/[^']+\/dist\//, '/dist/');
}

describe('the snippet for somebody else’s page', function () {
  this.timeout(60_000);
  const { createDataChannel } = RTCPeerConnection.prototype;

  after(() => {
    RTCPeerConnection.prototype.createDataChannel = createDataChannel;
    document.querySelector('realtime-event-panel')?.remove();
  });

  it('shows both directions of a call that another library makes afterwards', async () => {
    new Function(await snippet('Watch any app'))();
    await until(
      () => RTCPeerConnection.prototype.createDataChannel !== createDataChannel,
      'the snippet has run',
    );
    const client = new OpenAIRealtimeWebRTC();
    client.peerConnection.addTransceiver('audio', { direction: 'recvonly' });
    const updated = new Promise((resolve) => {
      client.on('session.updated', resolve);
    });
    const { value } = (await (await fetch(tokenEndpoint(), { method: 'POST' })).json()) as { value: string };
    await client.connect({
      exchangeSdp: async (offer) => {
        const headers = { Authorization: `Bearer ${value}`, 'Content-Type': 'application/sdp' };
        return (await fetch(apiUrl, { method: 'POST', headers, body: offer })).text();
      },
    });
    client.send({ type: 'session.update', session: { type: 'realtime', instructions: 'Be brief.' } });
    await updated;
    client.close();

    const panel = document.querySelector('realtime-event-panel') as RealtimeEventPanelElement;
    expect(panel.placement).to.equal('top-end');
    expect(panel.counts.map(({ origin, type }) => `${origin} ${type}`)).to.include.members([
      'server session.created',
      'client session.update',
      'server session.updated',
    ]);
    await until(() => panel.renderRoot.textContent?.includes('session.updated'), 'it is on show');
  });
});
