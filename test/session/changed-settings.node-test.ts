import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pass, pretendSession, settle, type PretendSession } from '../support/pretend-session.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const called = async (): Promise<PretendSession> => {
  const told = pretendSession();
  await told.session.start();
  return told;
};

describe('what a page changes', () => {
  const updates = ({ line }: PretendSession): readonly Record<string, unknown>[] =>
    line.latest.received
      .filter(({ type }) => type === 'session.update')
      .map((event) => event['session'] as Record<string, unknown>);
  const execute = (): string => '';

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
