import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ServerEvent } from '../../src/protocol/server-event.js';
import { pass, pretendSession, type PretendSession } from '../support/pretend-session.js';
import { script } from '../support/script.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** What the page tells the model. */
const mentioned = (what: string): readonly ServerEvent[] =>
  script().typed(`(Now looking at the ${what}.)`, what).events().slice(1);
/** A call whose session ends in ten minutes, in which something was said that asks for no answer. */
const informed = async (): Promise<PretendSession> => {
  const told = pretendSession();
  told.line.session = { expires_at: told.clock.now() / SECOND + 600 };
  await told.session.start();
  told.line.session = {};
  told.line.latest.say(...mentioned('prices'));
  return told;
};
const lost = async ({ line, clock }: PretendSession): Promise<void> => {
  line.latest.lose();
  await pass(clock, SECOND);
};
/** How often the newest connection was asked for an answer, and what it was told. */
const asked = ({ line }: PretendSession): unknown => {
  const types = line.latest.received.map(({ type }) => type);
  return [
    line.links.length,
    types.filter((type) => type === 'conversation.item.create').length,
    types.filter((type) => type === 'response.create').length,
  ];
};

describe('a message that asked for no answer', () => {
  it('gets none because the connection was lost after it', async () => {
    const told = await informed();
    await lost(told);
    assert.deepEqual(asked(told), [2, 1, 0]);
  });

  it('gets none because the session was renewed in the pause after it', async () => {
    const told = await informed();
    await pass(told.clock, 8 * MINUTE, MINUTE);
    assert.deepEqual(asked(told), [2, 1, 0]);
  });

  it('gets none on the third connection because a question was open on the second', async () => {
    const told = await informed();
    await told.session.sendText('What is the price?');
    await lost(told);
    assert.deepEqual(asked(told), [2, 2, 1]);
    told.line.latest.say(
      ...script().answer('Ten.', {}, 'a').played().events().slice(1),
      ...mentioned('shoes'),
    );
    await lost(told);
    assert.deepEqual(asked(told), [3, 4, 0]);
  });
});

describe('a question that nobody has answered', () => {
  it('is asked again, however many attempts it takes', async () => {
    const told = await informed();
    await told.session.sendText('What is the price?');
    told.line.fates.push('token.network', 'token.network');
    told.line.latest.lose();
    await pass(told.clock, 20 * SECOND);
    assert.deepEqual([told.session.status, asked(told)], ['connected', [2, 2, 1]]);
  });

  it('is not asked again in the next call', async () => {
    const told = await informed();
    await told.session.sendText('What is the price?');
    told.session.stop();
    await told.session.start();
    await lost(told);
    assert.equal((asked(told) as readonly number[])[2], 0);
  });
});
