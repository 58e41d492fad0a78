import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RealtimeError } from '../../src/session/realtime-error.js';
import type { SessionConfig } from '../../src/session/session-config.js';
import { pass, pretendSession, settle, type PretendSession } from '../support/pretend-session.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const END = 10 * MINUTE;

/** A call whose session ends in ten minutes; those after it have no end. */
const expiring = async (config: SessionConfig = {}): Promise<PretendSession> => {
  const told = pretendSession(config);
  told.line.session = { expires_at: (told.clock.now() + END) / SECOND };
  await told.session.start();
  told.line.session = {};
  return told;
};
/** The visitor speaks and is answered, which is a pause when it is over. */
const talk = async ({ line, clock }: PretendSession, turn: number): Promise<void> => {
  line.latest.say({ type: 'input_audio_buffer.speech_started', item_id: `u${turn}` });
  await pass(clock, SECOND);
  line.latest.say(
    { type: 'input_audio_buffer.speech_stopped', item_id: `u${turn}` },
    { type: 'response.created', response: { id: `r${turn}` } },
    { type: 'response.done', response: { id: `r${turn}`, status: 'completed', output: [] } },
  );
  await pass(clock, 17 * SECOND);
};
const expired = { type: 'error', error: { type: 'invalid_request_error', code: 'session_expired' } };

describe('a renewal', () => {
  it('that the page forbids is asked for once, and nobody hears of it', async () => {
    const told = await expiring();
    let asked = 0;
    told.session.on('beforeconnect', (event) => {
      asked += 1;
      event.preventDefault();
    });
    await pass(told.clock, END - 2 * MINUTE, MINUTE);
    for (let turn = 0; turn < 5; turn += 1) await talk(told, turn);
    assert.deepEqual([asked, told.session.status, told.errors], [1, 'connected', []]);
  });

  it('that will be refused every time is tried once, and told once', async () => {
    const told = await expiring();
    told.line.fates.push(...Array.from({ length: 9 }, () => 'token.forbidden' as const));
    await pass(told.clock, END - 2 * MINUTE, MINUTE);
    for (let turn = 0; turn < 5; turn += 1) await talk(told, turn);
    assert.deepEqual(
      [told.line.attempts, told.session.status, told.errors],
      [2, 'connected', ['token.forbidden']],
    );
  });

  it('that fails ends nothing, and its error says so', async () => {
    const told = await expiring();
    const ends: boolean[] = [];
    told.session.on('error', ({ detail: { error } }) => ends.push(error.fatal));
    told.line.fates.push('signaling.rejected');
    await pass(told.clock, END - 2 * MINUTE, MINUTE);
    assert.deepEqual(
      [ends, told.messages[0], told.session.status],
      [[false], 'signaling.rejected: The server refused the offer or the session.', 'connected'],
    );
  });

  it('that failed is tried again in silence, a little later', async () => {
    const told = await expiring();
    told.line.fates.push('ice.failed');
    await pass(told.clock, END - 2 * MINUTE, MINUTE);
    await pass(told.clock, 14 * SECOND);
    assert.equal(told.line.attempts, 2);
    await pass(told.clock, 6 * SECOND);
    assert.deepEqual([told.line.attempts, told.line.links[0]?.closed, told.line.open.length], [3, true, 1]);
  });

  it('that fails is followed by a look at the old path, which may have broken meanwhile', async () => {
    const told = await expiring();
    told.line.fates.push({ afterMs: 3 * SECOND, code: 'ice.failed' });
    await pass(told.clock, END - 2 * MINUTE, MINUTE);
    told.line.latest.wobbles = true;
    told.line.latest.sink.wobble();
    await pass(told.clock, 2 * SECOND);
    assert.equal(told.session.status, 'connected');
    await pass(told.clock, SECOND);
    assert.equal(told.session.status, 'reconnecting');
    told.line.latest.sink.steady();
    assert.equal(told.session.status, 'connected');
  });

  it('waits for a tool that is at work, also where somebody has spoken since it was called', async () => {
    let aborted = false;
    let finish: ((output: string) => void) | undefined;
    const execute = (_: unknown, { signal }: { readonly signal: AbortSignal }): Promise<string> => {
      signal.addEventListener('abort', () => (aborted = true));
      return new Promise((resolve) => (finish = resolve));
    };
    const told = await expiring({ tools: [{ name: 'order', execute, timeoutMs: 2 * END }] });
    const call = { id: 'f', type: 'function_call', status: 'completed', name: 'order', call_id: 'c' };
    const item = { ...call, arguments: '{}' };
    told.line.latest.say(
      { type: 'response.created', response: { id: 'r' } },
      { type: 'conversation.item.added', item },
      { type: 'response.done', response: { id: 'r', status: 'completed', output: [item] } },
    );
    await told.session.sendText('Are you there?');
    told.line.latest.say(
      { type: 'response.created', response: { id: 's' } },
      { type: 'response.done', response: { id: 's', status: 'completed', output: [] } },
    );
    await pass(told.clock, END - MINUTE, MINUTE);
    assert.deepEqual([told.line.attempts, aborted], [1, false]);
    finish?.('ordered');
    await settle();
  });

  it('comes twenty seconds before the end even when nothing happens that could be a pause', async () => {
    const told = await expiring({
      tools: [{ name: 'order', needsApproval: true, execute: () => 'ordered' }],
    });
    const item = { id: 'f', type: 'function_call', status: 'completed', name: 'order', call_id: 'c' };
    const output = [{ ...item, arguments: '{}' }];
    told.line.latest.say(
      { type: 'response.created', response: { id: 'r' } },
      { type: 'response.done', response: { id: 'r', status: 'completed', output } },
    );
    await pass(told.clock, END - 21 * SECOND, MINUTE);
    assert.equal(told.line.attempts, 1);
    await pass(told.clock, 2 * SECOND);
    assert.deepEqual([told.line.attempts, told.line.links[0]?.closed], [2, true]);
  });

  it('by a session that names no end is the last one', async () => {
    const told = await expiring();
    assert.notEqual(told.session.expiresAt, null);
    await pass(told.clock, END - 2 * MINUTE, MINUTE);
    assert.deepEqual([told.line.attempts, told.session.expiresAt], [2, null]);
    await pass(told.clock, 30 * MINUTE, MINUTE);
    assert.equal(told.line.attempts, 2);
  });

  it('leaves an old connection behind that has nothing more to say', async () => {
    const told = await expiring();
    await pass(told.clock, END - 2 * MINUTE, MINUTE);
    const [old, fresh] = told.line.links;
    const { log } = told.session;
    old?.say({ type: 'response.created', response: { id: 'late' } });
    old?.sink.wobble();
    old?.sink.closed(new RealtimeError('ice.failed'));
    await pass(told.clock, MINUTE);
    assert.deepEqual([told.session.log, told.statuses.at(-1), told.errors], [log, 'connected', []]);
    assert.deepEqual([old?.closed, fresh?.closed, told.line.attempts], [true, false, 2]);
  });

  it('forgets nothing that the new session has said: a second question waits for the end of the first answer', async () => {
    const told = await expiring();
    await pass(told.clock, END - 2 * MINUTE, MINUTE);
    await told.session.sendText('Are you there?');
    await told.session.sendText('Hello?');
    const sent = told.line.latest.received
      .map(({ type }) => type)
      .filter((type) => type === 'response.create');
    assert.deepEqual([told.line.attempts, sent.length], [2, 1]);
  });
});

describe('a session whose time is over', () => {
  it('is made anew although its server leaves the channel open', async () => {
    const told = await expiring();
    told.line.latest.say(expired);
    await pass(told.clock, 1_900, 1_900);
    assert.deepEqual([told.session.status, told.line.attempts], ['connected', 1]);
    await pass(told.clock, SECOND, 100);
    assert.deepEqual([told.session.status, told.line.attempts, told.errors], ['connected', 2, []]);
    assert.deepEqual([told.line.links[0]?.closed, told.line.open.length], [true, 1]);
  });

  it('ends the call as expired where nothing is made anew', async () => {
    const told = await expiring({ withoutReconnect: true });
    told.line.latest.say(expired);
    await pass(told.clock, 2 * SECOND);
    assert.deepEqual([told.session.status, told.session.reason, told.errors], ['idle', 'expired', []]);
    assert.deepEqual([told.line.open.length, told.clock.timers], [0, []]);
  });

  it('is no excuse for the losses of the next one', async () => {
    const told = await expiring();
    told.line.isSilent = true;
    await pass(told.clock, END - 2 * MINUTE, MINUTE);
    const [old, fresh] = told.line.links;
    old?.say(expired);
    fresh?.say({ type: 'session.created', session: {} }, { type: 'session.updated', session: {} });
    await settle();
    told.line.isSilent = false;
    assert.deepEqual([old?.closed, told.session.status], [true, 'connected']);
    for (let count = 0; count < 3; count += 1) {
      told.line.latest.lose();
      await pass(told.clock, 10 * SECOND);
    }
    assert.deepEqual([told.session.status, told.session.error?.code], ['failed', 'connection.unstable']);
  });
});
