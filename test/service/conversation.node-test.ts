import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { useService } from './running-service.js';

const transcribed = { audio: { input: { transcription: { model: 'gpt-transcribe', language: 'en' } } } };

describe('a conversation with the local service', { timeout: 120_000, concurrency: 4 }, () => {
  const service = useService();

  it('gives the events of a typed turn in the order of the protocol', async (test) => {
    const client = await service.call(test);
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

  it('gives the events of a spoken turn in the order of the protocol', async (test) => {
    const client = await service.call(test, { session: transcribed });
    await client.say('what is your name');
    const started = await client.next('input_audio_buffer.speech_started');
    const stopped = await client.next('input_audio_buffer.speech_stopped');
    const committed = await client.next('input_audio_buffer.committed');
    const { item } = await client.next('conversation.item.done');
    await client.next('response.created');
    const { transcript } = await client.next('response.output_audio_transcript.done');
    const ids = [stopped.item_id, committed.item_id, item.id];
    assert.deepEqual(ids, [started.item_id, started.item_id, started.item_id]);
    assert.match(transcript, /assistant of the local demo/);
    assert.ok(stopped.audio_end_ms > started.audio_start_ms);
    const heard = client.messages.find(
      (message) =>
        (message as { type: string }).type === 'conversation.item.input_audio_transcription.completed',
    );
    assert.equal((heard as { transcript: string }).transcript, 'What is your name?');
  });

  it('transcribes nothing unless it is asked to', async (test) => {
    const client = await service.call(test);
    await client.say('hello');
    await client.next('response.done');
    assert.ok(!client.types.some((type) => type.includes('transcription')));
  });

  it('says honestly that it did not understand', async (test) => {
    const client = await service.call(test, { session: transcribed });
    await client.say('the quarterly budget of the fishery department is under review');
    const { error } = await client.next('conversation.item.input_audio_transcription.failed');
    assert.equal(error.code, 'audio_unintelligible');
    const { transcript } = await client.next('response.output_audio_transcript.done');
    assert.match(transcript, /^I heard you, but I only understand these phrases: hello;/);
  });

  it('has all words of an answer long before all of its sound', async (test) => {
    const client = await service.call(test);
    client.type('tell me a story');
    const { response } = await client.next('response.done');
    const spoken = response.usage?.output_token_details?.audio_tokens ?? 0;
    assert.ok(spoken * 50 > 20_000, 'a story of more than 20 seconds');
    assert.ok(!client.types.includes('output_audio_buffer.stopped'));
  });

  it('is interrupted by speech and cuts the answer where it was heard', async (test) => {
    const client = await service.call(test);
    client.type('tell me a story');
    await client.next('output_audio_buffer.started');
    const began = performance.now();
    await client.next('response.done');
    await client.say('thank you very much');
    const { response_id } = await client.next('output_audio_buffer.cleared');
    const { audio_end_ms } = await client.next('conversation.item.truncated');
    const heardMs = performance.now() - began;
    assert.ok(audio_end_ms > 500 && audio_end_ms <= heardMs, `${audio_end_ms} of ${heardMs} ms`);
    const { response } = await client.next('response.done');
    assert.notEqual(response.id, response_id);
    assert.match(JSON.stringify(response.output), /You are welcome/);
  });

  it('cancels an answer that is still being made when it is interrupted', async (test) => {
    const client = await service.call(test);
    client.type('tell me a story');
    await client.next('response.created');
    await client.say('thank you very much');
    const { response } = await client.next('response.done');
    assert.deepEqual(response.status_details, { type: 'cancelled', reason: 'turn_detected' });
  });

  it('lets an answer be finished where speech must not interrupt, and then answers', async (test) => {
    const turn_detection = { type: 'server_vad', interrupt_response: false, silence_duration_ms: 100 };
    const client = await service.call(test, { session: { audio: { input: { turn_detection } } } });
    client.type('tell me a story');
    await client.next('response.created');
    await client.say('hello');
    const story = await client.next('response.done');
    assert.equal(story.response.status, 'completed');
    const answer = await client.next('response.done');
    assert.match(JSON.stringify(answer.response.output), /How can I help you/);
    assert.ok(!client.types.includes('output_audio_buffer.cleared'));
  });

  it('stops at once when it is told to, and takes the next request', async (test) => {
    const client = await service.call(test);
    client.type('tell me a story');
    await client.next('output_audio_buffer.started');
    client.send({ type: 'response.cancel' });
    client.send({ type: 'output_audio_buffer.clear' });
    client.type('hello');
    const { response } = await client.next('response.done');
    assert.deepEqual(response.status_details, { type: 'cancelled', reason: 'client_cancelled' });
    const { item_id } = await client.next('conversation.item.truncated');
    await client.next('output_audio_buffer.stopped');
    assert.ok(!client.types.includes('error'));
    const { items } = await service.seen(client);
    const cut = items.find((item) => (item as { id?: string }).id === item_id);
    assert.deepEqual(cut?.content, [{ type: 'output_audio' }]);
  });

  it('plays answers one after the other', async (test) => {
    const client = await service.call(test);
    for (const text of ['hello', 'thank you']) {
      client.type(text);
      await client.next('response.done');
    }
    await client.next('output_audio_buffer.stopped');
    await client.next('output_audio_buffer.stopped');
    const buffer = client.types.filter((type) => type.startsWith('output_audio_buffer.'));
    assert.deepEqual(buffer, [
      'output_audio_buffer.started',
      'output_audio_buffer.stopped',
      'output_audio_buffer.started',
      'output_audio_buffer.stopped',
    ]);
  });

  it('waits for the button to be released where there is no turn detection', async (test) => {
    const client = await service.call(test, {
      session: { audio: { input: { ...transcribed.audio.input, turn_detection: null } } },
    });
    client.send({ type: 'input_audio_buffer.clear' });
    await client.next('input_audio_buffer.cleared');
    await client.say('what day is it today');
    // The sound and the events travel side by side: nobody lets go while the last word is on its way.
    await client.silence(300);
    client.send({ type: 'input_audio_buffer.commit' });
    client.send({ type: 'response.create' });
    const { transcript } = await client.next('conversation.item.input_audio_transcription.completed');
    assert.equal(transcript, 'What day is it today?');
    await client.next('response.done');
    assert.ok(!client.types.includes('input_audio_buffer.speech_started'));
  });

  it('hears silence as silence', async (test) => {
    const client = await service.call(test, { session: { audio: { input: { turn_detection: null } } } });
    await client.silence(200);
    client.send({ type: 'input_audio_buffer.commit' });
    client.send({ type: 'response.create' });
    const { transcript } = await client.next('response.output_audio_transcript.done');
    assert.equal(transcript, 'I did not hear anything.');
  });

  it('ends a turn by its meaning, and waits for the rest of a sentence', async (test) => {
    const client = await service.call(test, {
      session: { audio: { input: { turn_detection: { type: 'semantic_vad', eagerness: 'low' } } } },
    });
    await client.say('how are you doing today');
    await client.next('input_audio_buffer.speech_stopped');
    const { transcript } = await client.next('response.output_audio_transcript.done');
    assert.match(transcript, /I am fine/);
  });

  it('asks whether anybody is there when nobody has spoken after an answer', async (test) => {
    const client = await service.call(test, {
      session: { audio: { input: { turn_detection: { type: 'server_vad', idle_timeout_ms: 5_000 } } } },
    });
    client.type('hello');
    await client.next('output_audio_buffer.stopped');
    const { item_id } = await client.next('input_audio_buffer.timeout_triggered');
    assert.equal((await client.next('input_audio_buffer.committed')).item_id, item_id);
    const { transcript } = await client.next('response.output_audio_transcript.done');
    assert.equal(transcript, 'Are you still there?');
  });

  it('answers Japanese in writing alone', async (test) => {
    const client = await service.call(test);
    client.type('こんにちは');
    const { transcript } = await client.next('response.output_audio_transcript.done');
    assert.match(transcript, /^こんにちは。/);
    await client.next('response.done');
    assert.ok(!client.types.includes('output_audio_buffer.started'));
  });
});
