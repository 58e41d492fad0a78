import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import fc from 'fast-check';
import type { NodeClient } from './node-client.js';
import { useService } from './running-service.js';

const TYPES = [
  'session.update',
  'conversation.item.create',
  'conversation.item.retrieve',
  'conversation.item.truncate',
  'conversation.item.delete',
  'input_audio_buffer.append',
  'input_audio_buffer.commit',
  'input_audio_buffer.clear',
  'output_audio_buffer.clear',
  'response.create',
  'response.cancel',
];

/** Any JSON where the protocol has something else. */
const anything = fc.jsonValue({ maxDepth: 3 });
const event = fc.record(
  {
    type: fc.constantFrom(...TYPES),
    event_id: anything,
    session: fc.oneof(
      anything,
      fc.record({ type: fc.constant('realtime'), audio: anything, tools: anything }),
    ),
    item: fc.oneof(
      anything,
      fc.record({
        type: fc.constantFrom('message', 'function_call', 'function_call_output', 'mcp_approval_response'),
        id: anything,
        role: fc.constantFrom('user', 'assistant', 'system', 'nobody'),
        content: fc.oneof(
          anything,
          fc.array(
            fc.record({ type: fc.constantFrom('input_text', 'input_image', 'output_text'), text: anything }),
          ),
        ),
        output: anything,
        call_id: anything,
      }),
    ),
    item_id: anything,
    previous_item_id: anything,
    audio_end_ms: anything,
    response: fc.oneof(
      anything,
      fc.record({
        input: anything,
        instructions: anything,
        tools: anything,
        metadata: anything,
        conversation: fc.constant('none'),
      }),
    ),
  },
  { requiredKeys: ['type'] },
);

describe('the local service', { timeout: 120_000 }, () => {
  const service = useService();

  const converses = async (client: NodeClient): Promise<void> => {
    client.send({ type: 'conversation.item.retrieve', item_id: 'the end' });
    for (;;) {
      const { error } = await client.next('error');
      if (error.message.includes('the end')) return;
    }
  };

  it('survives any event', async (test) => {
    const client = await service.call(test);
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 20 }), async (events) => {
        for (const event of events) client.send(event);
        client.send({ type: 'response.cancel' });
        await converses(client);
      }),
      { numRuns: 100, endOnFailure: true, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: true },
    );
    const codes = client.messages.map((message) => (message as { error?: { code?: string } }).error?.code);
    assert.ok(!codes.includes('server_error'));
    assert.ok((await service.seen(client)).alive);
  });

  it('survives text and bytes that are no events', async (test) => {
    const client = await service.call(test);
    for (const message of [
      '',
      '"',
      'null',
      '[]',
      '{}',
      '{"type":7}',
      '{"__proto__":{"type":"x"}}',
      '['.repeat(60_000),
    ])
      client.send(message);
    client.send(new Uint8Array([255, 0, 255]));
    await converses(client);
  });

  it('lets no call disturb another', async (test) => {
    const healthy = await service.call(test);
    healthy.type('tell me a story');
    await healthy.next('output_audio_buffer.started');
    const others = await Promise.all(
      ['garbage', 'flood', 'channel-close', 'response-fails', 'expired'].map((scenario) =>
        service.call(test, { scenario }),
      ),
    );
    for (const other of others) {
      other.send(new Uint8Array(60_000));
      other.type('tell me a story');
    }
    await Promise.all(others.slice(2, 3).map(({ closed }) => closed));
    for (const other of others) other.close();
    const { transcript } = await healthy.next('response.output_audio_transcript.done');
    assert.match(transcript, /never had to read alone\.$/);
    assert.equal((await healthy.next('response.done')).response.status, 'completed');
  });

  const openAndLeave = async (test: TestContext): Promise<void> => {
    const client = await service.call(test);
    client.type('hello');
    await client.next('response.done');
    client.close();
  };
  const alive = async (): Promise<number> => {
    const calls = (await (await fetch(`${service.url}/__lab/calls`)).json()) as { alive: boolean }[];
    return calls.filter((call) => call.alive).length;
  };

  it('forgets a call whose client has gone', async (test) => {
    for (let count = 0; count < 10; count += 1) await openAndLeave(test);
    const last = await service.call(test);
    await fetch(`${service.url}/v1/realtime/calls/${last.id}`, { method: 'DELETE' });
    await last.closed;
    assert.equal(await alive(), 0);
  });
});
