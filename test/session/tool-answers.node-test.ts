import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SessionConfig } from '../../src/session/session-config.js';
import { pass, pretendSession, settle, type PretendSession } from '../support/pretend-session.js';

const SECOND = 1_000;

const called = async (config: SessionConfig = {}): Promise<PretendSession> => {
  const told = pretendSession(config);
  await told.session.start();
  return told;
};
/** The model calls the function `weather`. */
const calls = ({ line }: PretendSession): void => {
  const item = { id: 'f', type: 'function_call', status: 'completed', call_id: 'c', name: 'weather' };
  const output = [{ ...item, arguments: '{}' }];
  line.latest.say({ type: 'response.created', response: { id: 'r' } });
  line.latest.say({ type: 'response.done', response: { id: 'r', status: 'completed', output } });
};
const items = ({ line }: PretendSession): readonly Record<string, unknown>[] =>
  line.latest.received
    .filter(({ type }) => type === 'conversation.item.create')
    .map((event) => event['item'] as Record<string, unknown>);

describe('a call that the page answers by itself', () => {
  const taking = async (config: SessionConfig = {}): Promise<PretendSession> => {
    const told = await called(config);
    told.session.on('toolcall', (event) => event.preventDefault());
    calls(told);
    await settle();
    return told;
  };

  it('is answered for it after two minutes, so that the model goes on', async () => {
    const told = await taking();
    await pass(told.clock, 119 * SECOND, 119 * SECOND);
    assert.deepEqual(items(told), []);
    await pass(told.clock, SECOND);
    assert.match(String(items(told)[0]?.['output']), /weather did not answer within 120 seconds/);
    assert.equal(told.line.latest.received.at(-1)?.type, 'response.create');
  });

  it('has the time that the tool has', async () => {
    const told = await taking({ tools: [{ name: 'weather', execute: () => '', timeoutMs: 5 * SECOND }] });
    await pass(told.clock, 5 * SECOND);
    assert.match(String(items(told)[0]?.['output']), /within 5 seconds/);
  });

  it('is answered with what it says in time, and with nothing more', async () => {
    const told = await called();
    told.session.on('toolcall', (event) => {
      event.preventDefault();
      event.detail.respond('Snow.');
      event.detail.respond('Rain.');
    });
    calls(told);
    await pass(told.clock, 200 * SECOND, 100 * SECOND);
    assert.deepEqual(
      items(told).map(({ output }) => output),
      ['Snow.'],
    );
  });
});

describe('a person who refuses a call', () => {
  it('to a function of the page gives the model the reason', async () => {
    const told = await called({ tools: [{ name: 'weather', execute: () => '', needsApproval: true }] });
    calls(told);
    await settle();
    await told.session.reject('f', 'Not on a Sunday.');
    await settle();
    assert.deepEqual(items(told)[0]?.['output'], '{"error":"Not on a Sunday."}');
  });

  it('to an MCP server gives it the reason', async () => {
    const told = await called();
    const item = { id: 'm', type: 'mcp_approval_request', name: 'search', arguments: '{}' };
    told.line.latest.say({ type: 'conversation.item.done', item });
    await told.session.reject('m', 'Not on a Sunday.');
    assert.deepEqual(items(told), [
      {
        type: 'mcp_approval_response',
        approval_request_id: 'm',
        approve: false,
        reason: 'Not on a Sunday.',
      },
    ]);
  });
});

describe('a tool that ends while the channel closes', () => {
  it('is an error for nobody, and the next connection answers', async () => {
    let finish: (words: string) => void = () => {};
    const execute = (): Promise<string> => new Promise((resolve) => (finish = resolve));
    const told = await called({ tools: [{ name: 'weather', execute }] });
    await told.session.sendText('How is the weather?');
    calls(told);
    told.line.latest.closed = true;
    finish('sunny');
    await settle();
    assert.deepEqual([told.errors, told.session.status], [[], 'connected']);
    told.line.latest.lose();
    await pass(told.clock, SECOND);
    assert.deepEqual([told.errors, told.session.status], [[], 'connected']);
    assert.equal(told.line.latest.received.at(-1)?.type, 'response.create');
  });
});
