import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { cleanup } from 'node-datachannel';
// @ts-expect-error -- plain JavaScript, shared with the test runner's configuration
import { startLocalService } from '../support/local-service.mjs';
import { NodeClient, type Opening } from './node-client.js';

describe('a conversation with the local service', { timeout: 60_000 }, () => {
  let service: { url: string; stop(): Promise<void> };
  let client: NodeClient;

  before(async () => {
    service = await startLocalService();
  });
  afterEach(() => client.close());
  after(async () => {
    await service.stop();
    cleanup();
  });

  const call = async (opening?: Opening): Promise<void> => {
    client = await NodeClient.open(service.url, opening);
    await client.next('session.created');
  };

  it('gives the events of a typed turn in the order of the protocol', async () => {
    await call();
    client.type('hello');
    await client.next('output_audio_buffer.stopped');
    const order = client.types.filter((type, index, types) => type !== types[index - 1]);
    assert.deepEqual(order, [
      'session.created',
      'conversation.item.added',
      'conversation.item.done',
      'response.created',
      'rate_limits.updated',
      'response.output_item.added',
      'conversation.item.added',
      'response.content_part.added',
      'output_audio_buffer.started',
      'response.output_audio_transcript.delta',
      'response.output_audio.done',
      'response.output_audio_transcript.done',
      'response.content_part.done',
      'response.output_item.done',
      'conversation.item.done',
      'response.done',
      'output_audio_buffer.stopped',
    ]);
    assert.ok(client.loudest > 1_000);
  });

  it('gives the events of a spoken turn in the order of the protocol', async () => {
    await call({ session: { audio: { input: { transcription: { model: 'gpt-transcribe' } } } } });
    await client.say('what is your name');
    const started = await client.next('input_audio_buffer.speech_started');
    const stopped = await client.next('input_audio_buffer.speech_stopped');
    const committed = await client.next('input_audio_buffer.committed');
    await client.next('conversation.item.done');
    await client.next('response.created');
    const { transcript } = await client.next('response.output_audio_transcript.done');
    assert.deepEqual([stopped.item_id, committed.item_id], [started.item_id, started.item_id]);
    assert.match(transcript, /assistant of the local demo/);
    assert.ok(client.types.includes('conversation.item.input_audio_transcription.completed'));
  });
});
