import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { NodeClient } from './node-client.js';
import { useService } from './running-service.js';

const weather = {
  type: 'function',
  name: 'get_weather',
  description: 'The weather in a city',
  parameters: {},
};
const library = { type: 'mcp', server_label: 'library', server_url: 'https://library.example' };
const update = (session: object): object => ({ type: 'session.update', event_id: 'mine', session });

describe('a session of the local service', { timeout: 60_000, concurrency: 4 }, () => {
  const service = useService();

  const refusals: readonly (readonly [string, object | string, string, string | null])[] = [
    [
      'an update with one unknown field',
      update({ type: 'realtime', voice: 'marin', instructions: 'x' }),
      'unknown_parameter',
      'session.voice',
    ],
    [
      'an unknown field deep inside',
      update({ type: 'realtime', audio: { input: { turn_detection: { type: 'server_vad', patience: 1 } } } }),
      'unknown_parameter',
      'session.audio.input.turn_detection.patience',
    ],
    ['an update without a type', update({ instructions: 'x' }), 'missing_required_parameter', 'session.type'],
    ['an update without a session', { type: 'session.update' }, 'missing_required_parameter', 'session'],
    [
      'a value that is not allowed',
      update({ type: 'realtime', output_modalities: ['audio', 'text'] }),
      'invalid_value',
      'session.output_modalities',
    ],
    [
      'a number out of range',
      update({ type: 'realtime', audio: { output: { speed: 9 } } }),
      'invalid_value',
      'session.audio.output.speed',
    ],
    ['an event that does not exist', { type: 'response.stop' }, 'invalid_value', 'type'],
    ['an event named like a property of all objects', { type: 'constructor' }, 'invalid_value', 'type'],
    ['text that is no JSON', '{"type":', 'invalid_json', null],
    ['JSON that is no event', '[1, 2]', 'invalid_json', null],
    [
      'a message without content',
      { type: 'conversation.item.create', item: { type: 'message', role: 'user' } },
      'missing_required_parameter',
      'item.content',
    ],
    [
      'spoken words put into the assistant’s mouth',
      {
        type: 'conversation.item.create',
        item: { type: 'message', role: 'assistant', content: [{ type: 'output_audio' }] },
      },
      'invalid_value',
      'item.content[0].type',
    ],
    [
      'an approval that nobody asked for',
      {
        type: 'conversation.item.create',
        item: { type: 'mcp_approval_response', approval_request_id: 'x', approve: true },
      },
      'item_not_found',
      'item.approval_request_id',
    ],
    [
      'an item after one that does not exist',
      {
        type: 'conversation.item.create',
        previous_item_id: 'x',
        item: { type: 'message', role: 'user', content: [] },
      },
      'item_not_found',
      'previous_item_id',
    ],
    [
      'to delete what does not exist',
      { type: 'conversation.item.delete', item_id: 'x' },
      'item_not_found',
      'item_id',
    ],
    [
      'to retrieve what does not exist',
      { type: 'conversation.item.retrieve', item_id: 'x' },
      'item_not_found',
      'item_id',
    ],
    [
      'to cancel when there is nothing to cancel',
      { type: 'response.cancel' },
      'response_cancel_not_active',
      null,
    ],
    [
      'a response with an unknown field',
      { type: 'response.create', response: { modalities: ['text'] } },
      'unknown_parameter',
      'response.modalities',
    ],
    ['sound on the channel', { type: 'input_audio_buffer.append', audio: '' }, 'invalid_value', 'type'],
    [
      'a press of the button that was too short',
      { type: 'input_audio_buffer.commit' },
      'input_audio_buffer_commit_empty',
      null,
    ],
  ];

  for (const [what, message, code, param] of refusals) {
    it(`refuses ${what}`, async (test) => {
      const client = await service.call(test);
      client.send({ type: 'input_audio_buffer.clear' });
      client.send(message);
      const { error } = await client.next('error');
      assert.deepEqual([error.code, error.param], [code, param]);
      if (typeof message === 'object' && 'event_id' in message) assert.equal(error.event_id, 'mine');
    });
  }

  it('takes nothing of an update that it refuses', async (test) => {
    const client = await service.call(test);
    client.send(update({ type: 'realtime', instructions: 'Changed.', voice: 'marin' }));
    await client.next('error');
    const { session } = await service.seen(client);
    assert.notEqual(session.instructions, 'Changed.');
  });

  it('changes what an update names and leaves the rest', async (test) => {
    const client = await service.call(test, { session: { instructions: 'First.' } });
    client.send(
      update({
        type: 'realtime',
        audio: { input: { transcription: { model: 'whisper-1', language: 'ja' } } },
      }),
    );
    await client.next('session.updated');
    const { session } = await service.seen(client);
    assert.equal(session.instructions, 'First.');
    assert.deepEqual(session.audio['input']?.['transcription'], { model: 'whisper-1', language: 'ja' });
  });

  it('keeps the voice once it has been heard', async (test) => {
    const client = await service.call(test);
    client.send(update({ type: 'realtime', audio: { output: { voice: 'cedar' } } }));
    await client.next('session.updated');
    client.type('hello');
    await client.next('response.done');
    client.send(update({ type: 'realtime', audio: { output: { voice: 'marin' } } }));
    assert.equal((await client.next('error')).error.code, 'cannot_update_voice');
    client.send(update({ type: 'realtime', audio: { output: { voice: 'cedar' } } }));
    await client.next('session.updated');
  });

  it('makes one response at a time, and names the one that is active', async (test) => {
    const client = await service.call(test);
    client.type('tell me a story');
    const { response } = await client.next('response.created');
    client.send({ type: 'response.create' });
    const { error } = await client.next('error');
    assert.equal(error.code, 'conversation_already_has_active_response');
    assert.ok(error.message.includes(response.id ?? '?'));
  });

  it('answers in writing where the session asks for text', async (test) => {
    const client = await service.call(test, { session: { output_modalities: ['text'] } });
    client.type('hello');
    const { text } = await client.next('response.output_text.done');
    assert.match(text, /^Hello!/);
    const { response } = await client.next('response.done');
    assert.equal(response.usage?.output_token_details?.audio_tokens, 0);
    assert.ok(!client.types.includes('output_audio_buffer.started'));
  });

  it('ends an answer that has used up its tokens', async (test) => {
    const client = await service.call(test);
    client.type('tell me a story', false);
    client.send({ type: 'response.create', response: { max_output_tokens: 12 } });
    const { response } = await client.next('response.done');
    assert.deepEqual(response.status_details, { type: 'incomplete', reason: 'max_output_tokens' });
  });

  it('keeps an answer out of the conversation when it is asked to', async (test) => {
    const client = await service.call(test);
    const input = [
      { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'what is your name' }] },
    ];
    client.send({
      type: 'response.create',
      response: { conversation: 'none', metadata: { topic: 'name' }, input },
    });
    const { response } = await client.next('response.done');
    assert.deepEqual([response.conversation_id, response.metadata], [null, { topic: 'name' }]);
    assert.match(JSON.stringify(response.output), /assistant of the local demo/);
    assert.deepEqual((await service.seen(client)).items, []);
  });

  it('greets as its instructions say', async (test) => {
    const client = await service.call(test);
    client.send({ type: 'response.create', response: { instructions: 'Say “Welcome aboard.”' } });
    assert.equal((await client.next('response.output_audio_transcript.done')).transcript, 'Welcome aboard.');
  });

  it('says that it sees an image', async (test) => {
    const client = await service.call(test);
    const image = { type: 'input_image', image_url: 'data:image/png;base64,AAAA' };
    client.send({
      type: 'conversation.item.create',
      item: { type: 'message', role: 'user', content: [image] },
    });
    client.send({ type: 'response.create' });
    const { transcript } = await client.next('response.output_audio_transcript.done');
    assert.match(transcript, /I can see that you sent an image/);
    assert.ok(
      Number((await client.next('response.done')).response.usage?.input_token_details?.image_tokens) > 0,
    );
  });

  it('places an item where it belongs, retrieves and deletes it', async (test) => {
    const client = await service.call(test);
    const item = (id: string): object => ({
      id,
      type: 'message',
      role: 'user',
      content: [{ type: 'input_text', text: id }],
    });
    client.send({ type: 'conversation.item.create', item: item('second') });
    client.send({ type: 'conversation.item.create', item: item('first'), previous_item_id: 'root' });
    assert.equal((await client.next('conversation.item.added')).previous_item_id, null);
    assert.equal((await client.next('conversation.item.added')).previous_item_id, null);
    client.send({ type: 'conversation.item.create', item: item('between'), previous_item_id: 'first' });
    assert.equal((await client.next('conversation.item.added')).previous_item_id, 'first');
    client.send({ type: 'conversation.item.retrieve', item_id: 'between' });
    assert.equal((await client.next('conversation.item.retrieved')).item.id, 'between');
    client.send({ type: 'conversation.item.delete', item_id: 'between' });
    assert.equal((await client.next('conversation.item.deleted')).item_id, 'between');
    assert.equal((await service.seen(client)).items.length, 2);
  });

  it('cuts a spoken answer where the client says, and nothing else', async (test) => {
    const client = await service.call(test);
    client.type('hello');
    const { response } = await client.next('response.done');
    const item_id = response.output?.[0]?.id;
    client.send({ type: 'conversation.item.truncate', item_id, content_index: 0, audio_end_ms: 1e9 });
    assert.equal((await client.next('error')).error.param, 'audio_end_ms');
    client.send({ type: 'conversation.item.truncate', item_id, content_index: 0, audio_end_ms: 400 });
    assert.equal((await client.next('conversation.item.truncated')).audio_end_ms, 400);
  });

  it('calls functions of the page’s, two in one response', async (test) => {
    const client = await service.call(test, { session: { tools: [weather] } });
    client.type('compare the weather in tokyo and london');
    const calls = [];
    for (const city of ['Tokyo', 'London']) {
      const call = await client.next('response.function_call_arguments.done');
      assert.deepEqual([call.name, JSON.parse(call.arguments)], ['get_weather', { city }]);
      calls.push(call);
    }
    await client.next('response.done');
    for (const { call_id } of calls) {
      const item = { type: 'function_call_output', call_id, output: `Result ${calls.length}.` };
      client.send({ type: 'conversation.item.create', item });
    }
    client.send({ type: 'response.create' });
    const { transcript } = await client.next('response.output_audio_transcript.done');
    assert.equal(transcript, 'Here is what I found: Result 2. Result 2.');
  });

  const ask = async (client: NodeClient): Promise<string> => {
    client.type('search the library');
    const { response } = await client.next('response.done');
    const request = response.output?.find(({ type }) => type === 'mcp_approval_request');
    return request?.id ?? '';
  };

  it('asks before it calls an MCP server, and speaks of the result', async (test) => {
    const client = await service.call(test, { session: { tools: [library] } });
    await client.next('mcp_list_tools.completed');
    const approval_request_id = await ask(client);
    const item = { type: 'mcp_approval_response', approval_request_id, approve: true };
    client.send({ type: 'conversation.item.create', item });
    await client.next('response.mcp_call_arguments.done');
    await client.next('response.mcp_call.in_progress');
    await client.next('response.mcp_call.completed');
    const { item: called } = await client.next('response.output_item.done');
    assert.equal(called.type === 'mcp_call' && called.approval_request_id, approval_request_id);
    await client.next('response.done');
    client.send({ type: 'response.create' });
    const { transcript } = await client.next('response.output_audio_transcript.done');
    assert.match(transcript, /one hundred and eleven steps/);
  });

  it('waits after an MCP call until it is asked for an answer', async (test) => {
    const tools = [{ ...library, require_approval: 'never' }];
    const client = await service.call(test, { session: { tools } });
    client.type('search the library');
    const { response } = await client.next('response.done');
    assert.deepEqual(
      response.output?.map(({ type }) => type),
      ['mcp_call'],
    );
    client.send({ type: 'response.create' });
    const { transcript } = await client.next('response.output_audio_transcript.done');
    assert.match(transcript, /^Here is what I found: .*one hundred and eleven steps/);
  });

  it('goes on by itself after an MCP call where the scenario says so', async (test) => {
    const tools = [{ ...library, require_approval: 'never' }];
    const client = await service.call(test, { scenario: 'mcp-answers', session: { tools } });
    client.type('search the library');
    const { response } = await client.next('response.done');
    assert.deepEqual(
      response.output?.map(({ type }) => type),
      ['mcp_call', 'message'],
    );
  });

  it('tells of an MCP server that fails', async (test) => {
    const tools = [{ ...library, require_approval: 'never' }];
    const client = await service.call(test, { scenario: 'mcp-call-fails', session: { tools } });
    client.type('search the library');
    await client.next('response.mcp_call.failed');
    const { item } = await client.next('response.output_item.done');
    assert.equal(item.type === 'mcp_call' && item.error?.type, 'http_error');
  });

  it('tells who spoke when the transcriber can tell', async (test) => {
    const transcription = { model: 'gpt-4o-transcribe-diarize' };
    const client = await service.call(test, { session: { audio: { input: { transcription } } } });
    await client.say('good morning');
    const segment = await client.next('conversation.item.input_audio_transcription.segment');
    assert.deepEqual([segment.text, segment.speaker], ['Good morning.', 'A']);
  });
});
