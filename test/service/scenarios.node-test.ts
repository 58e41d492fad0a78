import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NodeClient } from './node-client.js';
import { useService } from './running-service.js';

const transcription = { audio: { input: { transcription: { model: 'gpt-transcribe' } } } };
const TRANSCRIPTION = 'conversation.item.input_audio_transcription';

describe('a scenario of the local service', { timeout: 60_000, concurrency: 4 }, () => {
  const service = useService();

  for (const scenario of ['peer-close', 'channel-close']) {
    it(`ends the call from the other side: ${scenario}`, async (test) => {
      const client = await service.call(test, { scenario });
      await client.closed;
      assert.equal((await service.seen(client)).alive, false);
    });
  }

  it('says that the session has expired, then ends it', async (test) => {
    const client = await service.call(test, { scenario: 'expired' });
    assert.equal((await client.next('error')).error.code, 'session_expired');
    await client.closed;
  });

  it('tells early when the session will expire', async (test) => {
    const client = await service.call(test, { scenario: 'expires-soon' });
    const [created] = client.messages as { session: { expires_at: number } }[];
    const left = Number(created?.session.expires_at) - Date.now() / 1_000;
    assert.ok(left > 100 && left <= 126, `${left} seconds`);
  });

  it('takes an update without a word', async (test) => {
    const client = await service.call(test, { scenario: 'unacknowledged' });
    client.send({ type: 'session.update', session: { type: 'realtime', instructions: 'Sing.' } });
    client.type('hello');
    await client.next('response.done');
    assert.ok(!client.types.includes('session.updated'));
    assert.equal((await service.seen(client)).session.instructions, 'Sing.');
  });

  it('says nothing at all', async (test) => {
    const client = await NodeClient.open(service.url, { scenario: 'silent' });
    test.after(() => client.close());
    client.type('hello');
    await fetch(`${service.url}/__lab/calls/${client.id}/close?how=channel`, { method: 'POST' });
    await client.closed;
    assert.deepEqual(client.messages, []);
  });

  it('transcribes after the answer', async (test) => {
    const client = await service.call(test, { scenario: 'late-transcription', session: transcription });
    await client.say('hello');
    await client.next('response.done');
    await client.next(`${TRANSCRIPTION}.completed`);
  });

  it('fails to transcribe what it understands', async (test) => {
    const client = await service.call(test, { scenario: 'failed-transcription', session: transcription });
    await client.say('hello');
    await client.next(`${TRANSCRIPTION}.failed`);
    assert.match((await client.next('response.output_audio_transcript.done')).transcript, /^Hello!/);
  });

  it('transcribes speech as nothing', async (test) => {
    const client = await service.call(test, { scenario: 'empty-transcription', session: transcription });
    await client.say('hello');
    assert.equal((await client.next(`${TRANSCRIPTION}.completed`)).transcript, '');
  });

  it('never transcribes', async (test) => {
    const client = await service.call(test, { scenario: 'no-transcription', session: transcription });
    await client.say('hello');
    await client.next('response.done');
    assert.ok(!client.types.some((type) => type.startsWith(TRANSCRIPTION)));
  });

  it('never finishes a response, until it is cancelled', async (test) => {
    const client = await service.call(test, { scenario: 'response-stalls' });
    client.type('hello');
    await client.next('rate_limits.updated');
    client.send({ type: 'response.cancel' });
    assert.equal((await client.next('response.done')).response.status, 'cancelled');
  });

  it('fails a response', async (test) => {
    const client = await service.call(test, { scenario: 'response-fails' });
    client.type('hello');
    const { response } = await client.next('response.done');
    assert.deepEqual([response.status, response.status_details?.error?.type], ['failed', 'server_error']);
  });

  it('has no list of tools', async (test) => {
    const tools = [{ type: 'mcp', server_label: 'library', server_url: 'https://library.example' }];
    const client = await service.call(test, { scenario: 'mcp-list-fails', session: { tools } });
    await client.next('mcp_list_tools.failed');
  });

  it('speaks as the beta did', async (test) => {
    const client = await service.call(test, { scenario: 'beta' });
    client.type('hello');
    await client.next('response.done');
    for (const name of [
      'conversation.item.created',
      'response.audio_transcript.delta',
      'response.audio.done',
    ])
      assert.ok(client.types.includes(name), name);
    assert.ok(!client.types.some((type) => type.includes('output_audio_transcript')));
  });

  it('lets through what Azure does', async (test) => {
    const client = await NodeClient.open(service.url, { scenario: 'azure' });
    test.after(() => client.close());
    client.type('hello');
    await client.next('output_audio_buffer.stopped');
    const seen = [...new Set(client.types)];
    assert.deepEqual(seen, [
      'conversation.item.added',
      'output_audio_buffer.started',
      'response.output_audio_transcript.delta',
      'response.output_audio_transcript.done',
      'output_audio_buffer.stopped',
    ]);
  });

  it('keeps quiet about its sound', async (test) => {
    const client = await service.call(test, { scenario: 'no-audio-events' });
    client.type('hello');
    await client.next('response.done');
    await client.sound();
    assert.ok(!client.types.some((type) => type.startsWith('output_audio_buffer.')));
  });

  it('sends every event twice', async (test) => {
    const client = await service.call(test, { scenario: 'twice' });
    client.type('hello');
    await client.next('response.done');
    await client.next('response.done');
    const ids = client.messages.map((message) => (message as { event_id: string }).event_id);
    assert.equal(new Set(ids).size * 2, ids.length);
  });

  it('sends garbage, and converses all the same', async (test) => {
    const client = await service.call(test, { scenario: 'garbage' });
    client.type('hello');
    await client.next('output_audio_buffer.stopped');
    const strange = client.messages.filter(
      (message) => typeof message !== 'object' || message instanceof Buffer,
    );
    assert.ok(strange.length >= 4);
    assert.ok(client.types.includes('huge.event'));
  });

  it('floods the channel', async (test) => {
    const client = await service.call(test, { scenario: 'flood' });
    const came: number[] = [];
    for (let count = 0; count < 2_000; count += 1) {
      await client.next('response.output_audio_transcript.delta');
      came.push(performance.now());
    }
    // The fastest thousand in a row: what else the machine does can hold up any of them.
    const thousands = came.slice(1_000).map((at, index) => at - (came[index] ?? 0));
    assert.ok(Math.min(...thousands) < 3_000);
  });
});
