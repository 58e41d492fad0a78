import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SessionConfig } from '../../src/session/session-config.js';
import { failure, pass, pretendSession, settle, type PretendSession } from '../support/pretend-session.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const called = async (config: SessionConfig = {}): Promise<PretendSession> => {
  const told = pretendSession(config);
  await told.session.start();
  return told;
};
const updates = ({ line }: PretendSession): readonly Record<string, unknown>[] =>
  line.latest.received
    .filter(({ type }) => type === 'session.update')
    .map((event) => event['session'] as Record<string, unknown>);
const execute = (): string => '';
/** More than a data channel carries in one message. */
const EPIC = 'む'.repeat(22_000);

describe('what a page changes', () => {
  it('while a connection is lost is told to the next session', async () => {
    const told = await called();
    told.line.latest.lose();
    told.session.configure({ instructions: 'Be brief.' });
    await pass(told.clock, SECOND);
    assert.deepEqual(
      updates(told).map(({ instructions }) => instructions),
      ['Be brief.'],
    );
  });

  it('while the connection is made is told to the session as soon as it is there', async () => {
    const told = pretendSession({ instructions: 'Be kind.' });
    const started = told.session.start();
    told.session.configure({ instructions: 'Be brief.' });
    await started;
    assert.deepEqual(
      updates(told).map(({ instructions }) => instructions),
      ['Be kind.', 'Be brief.'],
    );
  });

  it('while a renewal is made is told to both sessions', async () => {
    const told = pretendSession();
    told.line.session = { expires_at: (told.clock.now() + 10 * MINUTE) / SECOND };
    await told.session.start();
    told.line.session = {};
    told.line.isSilent = true;
    await pass(told.clock, 8 * MINUTE, MINUTE);
    const [old, fresh] = told.line.links;
    told.session.configure({ instructions: 'Be brief.' });
    fresh?.say({ type: 'session.created', session: {} }, { type: 'session.updated', session: {} });
    await settle();
    for (const link of [old, fresh]) {
      const last = link?.received.findLast(({ type }) => type === 'session.update');
      assert.match(JSON.stringify(last), /Be brief/);
    }
  });

  it('back is told too: tools that are gone, and a button that need not be held any more', async () => {
    const told = pretendSession({ pushToTalk: true, tools: [{ name: 'weather', execute }] });
    await told.session.start();
    told.session.configure({ pushToTalk: false, tools: [] });
    const { tools, audio } = updates(told).at(-1) ?? {};
    const { input } = audio as { input: { turn_detection: unknown } };
    assert.deepEqual([tools, input.turn_detection], [[], { type: 'server_vad' }]);
  });

  it('is asked once whether it allows a reconnection that it forbids', async () => {
    const told = await called();
    let asked = 0;
    told.session.on('beforeconnect', (event) => {
      asked += 1;
      event.preventDefault();
    });
    told.line.latest.lose();
    await pass(told.clock, MINUTE);
    assert.deepEqual(
      [asked, told.session.status, told.session.error?.code],
      [1, 'failed', 'lifecycle.aborted'],
    );
  });
});

describe('what a page edits before a connection', () => {
  /** Edits as a page does that wants no transcripts, and its own idea of silence. */
  const editing = async (config: SessionConfig = {}): Promise<PretendSession> => {
    const told = pretendSession({ turnDetection: 'server', ...config });
    told.session.on('beforeconnect', ({ detail: { session } }) => {
      const { input } = session['audio'] as { input: Record<string, Record<string, unknown> | null> };
      input['transcription'] = null;
      Object.assign(input['turn_detection'] ?? {}, { threshold: 0.9 });
      session['instructions'] = 'Be kind.';
    });
    await told.session.start();
    return told;
  };
  const edited = {
    type: 'realtime',
    instructions: 'Be kind.',
    audio: { input: { transcription: null, turn_detection: { type: 'server_vad', threshold: 0.9 } } },
  };

  it('is all that the session is told, at any depth', async () => {
    assert.deepEqual(updates(await editing()), [edited]);
  });

  it('is not taken back by a later change of anything else', async () => {
    const told = await editing({ instructions: 'Be brief.' });
    told.session.configure({ tools: [{ name: 'weather', execute }], pushToTalk: true });
    const tool = { type: 'function', name: 'weather', parameters: { type: 'object', properties: {} } };
    assert.deepEqual(updates(told).slice(1), [
      {
        type: 'realtime',
        tools: [tool],
        tool_choice: 'auto',
        audio: { input: { turn_detection: null } },
      },
    ]);
  });

  it('holds for a connection that restores the call, too', async () => {
    const told = await editing();
    told.line.latest.lose();
    await pass(told.clock, SECOND);
    assert.deepEqual([told.line.links.length, updates(told)], [2, [edited]]);
  });

  it('does not change what the page itself keeps of its settings', async () => {
    const session = { audio: { input: { turn_detection: { type: 'semantic_vad' } } } };
    await editing({ session });
    assert.deepEqual(session, { audio: { input: { turn_detection: { type: 'semantic_vad' } } } });
  });
});

describe('a setting that is taken back', () => {
  const AT_FIRST = {
    max_output_tokens: 500,
    audio: { input: { turn_detection: { type: 'semantic_vad' }, noise_reduction: null } },
  };
  const last = (told: PretendSession): Record<string, unknown> => {
    const { type: _, ...fields } = updates(told).at(-1) ?? {};
    return fields;
  };

  it('is told where it was to write: from now on answers are spoken', async () => {
    const told = await called({ output: 'text' });
    told.session.configure({ output: undefined });
    assert.deepEqual(last(told), { output_modalities: ['audio'] });
  });

  it('becomes what the server made the session with', async () => {
    const told = pretendSession({
      turnDetection: 'server',
      session: { max_output_tokens: 99, audio: { input: { noise_reduction: { type: 'near_field' } } } },
    });
    told.line.session = AT_FIRST;
    await told.session.start();
    told.session.configure({ session: undefined, turnDetection: undefined });
    assert.deepEqual(last(told), AT_FIRST);
  });

  it('waits for the next call where nobody knows what it was', async () => {
    const told = await called({ session: { max_output_tokens: 99 }, instructions: 'Be brief.' });
    told.session.configure({ session: undefined, instructions: undefined });
    assert.equal(updates(told).length, 1);
  });

  it('leaves the kind of session as it is', async () => {
    const told = await called({ session: { type: 'transcription', include: ['logprobs'] } });
    told.session.configure({ session: { type: 'transcription', include: [] } });
    assert.deepEqual(updates(told).at(-1), { type: 'transcription', include: [] });
  });
});

describe('settings that the server has refused as a whole', () => {
  it('are told once more, all of them, when the page changes them', async () => {
    const told = pretendSession({ instructions: 'Be brief.', session: { temperature: 1 } });
    told.line.isSilent = true;
    const started = told.session.start();
    await settle();
    told.line.latest.say(
      { type: 'session.created', session: {} },
      { type: 'error', error: { event_id: 'rv_configure', code: 'unknown_parameter' } },
    );
    await started;
    assert.deepEqual([told.errors, updates(told).length], [['session.config_rejected'], 1]);
    told.session.configure({ session: undefined });
    told.session.configure({ output: 'text' });
    assert.deepEqual(updates(told).slice(1), [
      {
        type: 'realtime',
        instructions: 'Be brief.',
        audio: { input: { transcription: { model: 'gpt-transcribe' } } },
      },
      { type: 'realtime', output_modalities: ['text'] },
    ]);
  });
});

describe('settings that the server refuses in a call', () => {
  const INSTRUCTIONS = 'Answer in French.';
  const typo = { temprature: 1 };
  /** A call in which a change of two fields is refused for one of them. */
  const refused = async (): Promise<PretendSession> => {
    const told = await called();
    told.session.configure({ instructions: INSTRUCTIONS, session: typo });
    refuse(told);
    return told;
  };
  /** Refuses the last update. */
  const refuse = ({ line }: PretendSession): void => {
    const update = line.latest.received.findLast(({ type }) => type === 'session.update');
    line.latest.say({ type: 'error', error: { event_id: update?.['event_id'], code: 'unknown_parameter' } });
  };

  it('are told to the page, and the good ones to the server when the bad one is taken back', async () => {
    const told = await refused();
    assert.deepEqual(told.errors, ['session.server_error']);
    told.session.configure({ session: undefined });
    assert.deepEqual(updates(told).slice(2), [{ type: 'realtime', instructions: INSTRUCTIONS }]);
  });

  it('are told once more with the next change, and hold up no other after that', async () => {
    const told = await refused();
    told.session.configure({ output: 'text' });
    refuse(told);
    told.session.configure({ pushToTalk: true });
    const text = { output_modalities: ['text'] };
    assert.deepEqual(updates(told).slice(2), [
      { type: 'realtime', instructions: INSTRUCTIONS, ...typo, ...text },
      { type: 'realtime', ...text, audio: { input: { turn_detection: null } } },
    ]);
  });

  it('are known where another update was on its way', async () => {
    const told = await called();
    told.session.configure({ instructions: INSTRUCTIONS, session: typo });
    const event_id = told.line.latest.received.at(-1)?.['event_id'];
    told.session.configure({ output: 'text' });
    told.line.latest.say({ type: 'error', error: { event_id, code: 'unknown_parameter' } });
    told.session.configure({ session: undefined });
    assert.equal(updates(told).at(-1)?.['instructions'], INSTRUCTIONS);
  });
});

describe('settings that no channel carries', () => {
  it('are told to the page in a call, which goes on and hears of later changes', async () => {
    const told = await called();
    told.session.configure({ instructions: EPIC });
    assert.deepEqual([told.session.status, told.errors], ['connected', ['config.invalid_value']]);
    told.session.configure({ output: 'text' });
    assert.deepEqual(updates(told).slice(1), [{ type: 'realtime', output_modalities: ['text'] }]);
    assert.equal(told.errors.length, 1);
  });

  it('prevent a call, which says so', async () => {
    const told = pretendSession({ instructions: EPIC });
    const error = await failure(told.session.start());
    assert.deepEqual([error?.code, error?.fatal], ['config.invalid_value', true]);
    assert.deepEqual([told.session.status, told.line.open.length], ['failed', 0]);
  });

  it('are told where the greeting is one of them, and the call begins', async () => {
    const told = await called({ greeting: EPIC });
    assert.deepEqual([told.session.status, told.errors], ['connected', ['config.invalid_value']]);
  });

  it('are also those that are no JSON', async () => {
    const round: Record<string, unknown> = {};
    round['of'] = round;
    const told = await called();
    told.session.configure({ session: round });
    assert.deepEqual([told.session.status, told.errors], ['connected', ['config.invalid_value']]);
    told.session.stop();
    assert.deepEqual((await failure(told.session.start()))?.code, 'config.invalid_value');
  });
});

describe('what prevents a call', () => {
  it('is a setting that the page has written itself, and that is no JSON', async () => {
    const told = pretendSession();
    told.session.on('beforeconnect', ({ detail }) =>
      Object.assign(detail.session, { max_output_tokens: 10n }),
    );
    const error = await failure(told.session.start());
    assert.deepEqual(
      [error?.code, error?.fatal, told.session.status],
      ['config.invalid_value', true, 'failed'],
    );
  });

  const tool = { name: 'weather', execute };
  for (const [what, config] of [
    ['lifecycle.aborted', {}],
    ['tool.duplicate_name', { tools: [tool, tool] }],
    ['tool.invalid', { tools: {} as never }],
  ] as const) {
    it(`is fatal to it, whatever is usual: ${what}`, async () => {
      const told = pretendSession(config);
      told.session.on('beforeconnect', (event) => event.preventDefault());
      const fatal: boolean[] = [];
      told.session.on('error', ({ detail: { error } }) => fatal.push(error.fatal));
      const error = await failure(told.session.start());
      assert.deepEqual([error?.code, error?.fatal, fatal], [what, true, [true]]);
    });
  }
});
