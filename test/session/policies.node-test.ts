import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Turn } from '../../src/conversation/turn.js';
import { responseCreate, type ClientEvent } from '../../src/protocol/client-event.js';
import { judgeLimits } from '../../src/session/limits.js';
import { RealtimeError } from '../../src/session/realtime-error.js';
import { isRenewalDue, keepsBreaking, longestAttempt, reconnectDelay } from '../../src/session/reconnect.js';
import { ResponseQueue } from '../../src/session/responses.js';
import { restoration } from '../../src/session/restore.js';
import { sessionSettings } from '../../src/session/session-update.js';
import { next, transitions, type Signal, type Status } from '../../src/session/status.js';

describe('the status', () => {
  it('only ever changes along the table', () => {
    const signals: Signal[] = ['start', 'opened', 'wobble', 'steady', 'end', 'fail'];
    const table = Object.fromEntries(
      (Object.keys(transitions) as Status[]).map((status) => [
        status,
        signals.map((signal) => next(status, signal)).join(' '),
      ]),
    );
    assert.deepEqual(table, {
      idle: 'connecting idle idle idle idle idle',
      connecting: 'connecting connected connecting connecting idle failed',
      connected: 'connected connected reconnecting connected idle failed',
      reconnecting: 'reconnecting reconnecting reconnecting connected idle failed',
      failed: 'connecting failed failed failed idle failed',
    });
  });
});

describe('reconnecting', () => {
  const delays = (random: number): (number | null)[] =>
    Array.from({ length: 7 }, (_, attempts) => reconnectDelay({ attempts, elapsedMs: 0, random }));

  it('waits longer each time, up to eight seconds, and gives up after six attempts', () => {
    assert.deepEqual(delays(1), [250, 1_000, 2_000, 4_000, 8_000, 8_000, null]);
    assert.deepEqual(delays(0), [0, 0, 0, 0, 0, 0, null]);
  });

  it('never comes earlier than the server asked, nor later than its budget', () => {
    assert.equal(reconnectDelay({ attempts: 0, elapsedMs: 0, retryAfterMs: 7_000, random: 0 }), 7_000);
    assert.equal(reconnectDelay({ attempts: 0, elapsedMs: 0, retryAfterMs: 61_000, random: 0 }), null);
    assert.equal(reconnectDelay({ attempts: 1, elapsedMs: 60_000, random: 0 }), null);
    assert.equal(reconnectDelay({ attempts: 5, elapsedMs: 53_000, random: 1 }), 7_000);
  });

  it('lets an attempt take thirty seconds, no more than is left of the minute, and the last one five', () => {
    assert.deepEqual(
      [0, 29_000, 40_000, 55_000, 60_000].map(longestAttempt),
      [30_000, 30_000, 20_000, 5_000, 5_000],
    );
  });

  it('stops when connections break three times within five minutes', () => {
    assert.equal(keepsBreaking([0, 100_000, 200_000], 200_000), true);
    assert.equal(keepsBreaking([0, 100_000, 400_000], 400_000), false);
  });

  it('renews a session at a pause within its last two minutes, and without one at the very end', () => {
    const end = 1_000_000;
    assert.deepEqual(
      [
        [121, true],
        [119, false],
        [119, true],
        [19, false],
      ].map(([left, pause]) => isRenewalDue(end - Number(left) * 1_000, end, () => Boolean(pause))),
      [false, false, true, true],
    );
  });
});

describe('limits', () => {
  const facts = {
    connectedAt: 0,
    quietSince: null,
    hiddenSince: null,
    cost: null,
    maxDuration: 600,
    idleTimeout: 90,
  };

  it('warn before they end a call', () => {
    assert.deepEqual(judgeLimits({ ...facts, now: 0 }), { reached: null, near: [], nextAt: 570_000 });
    assert.deepEqual(judgeLimits({ ...facts, now: 570_000 }), {
      reached: null,
      near: [{ kind: 'duration', remaining: 30 }],
      nextAt: 600_000,
    });
    assert.equal(judgeLimits({ ...facts, now: 600_000 }).reached, 'duration');
  });

  it('end a call after a sleep that was longer than all of them', () => {
    assert.equal(judgeLimits({ ...facts, now: 1e9 }).reached, 'duration');
  });

  it('count silence only while nobody speaks', () => {
    assert.equal(judgeLimits({ ...facts, now: 95_000 }).reached, null);
    assert.equal(judgeLimits({ ...facts, now: 95_000, quietSince: 1_000 }).reached, 'idle');
  });

  it('are switched off by zero', () => {
    assert.equal(
      judgeLimits({ ...facts, now: 1e9, quietSince: 0, maxDuration: 0, idleTimeout: 0 }).reached,
      null,
    );
  });

  it('end a call at its budget', () => {
    assert.deepEqual(
      judgeLimits({ ...facts, now: 0, cost: 0.9, maxCost: 1 }).near.map(({ kind }) => kind),
      ['cost'],
    );
    assert.equal(judgeLimits({ ...facts, now: 0, cost: 1.1, maxCost: 1 }).reached, 'cost');
  });
});

describe('a response queue', () => {
  const made = (): { sent: string[]; queue: ResponseQueue } => {
    const sent: string[] = [];
    return { sent, queue: new ResponseQueue(({ type }) => void sent.push(type), assert.fail) };
  };
  const created = { type: 'response.created', response: { id: 'r' } };
  const done = { type: 'response.done', response: { id: 'r' } };
  const refused = { type: 'error', error: { code: 'conversation_already_has_active_response' } };

  it('makes one wish of those that wait', () => {
    const { sent, queue } = made();
    queue.create();
    queue.create();
    queue.observe(created);
    queue.create();
    assert.deepEqual(sent, ['response.create']);
    queue.observe(done);
    assert.deepEqual(sent, ['response.create', 'response.create']);
  });

  it('asks again when the server was faster with a response of its own', () => {
    const { sent, queue } = made();
    queue.create();
    queue.observe(refused);
    queue.observe(created);
    queue.observe(done);
    assert.deepEqual(sent, ['response.create', 'response.create']);
  });

  it('asks again, too, when the response that was faster is told before the refusal', () => {
    const { sent, queue } = made();
    queue.create();
    queue.observe(created);
    queue.observe(refused);
    assert.deepEqual(sent, ['response.create']);
    queue.observe(done);
    assert.deepEqual(sent, ['response.create', 'response.create']);
    queue.observe({ ...created, response: { id: 's' } });
    queue.observe({ ...done, response: { id: 's' } });
    assert.equal(sent.length, 2);
  });

  it('does not ask again for what was interrupted, nor for what the server gave by itself', () => {
    for (const giveWay of [true, false]) {
      const { sent, queue } = made();
      if (giveWay) queue.createUnlessAnswered();
      else queue.create();
      queue.observe(created);
      if (!giveWay) queue.interrupt();
      queue.observe(refused);
      queue.observe(done);
      assert.equal(sent.filter((type) => type === 'response.create').length, 1);
    }
  });

  describe('whose wish is too large to be sent', () => {
    const narrow = (): { sent: string[]; told: string[]; queue: ResponseQueue } => {
      const sent: string[] = [];
      const told: string[] = [];
      const send = ({ type, response }: ClientEvent): void => {
        if (response) throw new RealtimeError('channel.too_large');
        sent.push(type);
      };
      return { sent, told, queue: new ResponseQueue(send, ({ code }) => void told.push(code)) };
    };

    it('is not busy with it', () => {
      const { sent, told, queue } = narrow();
      assert.throws(() => queue.request(responseCreate({ instructions: 'Everything.' })));
      assert.equal(queue.busy, false);
      queue.create();
      assert.deepEqual([sent, told], [['response.create'], []]);
    });

    it('tells of it when its turn comes, and of nothing else', () => {
      const { sent, told, queue } = narrow();
      queue.observe(created);
      queue.request(responseCreate({ instructions: 'Everything.' }));
      queue.observe(done);
      assert.deepEqual([sent, told, queue.busy], [[], ['channel.too_large'], false]);
    });
  });

  it('gives way to an answer that the server gives by itself', () => {
    const { sent, queue } = made();
    queue.createUnlessAnswered();
    queue.observe(refused);
    queue.observe(created);
    queue.createUnlessAnswered();
    queue.observe(done);
    assert.deepEqual(sent, ['response.create']);
  });

  for (const code of ['response_cancel_not_active', 'response_cancel_no_active_response'])
    it(`learns from the server that nothing is being said, and asks for what waits: ${code}`, () => {
      const { sent, queue } = made();
      queue.observe(created);
      queue.interrupt();
      queue.create();
      queue.observe({ type: 'error', error: { code } });
      assert.deepEqual(sent, ['response.cancel', 'output_audio_buffer.clear', 'response.create']);
    });

  it('learns the same of a wish that came to nothing', () => {
    const { sent, queue } = made();
    queue.create();
    queue.interrupt();
    queue.create();
    queue.observe({ type: 'error', error: { code: 'response_cancel_not_active' } });
    assert.deepEqual(sent.slice(-2), ['output_audio_buffer.clear', 'response.create']);
  });

  it('takes the end of the words for the end of a response only where the server tells of none', () => {
    for (const begins of [{ type: 'session.created' }, created]) {
      const { sent, queue } = made();
      queue.observe(begins);
      queue.observe(created);
      queue.create();
      queue.observe({ type: 'response.output_audio_transcript.done', response_id: 'r' });
      assert.deepEqual(sent, []);
      queue.observe(done);
      assert.deepEqual(sent, ['response.create']);
    }
  });

  it('cancels only what there is', () => {
    const { sent, queue } = made();
    queue.interrupt();
    assert.deepEqual(sent, ['output_audio_buffer.clear']);
    queue.observe(created);
    queue.interrupt();
    assert.deepEqual(sent.slice(1), ['response.cancel', 'output_audio_buffer.clear']);
  });
});

describe('the first session.update', () => {
  it('has only what the page asked for, and transcription in its language', () => {
    assert.deepEqual(sessionSettings({ language: 'pt-BR' }), {
      audio: { input: { transcription: { model: 'gpt-transcribe', language: 'pt' } } },
    });
  });

  it('takes everything of the page, its own session last', () => {
    const config = {
      voice: 'cedar',
      instructions: 'Be kind.',
      turnDetection: 'semantic',
      transcriptionModel: 'off',
      output: 'text',
    } as const;
    assert.deepEqual(
      sessionSettings({
        ...config,
        session: { instructions: 'Be brief.', audio: { output: { speed: 1.2 } } },
      }),
      {
        instructions: 'Be brief.',
        output_modalities: ['text'],
        audio: {
          input: { transcription: null, turn_detection: { type: 'semantic_vad' } },
          output: { voice: 'cedar', speed: 1.2 },
        },
      },
    );
  });

  it('never walks into a prototype', () => {
    sessionSettings({ session: JSON.parse('{"__proto__": {"polluted": true}}') as Record<string, unknown> });
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
  });
});

describe('a restored conversation', () => {
  const turn = (id: string, role: Turn['role'], text: string, more: Partial<Turn> = {}): Turn => ({
    id,
    role,
    text,
    status: 'done',
    ...more,
  });

  it('is text in order, of an interrupted answer only what was heard', () => {
    const turns = [
      turn('a', 'user', 'Hi'),
      turn('b', 'assistant', 'Hello there friend', { status: 'interrupted', heardText: 'Hello' }),
    ];
    const { events, items } = restoration(turns, 'x');
    assert.deepEqual(
      events.map(({ item }) => item),
      [
        { id: 'rv_x_0', type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hi' }] },
        {
          id: 'rv_x_1',
          type: 'message',
          role: 'assistant',
          content: [{ type: 'output_text', text: 'Hello [interrupted]' }],
        },
      ],
    );
    assert.deepEqual(items, { rv_x_0: 'a', rv_x_1: 'b' });
  });

  it('keeps a call only together with its output', () => {
    const tool = { kind: 'function', name: 'f', arguments: '{}', state: 'running', callId: 'c' } as const;
    assert.deepEqual(restoration([turn('a', 'tool', '', { tool })], 'x').events, []);
    const answered = { ...tool, state: 'done', output: '1' } as const;
    assert.deepEqual(
      restoration([turn('a', 'tool', '', { tool: answered })], 'x').events.map(
        ({ item }) => (item as { type: string }).type,
      ),
      ['function_call', 'function_call_output'],
    );
  });

  it('keeps the newest twenty turns', () => {
    const turns = Array.from({ length: 30 }, (_, count) => turn(`t${count}`, 'user', `number ${count}`));
    const { items } = restoration(turns, 'x');
    assert.deepEqual([Object.values(items)[0], Object.keys(items).length], ['t10', 20]);
  });

  it('leaves out a turn that is too long for it, and nothing else', () => {
    const tool = { kind: 'function', name: 'f', arguments: '{}', state: 'done', callId: 'c' } as const;
    const turns = [
      turn('a', 'user', 'Hi'),
      turn('b', 'user', 'x'.repeat(16_001)),
      turn('c', 'assistant', 'Hello'),
      turn('d', 'tool', '', { tool: { ...tool, output: 'x'.repeat(16_000) } }),
    ];
    const { events, items } = restoration(turns, 'x');
    assert.deepEqual([Object.values(items), events.length], [['a', 'c'], 2]);
  });

  it('keeps of long turns the newest sixteen thousand characters, and none by half', () => {
    const turns = Array.from({ length: 20 }, (_, count) => turn(`t${count}`, 'user', 'x'.repeat(2_000)));
    const { items } = restoration(turns, 'x');
    assert.deepEqual([Object.values(items)[0], Object.keys(items).length], ['t12', 8]);
  });
});

describe('RealtimeError', () => {
  it('carries no key and no token, whatever a server says', () => {
    const { message } = new RealtimeError('signaling.rejected', {
      detail: 'Incorrect key sk-proj-abcdef123 or ek_abcdef0123, Bearer xyz',
    });
    assert.doesNotMatch(message, /abcdef|xyz/);
  });

  it('keeps the name of what was thrown and never its words', () => {
    const error = RealtimeError.from(
      new DOMException('v=0 secret', 'OperationError'),
      'signaling.bad_answer',
    );
    assert.equal(error.causeName, 'OperationError');
    assert.doesNotMatch(JSON.stringify(error) + error.message, /secret/);
  });
});
