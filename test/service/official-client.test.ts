import { expect } from '@open-wc/testing';
import { OpenAIRealtimeWebRTC } from 'openai/realtime/webrtc';
import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime';
import { sound } from '../support/loudness.js';
import { apiUrl, tokenEndpoint } from '../support/service-url.js';
import { openSpeaker, type Speaker } from '../support/speech.js';

/** The client inside the official `openai` package, which leaves media and signalling to the page. */
describe('the local service, to the client of the openai package', function () {
  this.timeout(60_000);
  let speaker: Speaker;
  let client: OpenAIRealtimeWebRTC;
  let remote: Promise<MediaStream>;

  beforeEach(async () => {
    speaker = await openSpeaker();
    client = new OpenAIRealtimeWebRTC();
    const [track] = speaker.stream.getAudioTracks();
    client.peerConnection.addTrack(track!, speaker.stream);
    remote = new Promise((resolve) => {
      client.peerConnection.addEventListener('track', ({ streams }) => resolve(streams[0]!));
    });
    const response = await fetch(tokenEndpoint(), { method: 'POST' });
    const { value } = (await response.json()) as { value: string };
    const created = next('session.created');
    await client.connect({
      exchangeSdp: async (offer, { signal }) => {
        const headers = { Authorization: `Bearer ${value}`, 'Content-Type': 'application/sdp' };
        return (await fetch(apiUrl, { method: 'POST', headers, body: offer, signal })).text();
      },
    });
    await created;
  });

  afterEach(async () => {
    client.close();
    await speaker.close();
  });

  function next<Type extends RealtimeServerEvent['type']>(
    type: Type,
  ): Promise<Extract<RealtimeServerEvent, { type: Type }>> {
    return new Promise((resolve) => {
      const stop = client.on(type, (event) => {
        stop();
        resolve(event as Extract<RealtimeServerEvent, { type: Type }>);
      });
    });
  }

  it('holds a spoken conversation', async () => {
    client.send({
      type: 'session.update',
      session: {
        type: 'realtime',
        audio: { input: { transcription: { model: 'gpt-transcribe', language: 'en' } } },
      },
    });
    await next('session.updated');
    const heard = next('conversation.item.input_audio_transcription.completed');
    const answered = next('response.output_audio_transcript.done');
    await speaker.say('how are you doing today');
    expect((await heard).transcript).to.equal('How are you doing today?');
    expect((await answered).transcript).to.equal('I am fine, thank you. What can I do for you?');
    expect(await sound(await remote)).to.be.greaterThan(0.02);
    expect((await next('output_audio_buffer.stopped')).response_id).to.match(/^resp_/);
  });

  it('is told of a field that does not exist, and that nothing of the update was taken', async () => {
    const update = {
      type: 'session.update',
      event_id: 'mine',
      session: { type: 'realtime', voice: 'marin', instructions: 'x' },
    };
    client.send(update as unknown as Parameters<typeof client.send>[0]);
    const { error } = await next('error');
    expect(error).to.include({ code: 'unknown_parameter', param: 'session.voice', event_id: 'mine' });
  });

  it('gets one answer at a time', async () => {
    const item = {
      type: 'message' as const,
      role: 'user' as const,
      content: [{ type: 'input_text' as const, text: 'tell me a story' }],
    };
    client.send({ type: 'conversation.item.create', item });
    client.send({ type: 'response.create' });
    const { response } = await next('response.created');
    client.send({ type: 'response.create' });
    const { error } = await next('error');
    expect(error.code).to.equal('conversation_already_has_active_response');
    client.send({ type: 'response.cancel' });
    const done = await next('response.done');
    expect([done.response.id, done.response.status]).to.deep.equal([response.id, 'cancelled']);
  });

  const ask = (text: string): void => {
    const content = [{ type: 'input_text' as const, text }];
    client.send({ type: 'conversation.item.create', item: { type: 'message', role: 'user', content } });
    client.send({ type: 'response.create' });
  };

  it('gets its function called, and the result spoken of', async () => {
    const name = 'get_weather';
    const tools = [{ type: 'function' as const, name, description: 'The weather in a city', parameters: {} }];
    client.send({ type: 'session.update', session: { type: 'realtime', tools } });
    await next('session.updated');
    const [called, ended] = [next('response.function_call_arguments.done'), next('response.done')];
    ask('what is the weather in london');
    const { call_id, arguments: args } = await called;
    expect(args).to.equal('{"city":"London"}');
    expect((await ended).response.status).to.equal('completed');
    const item = { type: 'function_call_output' as const, call_id, output: 'Fog.' };
    client.send({ type: 'conversation.item.create', item });
    client.send({ type: 'response.create' });
    const { transcript } = await next('response.output_audio_transcript.done');
    expect(transcript).to.equal('Here is what I found: Fog.');
  });

  it('interrupts a long answer by speech', async () => {
    const started = next('output_audio_buffer.started');
    ask('tell me a story');
    const { response_id } = await started;
    const [cleared, truncated] = [next('output_audio_buffer.cleared'), next('conversation.item.truncated')];
    await speaker.say('thank you very much');
    expect((await cleared).response_id).to.equal(response_id);
    expect((await truncated).audio_end_ms).to.be.within(1, 10_000);
    const answer = await next('response.output_audio_transcript.done');
    expect(answer.transcript).to.equal('You are welcome.');
  });
});
