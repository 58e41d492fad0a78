import type * as AgentsSdk from '@openai/agents-realtime';
import { expect } from '@open-wc/testing';
import { apiUrl, tokenEndpoint } from '../support/service-url.js';
import { openSpeaker } from '../support/speech.js';
import { openPanel } from './panel-fixture.js';
import { until } from '../support/until.js';

// Its own build for browsers: the modules of its npm entry need a bundler.
const bundle = '/node_modules/@openai/agents-realtime/dist/bundle/openai-realtime-agents.mjs';
const { OpenAIRealtimeWebRTC, RealtimeAgent, RealtimeSession } = (await import(bundle)) as typeof AgentsSdk;

describe('<realtime-event-panel> beside other people’s clients', () => {
  it('shows all that the OpenAI Agents SDK receives and sends on its channel, and leaves the channel as it was', async () => {
    const panel = await openPanel();
    const speaker = await openSpeaker();
    const transport = new OpenAIRealtimeWebRTC({ baseUrl: apiUrl, mediaStream: speaker.stream });
    const session = new RealtimeSession(new RealtimeAgent({ name: 'Assistant' }), { transport });
    const { value } = (await (await fetch(tokenEndpoint(), { method: 'POST' })).json()) as { value: string };
    await session.connect({ apiKey: value });
    const channel = transport.connectionState.dataChannel!;
    const received: string[] = [];
    const listen = ({ data }: MessageEvent<string>): unknown =>
      received.push((JSON.parse(data) as { type: string }).type);
    channel.addEventListener('message', listen);
    const detach = panel.attach(channel);

    session.sendMessage('hello');
    await until(() => received.includes('response.done'));
    detach();
    channel.removeEventListener('message', listen);
    const from = (side: string): string[] =>
      panel.entries.filter(({ origin }) => origin === side).map(({ type }) => type);
    expect(from('server')).to.deep.equal(received);
    expect(from('client')).to.include.members(['conversation.item.create', 'response.create']);

    const { total } = panel;
    expect(Object.hasOwn(channel, 'send'), 'a wrapper that is left behind').to.equal(false);
    session.sendMessage('goodbye');
    await new Promise((resolve) => {
      channel.addEventListener('message', resolve, { once: true });
    });
    expect(panel.total).to.equal(total);
    session.close();
    await speaker.close();
  });

  it('counts nothing that a WebSocket refuses to send, and does not hide that it did', async () => {
    const panel = await openPanel();
    // There is nobody, so it stays closed.
    const socket = new WebSocket('ws://127.0.0.1:9/');
    const detach = panel.attach(socket);
    socket.dispatchEvent(new MessageEvent('message', { data: '{"type":"session.created"}' }));
    expect(() => socket.send('{"type":"response.create"}')).to.throw(DOMException);
    expect(panel.entries.map(({ type }) => type)).to.deep.equal(['session.created']);
    detach();
    expect(Object.hasOwn(socket, 'send')).to.equal(false);
    socket.dispatchEvent(new MessageEvent('message', { data: '{"type":"session.updated"}' }));
    expect(panel.total).to.equal(1);
    socket.close();
  });

  it('passes on what is sent when somebody else wrapped the channel after it, also once it is detached', async () => {
    const panel = await openPanel();
    const sent: string[] = [];
    const channel = Object.assign(new EventTarget(), {
      readyState: 'open',
      send: (data: string) => void sent.push(data),
    });
    const detach = panel.attach(channel);
    const { send } = channel;
    channel.send = (data) => send(data);
    detach();
    channel.send('{"type":"response.create"}');
    expect([sent.length, panel.total]).to.deep.equal([1, 0]);
  });
});
