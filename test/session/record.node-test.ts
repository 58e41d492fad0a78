import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Envelope } from '../../src/protocol/envelope.js';
import { pretendSession, type PretendSession } from '../support/pretend-session.js';
import { script } from '../support/script.js';

/** Rewrites all that it is given, as deep as it goes. */
function rewrite(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, field] of Object.entries(value)) {
    rewrite(field);
    if (typeof field === 'string') Reflect.set(value, name, 'forged');
  }
  Reflect.set(value, 'added', 'by a listener');
}
const said = script().typed('Hello?', 'u').answer('Hello!', {}, 'a').events();

describe('what crosses the wire', () => {
  const overheard = async (listen: (envelope: Envelope) => void): Promise<PretendSession> => {
    const told = pretendSession({ instructions: 'Be brief.' });
    told.session.on('protocolevent', ({ detail }) => listen(detail));
    await told.session.start();
    told.line.latest.say(...said);
    return told;
  };

  it('is the same for the transcript and the log, whatever a listener does to it', async () => {
    const [left, rewritten] = [await overheard(() => {}), await overheard(rewrite)];
    const { turns } = rewritten.session;
    assert.deepEqual(
      turns.map(({ text }) => text),
      ['Hello?', 'Hello!'],
    );
    const events = ({ session }: PretendSession): readonly unknown[] => session.log.map(({ event }) => event);
    assert.deepEqual(events(rewritten), events(left));
  });

  it('is what was sent, also when the page goes on writing on what it gave', async () => {
    const told = await overheard(() => {});
    const event = { type: 'conversation.item.create', item: { id: 'x', type: 'message', content: ['one'] } };
    await told.session.send(event);
    event.item.content.push('two');
    const kept = told.session.log.findLast(({ origin }) => origin === 'client')?.event;
    assert.deepEqual(kept?.['item'], { id: 'x', type: 'message', content: ['one'] });
  });
});
