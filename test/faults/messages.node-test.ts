import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { garbage } from '../support/garbage.js';
import { pass, pretendSession, settle, type PretendSession } from '../support/pretend-session.js';
import { script } from '../support/script.js';

const called = async (): Promise<PretendSession> => {
  const told = pretendSession();
  await told.session.start();
  return told;
};
const RUNS = 250;
/** What is no text, what is kept of it and its bytes: a buffer is read as text, since some servers send theirs so. */
const BINARY = [
  ['a buffer', new Uint8Array([0, 1, 255]).buffer, '\0\u0001\ufffd', 3],
  ['a blob', new Blob(['{"type":"error"}']), '[object Blob]', 16],
  ['nothing', undefined, '[object Undefined]', 0],
] as const;
const MESSAGES = 40;

describe('a session that is told nonsense', () => {
  it('takes 10,000 messages without an exception, and shows text and finite numbers only', async () => {
    const prototype = Object.getOwnPropertyNames(Object.prototype).sort();
    const messages = fc.array(garbage, { minLength: MESSAGES, maxLength: MESSAGES });
    await fc.assert(
      fc.asyncProperty(messages, async (said) => {
        const { session, line, clock } = await called();
        line.latest.say(...said);
        await pass(clock, 30_000, 15_000);
        for (const { id, text, role } of session.turns)
          assert.deepEqual(
            [id, text, role].map((field) => typeof field),
            ['string', 'string', 'string'],
          );
        assert.doesNotMatch(JSON.stringify(session.usage), /null|-/);
        assert.ok(session.log.length > MESSAGES);
        session.stop();
        assert.deepEqual([session.status, line.open.length, clock.timers], ['idle', 0, []]);
      }),
      { numRuns: RUNS },
    );
    assert.deepEqual(Object.getOwnPropertyNames(Object.prototype).sort(), prototype);
    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
  });

  it('goes on talking in between: what is said in order stays in order', async () => {
    const events = script().typed('Hello?', 'u1').answer('Hello!', {}, 'a1').typed('Bye.', 'u2').events();
    const noise = fc.array(fc.tuple(fc.nat(events.length), fc.constantFrom(...NOISE)), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(noise, async (inserted) => {
        const { session, line } = await called();
        events.forEach((event, index) => {
          line.latest.say(...inserted.filter(([at]) => at === index).map(([, message]) => message));
          line.latest.say(event);
        });
        assert.deepEqual(
          session.turns.map(({ text }) => text),
          ['Hello?', 'Hello!', 'Bye.'],
        );
        session.stop();
      }),
      { numRuns: 100 },
    );
  });

  it('hears a million deltas, and keeps their words, its latest thousand events and little more', async () => {
    const { gc } = globalThis;
    assert.ok(gc, 'Without --expose-gc nothing can be measured here.');
    const { session, line } = await called();
    gc();
    const before = process.memoryUsage().heapUsed;
    for (let count = 0; count < 1_000_000; count += 1) {
      const item_id = `a${Math.floor(count / 1_000)}`;
      line.latest.say({ type: 'response.output_text.delta', item_id, content_index: 0, delta: 'words' });
    }
    gc();
    const grown = (process.memoryUsage().heapUsed - before) / 1e6;
    const { length } = session.turns.map(({ text }) => text).join('');
    assert.deepEqual([session.turns.length, length, session.log.length], [1_000, 5_000_000, 1_000]);
    assert.ok(grown < 20, `${grown.toFixed(1)} MB`);
  });

  it('hands on events that nobody knows, exactly as they came', async () => {
    const { session, line } = await called();
    const event = { type: 'foo.bar', nested: { deep: [1, { two: null }] } };
    line.latest.say(event);
    assert.deepEqual(session.log.at(-1)?.event, event);
    assert.equal(session.log.at(-1)?.type, 'foo.bar');
  });

  for (const [what, message] of [
    ['a hundred thousand nested arrays', `{"type":"x","v":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['a quarter of a megabyte', JSON.stringify({ type: 'x', v: 'x'.repeat(262_000) })],
    [
      'a name of a megabyte',
      JSON.stringify({ type: 'conversation.item.added', item: { id: 'x'.repeat(1e6) } }),
    ],
    ...BINARY,
  ] as const) {
    it(`is not brought down by ${what}`, async () => {
      const { session, line } = await called();
      line.latest.say(message);
      assert.equal(session.status, 'connected');
      assert.equal(session.log.at(-1)?.origin, 'server');
      line.latest.say(...script().typed('Still there?', 'u1').events());
      assert.equal(session.turns.at(-1)?.text, 'Still there?');
    });
  }

  for (const [what, message, raw, size] of BINARY) {
    it(`notes that it could not read ${what}, and how much of it there was`, async () => {
      const { session, line } = await called();
      line.latest.say(message);
      assert.deepEqual(session.log.at(-1)?.event, { type: 'malformed', raw, size });
    });
  }
});

/** Nothing of what a conversation is made of. */
const NOISE: readonly unknown[] = [
  '{"type":',
  'null',
  '[]',
  '1',
  '',
  '{"no":"type"}',
  '{"type":"vendor.news","item_id":"a1","delta":"invented"}',
  '{"type":"response.done","response":7}',
  '{"type":"conversation.item.added","item":{"__proto__":{"polluted":true}}}',
  new Uint8Array([1, 2, 3]).buffer,
];

describe('an error event', () => {
  const codes = [
    'response_cancel_not_active',
    'conversation_already_has_active_response',
    'input_audio_buffer_commit_empty',
    'unknown_parameter',
    'invalid_value',
    'rate_limit_exceeded',
    'insufficient_quota',
    'server_error',
    null,
    7,
    undefined,
  ] as const;
  const benign = new Set<unknown>(codes.slice(0, 3));

  for (const code of codes) {
    it(`with the code ${code} is told once at most and ends nothing`, async () => {
      const { session, line, errors } = await called();
      line.latest.say({
        type: 'error',
        error: { type: 'server_error', code, message: 'Oh, ek_canary0000.', param: null },
      });
      await settle();
      assert.equal(session.status, 'connected');
      assert.deepEqual(errors, benign.has(code) ? [] : ['session.server_error']);
    });
  }

  it('is told in the server’s words, without the key that they quote', async () => {
    const { line, messages } = await called();
    line.latest.say({ type: 'error', error: { message: 'Oh, ek_canary0000.' } });
    assert.deepEqual(messages, ['session.server_error: Oh, [redacted].']);
  });

  it('is told without what has no mark of its own: the token of a gateway, or a description of the network', async () => {
    const { line, messages } = await called();
    const token = `gAAAAAB${'kZ3x_q-W'.repeat(12)}==`;
    const says = (message: string): void => line.latest.say({ type: 'error', error: { message } });
    says(`Unknown token ${token} for gpt-realtime-2026-11-28, try item_CSd8XjPq2LkM9nRtVw0Yz.`);
    says('Cannot parse\r\na=ice-pwd:canary\r\na=candidate:1 1 udp 1 192.168.1.20 5000 typ host\r\n');
    says('Expected v=0, got "v=0\\r\\no=- 1 2 IN IP4 192.168.1.20"');
    says('Bad candidate:842163049 1 udp 1 192.168.1.20 5000 typ host');
    assert.deepEqual(
      messages.map((message) => message.replace('session.server_error: ', '')),
      [
        'Unknown token [redacted] for gpt-realtime-2026-11-28, try item_CSd8XjPq2LkM9nRtVw0Yz.',
        'Cannot parse\r\n[redacted]',
        'Expected [redacted]',
        'Bad [redacted]',
      ],
    );
  });

  for (const error of [null, 'text', [], undefined, { message: 7 }]) {
    it(`of the form ${JSON.stringify(error)} is no reason to end the call either`, async () => {
      const { session, line, errors } = await called();
      line.latest.say({ type: 'error', error });
      assert.deepEqual([session.status, errors], ['connected', ['session.server_error']]);
    });
  }

  it('that refuses the settings names the field, and the call goes on', async () => {
    const told = pretendSession();
    told.line.isSilent = true;
    const started = told.session.start();
    await settle();
    const [update] = told.line.latest.received;
    told.line.latest.say(
      { type: 'session.created', session: {} },
      {
        type: 'error',
        error: { event_id: update?.['event_id'], code: 'unknown_parameter', message: 'No “voyce”.' },
      },
    );
    await started;
    assert.deepEqual([told.session.status, told.errors], ['connected', ['session.config_rejected']]);
    assert.match(told.messages[0] ?? '', /voyce/);
  });
});

describe('a response', () => {
  it('of which nothing more comes is told after twenty seconds, once', async () => {
    const { session, line, clock, errors } = await called();
    line.latest.say({ type: 'response.created', response: { id: 'r' } });
    await pass(clock, 19_900, 19_900);
    assert.deepEqual(errors, []);
    await pass(clock, 60_000, 10_000);
    assert.deepEqual([session.status, errors], ['connected', ['session.response_stalled']]);
  });

  it('that fails is told with the server’s reason', async () => {
    const { session, line, errors, messages } = await called();
    const response = {
      id: 'r',
      status: 'failed',
      status_details: { error: { code: 'rate_limit_exceeded' } },
    };
    line.latest.say({ type: 'response.done', response });
    assert.deepEqual([session.status, errors], ['connected', ['session.response_failed']]);
    assert.match(messages[0] ?? '', /rate_limit_exceeded/);
  });

  it('that a filter has cut off is told with that reason, one that was interrupted is not', async () => {
    const { session, line, errors, messages } = await called();
    const cut = (id: string, status: string, reason: string): object => ({
      type: 'response.done',
      response: { id, status, status_details: { type: status, reason } },
    });
    line.latest.say(cut('r1', 'cancelled', 'turn_detected'), cut('r2', 'incomplete', 'max_output_tokens'));
    assert.deepEqual(errors, []);
    line.latest.say(cut('r3', 'incomplete', 'content_filter'));
    assert.deepEqual([session.status, errors], ['connected', ['session.response_failed']]);
    assert.match(messages[0] ?? '', /content_filter/);
  });
});

describe('the words of a speaker', () => {
  const spoken = script().spoken('u1').events();
  const heard = script().heard('u1', 'Hello?').events();
  const timeouts = ({ session }: PretendSession): number =>
    session.log.filter(({ type }) => type === 'local.transcription_timeout').length;

  it('are given up after ten seconds, once', async () => {
    const told = await called();
    told.line.latest.say(...spoken);
    await pass(told.clock, 9_900, 9_900);
    assert.equal(timeouts(told), 0);
    await pass(told.clock, 60_000, 10_000);
    assert.deepEqual([timeouts(told), told.session.turns[0]?.status], [1, 'failed']);
  });

  for (const [when, wait] of [
    ['at once', 0],
    ['after nine seconds', 9_000],
  ] as const) {
    it(`are not given up when they came ${when}`, async () => {
      const told = await called();
      told.line.latest.say(...spoken);
      await pass(told.clock, wait);
      told.line.latest.say(...heard);
      await pass(told.clock, 60_000, 10_000);
      assert.deepEqual([timeouts(told), told.session.turns[0]?.text], [0, 'Hello?']);
    });
  }
});

describe('a tool call', () => {
  const callFor = (args: string): object => ({
    type: 'response.done',
    response: {
      id: 'r',
      status: 'completed',
      output: [
        { id: 'f', type: 'function_call', status: 'completed', call_id: 'c', name: 'f', arguments: args },
      ],
    },
  });

  for (const args of ['{"a":', '[]', '1', 'null', '"text"', 'alert(1)']) {
    it(`with the arguments ${args} is answered with an error, and nothing runs`, async () => {
      const told = await called();
      let runs = 0;
      told.session.configure({ tools: [{ name: 'f', execute: () => (runs += 1) }] });
      told.line.latest.say(callFor(args));
      await settle();
      const answers = told.line.latest.received.filter(({ type }) => type === 'conversation.item.create');
      assert.equal(runs, 0);
      assert.match(JSON.stringify(answers), /not a JSON object/);
      assert.equal(told.session.status, 'connected');
    });
  }

  it('with a result that no channel carries is answered with an error, and the answer to it is asked for', async () => {
    const told = await called();
    told.session.configure({ tools: [{ name: 'f', execute: () => 'x'.repeat(70_000) }] });
    told.line.latest.say(callFor('{}'));
    await settle();
    const [output, ask] = told.line.latest.received.slice(-2);
    assert.match(JSON.stringify(output), /"call_id":"c".*too large to be sent/);
    assert.equal(ask?.type, 'response.create');
  });
});
