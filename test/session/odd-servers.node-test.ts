import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pass, pretendSession, settle, type PretendSession } from '../support/pretend-session.js';
import { script } from '../support/script.js';

const base64 = (event: object): string => Buffer.from(JSON.stringify(event)).toString('base64');
let messages = 0;

/** Ways in which servers send an event that is not sent as plain text. */
const WRAPPINGS: Readonly<Record<string, (event: object) => readonly unknown[]>> = {
  'in base64': (event) => [{ type: 'full_message', data: base64(event) }],
  'in pieces': (event) => {
    const data = base64(event);
    const id = `message ${(messages += 1)}`;
    return [data.slice(0, 40), data.slice(40)].map((piece, index) => ({
      type: 'partial_message',
      id,
      data: piece,
      fragment_index: index,
      total_fragments: 2,
    }));
  },
  'as bytes': (event) => [new TextEncoder().encode(JSON.stringify(event)).buffer],
};

describe('a server that sends its events', () => {
  for (const [how, wrap] of Object.entries(WRAPPINGS)) {
    /** A call that has reached its server, which says nothing by itself. */
    const calling = async (told: PretendSession): Promise<void> => {
      told.line.isSilent = true;
      told.session.start().catch(() => {});
      await settle();
    };
    const say = ({ line }: PretendSession, ...events: readonly object[]): void =>
      line.latest.say(...events.flatMap(wrap));
    const greet = (told: PretendSession): void =>
      say(told, { type: 'session.created', session: {} }, { type: 'session.updated', session: {} });

    it(`${how} is not waited for any longer than others`, async () => {
      const told = pretendSession();
      await calling(told);
      greet(told);
      await settle();
      assert.deepEqual([told.session.status, told.errors], ['connected', []]);
    });

    it(`${how} is heard when it refuses the settings`, async () => {
      const told = pretendSession();
      await calling(told);
      const event_id = told.line.latest.received[0]?.['event_id'];
      say(
        told,
        { type: 'session.created', session: {} },
        { type: 'error', error: { event_id, message: 'No “voyce”.' } },
      );
      await settle();
      assert.deepEqual([told.session.status, told.errors], ['connected', ['session.config_rejected']]);
    });

    it(`${how} takes the conversation back as others do`, async () => {
      const told = pretendSession();
      await calling(told);
      greet(told);
      await settle();
      say(told, ...script().typed('Hello?', 'u').answer('Hello!', {}, 'a').events());
      told.line.latest.lose();
      await pass(told.clock, 300, 300);
      greet(told);
      await settle();
      const items = told.line.latest.received.filter(({ type }) => type === 'conversation.item.create');
      assert.equal(items.length, 2);
      say(told, ...items.map(({ item }) => ({ type: 'conversation.item.added', item: item as object })));
      await settle();
      assert.deepEqual([told.session.status, told.errors], ['connected', []]);
    });
  }
});

describe('a server that is slow to read its settings', () => {
  for (const [when, greetingAt, refusalAt] of [
    ['after a late greeting', 6_000, 6_000],
    ['long after its greeting', 0, 7_000],
  ] as const) {
    it(`is heard when it refuses them ${when}, once`, async () => {
      const told = pretendSession();
      told.line.isSilent = true;
      const started = told.session.start();
      await settle();
      await pass(told.clock, greetingAt);
      told.line.latest.say({ type: 'session.created', session: {} });
      await pass(told.clock, refusalAt - greetingAt);
      await started;
      const event_id = told.line.latest.received[0]?.['event_id'];
      told.line.latest.say({ type: 'error', error: { event_id, message: 'No “voyce”.' } });
      await settle();
      assert.deepEqual([told.session.status, told.errors], ['connected', ['session.config_rejected']]);
      assert.match(told.messages[0] ?? '', /voyce/);
    });
  }
});

describe('a server that speaks another API', () => {
  it('is told from one of the Realtime API, in a word for developers', async () => {
    const told = pretendSession();
    told.line.isSilent = true;
    told.session.start().catch(() => {});
    await settle();
    told.line.latest.say({ type: 'session.started', session: { id: 's' } });
    await settle();
    assert.deepEqual([told.session.status, told.errors], ['failed', ['session.no_greeting']]);
    assert.match(told.messages[0] ?? '', /session\.started.*not the Realtime API/);
    assert.equal(told.line.open.length, 0);
  });
});
