import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ServerEvent } from '../../src/protocol/server-event.js';
import { FollowUp } from '../../src/session/follow-up.js';

const created = (id: string): ServerEvent => ({ type: 'response.created', response: { id } });
const done = (id: string, status = 'completed'): ServerEvent => ({
  type: 'response.done',
  response: { id, status },
});
const call = (item: string, response: string): ServerEvent => ({
  type: 'response.output_item.added',
  response_id: response,
  item: { id: item, type: 'mcp_call' },
});
const result = (item: string): ServerEvent => ({ type: 'response.mcp_call.completed', item_id: item });
const item = (id: string, output: string): ServerEvent => ({
  type: 'conversation.item.done',
  item: { id, type: 'mcp_call', output },
});
const says = (response: string): ServerEvent => ({
  type: 'response.output_item.added',
  response_id: response,
  item: { id: 'words', type: 'message', role: 'assistant' },
});

describe('the answer that follows calls', () => {
  const made = (): { asked: boolean[]; followUp: FollowUp; see: (...events: ServerEvent[]) => boolean[] } => {
    const asked: boolean[] = [];
    const followUp = new FollowUp((sure) => void asked.push(sure));
    const see = (...events: ServerEvent[]): boolean[] => {
      for (const event of events) followUp.observe(event);
      return asked;
    };
    return { asked, followUp, see };
  };

  it('is asked for once the response with an MCP call is done', () => {
    const { see } = made();
    assert.deepEqual(see(created('r'), call('m', 'r'), result('m')), []);
    assert.deepEqual(see(done('r')), [false]);
  });

  it('is asked for once, however often the result is told', () => {
    const { see } = made();
    see(created('r'), call('m', 'r'), result('m'), item('m', 'found'), done('r'));
    assert.deepEqual(see(result('m'), item('m', 'found')), [false]);
  });

  it('waits for a call that outlives its response', () => {
    const { see } = made();
    assert.deepEqual(see(created('r'), call('m', 'r'), done('r')), []);
    assert.deepEqual(see({ type: 'response.mcp_call.failed', item_id: 'm' }), [false]);
  });

  it('waits for every MCP call of the response', () => {
    const { see } = made();
    assert.deepEqual(see(created('r'), call('a', 'r'), call('b', 'r'), result('a'), done('r')), []);
    assert.deepEqual(see(result('b')), [false]);
  });

  it('is one for a function and an MCP call of the same response, whichever is done first', () => {
    for (const functionFirst of [true, false]) {
      const { asked, followUp, see } = made();
      see(created('r'), call('m', 'r'));
      followUp.begin('r', 'f');
      see(done('r'));
      if (functionFirst) followUp.end('r', 'f');
      else see(result('m'));
      assert.deepEqual(asked, []);
      if (functionFirst) see(result('m'));
      else followUp.end('r', 'f');
      assert.deepEqual(asked, [true]);
    }
  });

  it('does not wait for a function of another response', () => {
    const { asked, followUp, see } = made();
    followUp.begin('slow', 'a');
    see(created('r'), done('r'));
    followUp.begin('r', 'b');
    followUp.end('r', 'b');
    assert.deepEqual(asked, [true]);
  });

  it('is left to a server that goes on in the same response', () => {
    const { see } = made();
    assert.deepEqual(see(created('r'), call('m', 'r'), result('m'), says('r'), done('r')), []);
  });

  it('is left to a server that goes on in the next response', () => {
    const { see } = made();
    see(created('other'), created('r'), call('m', 'r'), result('m'), done('r'), created('next'));
    assert.deepEqual(see(done('other'), done('next')), []);
  });

  it('is asked for although the assistant announced the call', () => {
    const { see } = made();
    assert.deepEqual(see(created('r'), says('r'), call('m', 'r'), result('m'), done('r')), [false]);
  });

  it('is not asked for when somebody interrupted', () => {
    const { see } = made();
    assert.deepEqual(see(created('r'), call('m', 'r'), result('m'), done('r', 'cancelled')), []);
  });

  it('follows a call that was approved and belongs to no response', () => {
    const { see } = made();
    see({ type: 'conversation.item.added', item: { id: 'm', type: 'mcp_call' } });
    assert.deepEqual(see(item('m', 'found')), [false]);
  });

  it('follows a refusal', () => {
    const { asked, followUp } = made();
    followUp.refused('m');
    assert.deepEqual(asked, [false]);
  });

  it('is forgotten with the connection', () => {
    const { asked, followUp, see } = made();
    see(created('r'), call('m', 'r'), result('m'));
    followUp.reset();
    see(done('r'));
    assert.deepEqual(asked, []);
  });
});
