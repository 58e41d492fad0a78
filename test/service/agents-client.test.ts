import type * as AgentsSdk from '@openai/agents-realtime';
import { expect } from '@open-wc/testing';
import { sound } from '../support/loudness.js';
import { apiUrl, tokenEndpoint } from '../support/service-url.js';
import { openSpeaker, type Speaker } from '../support/speech.js';

// Its own build for browsers: the modules of its npm entry need a bundler.
const bundle = '/node_modules/@openai/agents-realtime/dist/bundle/openai-realtime-agents.mjs';
const { OpenAIRealtimeWebRTC, RealtimeAgent, RealtimeSession, tool } = (await import(
  bundle
)) as typeof AgentsSdk;

/** A client that nobody here wrote: what it accepts, the service says right. */
describe('the local service, to the OpenAI Agents SDK', function () {
  this.timeout(60_000);
  let speaker: Speaker;
  let session: AgentsSdk.RealtimeSession;
  let audio: HTMLAudioElement;
  const cities: string[] = [];

  beforeEach(async () => {
    speaker = await openSpeaker();
    audio = new Audio();
    cities.length = 0;
    const weather = tool({
      name: 'get_weather',
      description: 'The weather in a city',
      strict: false,
      parameters: {
        type: 'object',
        properties: { city: { type: 'string' } },
        required: ['city'],
        additionalProperties: true,
      },
      execute: (args: unknown) => {
        const { city } = args as { city: string };
        cities.push(city);
        return `Sunny in ${city}.`;
      },
    });
    const agent = new RealtimeAgent({ name: 'Assistant', instructions: 'Be brief.', tools: [weather] });
    const transport = new OpenAIRealtimeWebRTC({
      baseUrl: apiUrl,
      mediaStream: speaker.stream,
      audioElement: audio,
    });
    session = new RealtimeSession(agent, { transport });
    const response = await fetch(tokenEndpoint(), { method: 'POST' });
    const { value } = (await response.json()) as { value: string };
    await session.connect({ apiKey: value });
  });

  afterEach(async () => {
    session.close();
    await speaker.close();
  });

  const history = (): string[] =>
    session.history.flatMap((item) =>
      item.type === 'message'
        ? [
            `${item.role}: ${item.content.map((part) => ('transcript' in part ? part.transcript : 'text' in part ? part.text : '')).join('')}`,
          ]
        : [],
    );
  const said = (line: RegExp): Promise<void> =>
    new Promise((resolve) => {
      session.on('history_updated', () => {
        if (history().some((words) => line.test(words))) resolve();
      });
    });

  it('hears a spoken question and answers it aloud', async () => {
    const answered = said(/^assistant: I am the assistant of the local demo\. I live on this computer\./);
    const asked = said(/^user: What is your name\?/);
    await speaker.say('what is your name');
    await Promise.all([asked, answered]);
    expect(await sound(audio.srcObject as MediaStream)).to.be.greaterThan(0.02);
  });

  it('calls its tool and speaks of the result', async () => {
    const answered = said(/^assistant: Here is what I found: .*Sunny in Tokyo\./);
    session.sendMessage('what is the weather in tokyo');
    await answered;
    expect(cities).to.deep.equal(['Tokyo']);
  });

  it('is interrupted by speech', async () => {
    const interrupted = new Promise<void>((resolve) => {
      session.transport.on('*', (event) => {
        if (event.type === 'conversation.item.truncated') resolve();
      });
    });
    const started = new Promise<void>((resolve) => {
      session.transport.on('*', (event) => {
        if (event.type === 'output_audio_buffer.started') resolve();
      });
    });
    session.sendMessage('tell me a story');
    await started;
    await speaker.say('thank you very much');
    await interrupted;
    await said(/^assistant: You are welcome\./);
  });

  it('stops speaking when it is told to', async () => {
    const events: string[] = [];
    session.transport.on('*', ({ type }) => events.push(type));
    const happened = (type: string): Promise<void> =>
      new Promise((resolve) => {
        session.transport.on('*', (event) => {
          if (event.type === type) resolve();
        });
      });
    const started = happened('output_audio_buffer.started');
    session.sendMessage('tell me a story');
    await started;
    const cut = happened('conversation.item.truncated');
    session.interrupt();
    await cut;
    expect(events).to.include('output_audio_buffer.cleared');
    expect(events).not.to.include('error');
  });
});
