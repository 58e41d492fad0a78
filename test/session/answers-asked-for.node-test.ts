import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { responseCreate, type ClientEvent } from '../../src/protocol/client-event.js';
import { ResponseQueue } from '../../src/session/responses.js';
import { failure, pass, pretendSession, settle, type PretendSession } from '../support/pretend-session.js';

const called = async (): Promise<PretendSession> => {
  const told = pretendSession();
  await told.session.start();
  return told;
};
/** A server that leaves answers to the page. */
const ASKED_ONLY = { audio: { input: { turn_detection: { type: 'server_vad', create_response: false } } } };
const begins = (id: string, more = {}): object => ({ type: 'response.created', response: { id, ...more } });
const ends = (id: string, more = {}): object => ({
  type: 'response.done',
  response: { id, status: 'completed', output: [], ...more },
});
/** What was sent since the session was configured. */
const sent = ({ line }: PretendSession): readonly ClientEvent[] => line.latest.received.slice(1);
const types = (told: PretendSession): readonly string[] => sent(told).map(({ type }) => type);
const wish = (instructions: string): ClientEvent => ({
  ...responseCreate({ instructions }),
  event_id: `event of ${instructions}`,
});

describe('a response that the page asks for', () => {
  it('waits for the one before it, and comes as it was asked for', async () => {
    const told = await called();
    const [first, second] = [wish('Count.'), wish('Rhyme.')];
    told.line.latest.say(begins('r'));
    await told.session.send(first);
    await told.session.send(second);
    assert.deepEqual(sent(told), []);
    told.line.latest.say(ends('r'));
    assert.deepEqual(sent(told), [first]);
    told.line.latest.say(begins('s'), ends('s'));
    assert.deepEqual(sent(told), [first, second]);
  });

  it('is what it was when it was asked for, whatever becomes of it while it waits', async () => {
    const told = await called();
    const edited = wish('Rhyme.');
    told.line.latest.say(begins('r'));
    await told.session.send(edited);
    Object.assign(edited, { response: { instructions: 'Count.' } });
    told.line.latest.say(ends('r'));
    assert.deepEqual(sent(told), [wish('Rhyme.')]);
  });

  it('is refused at once when it is no JSON, also where it would have to wait', async () => {
    const told = await called();
    for (const rival of [begins('r'), begins('s')]) {
      const wrong = { ...responseCreate(), response: { max_output_tokens: 10n } } as unknown as ClientEvent;
      assert.equal((await failure(told.session.send(wrong)))?.code, 'message.invalid');
      told.line.latest.say(rival);
    }
    assert.deepEqual([sent(told), told.errors], [[], []]);
  });

  it('does not wait when it is to be no part of the conversation, nor does another wait for it', async () => {
    const told = await called();
    const aside = responseCreate({ conversation: 'none', metadata: { purpose: 'classify' } });
    told.line.latest.say(begins('r'));
    await told.session.send(aside);
    await told.session.send(aside);
    assert.deepEqual(sent(told), [aside, aside]);
    told.line.latest.say(begins('x', { conversation_id: null }), ends('r'));
    await told.session.sendText('Hello?');
    assert.deepEqual(types(told).slice(2), ['conversation.item.create', 'response.create']);
    told.line.latest.say(ends('x', { conversation_id: null }));
    assert.equal(sent(told).length, 4);
  });

  it('is still asked for when the visitor interrupts the one before it', async () => {
    const told = await called();
    told.line.latest.say(begins('r'));
    await told.session.send(wish('Rhyme.'));
    await told.session.interrupt();
    told.line.latest.say(ends('r', { status: 'cancelled' }));
    assert.deepEqual(sent(told).at(-1), wish('Rhyme.'));
  });

  it('is asked for again when the server was faster with one of its own', async () => {
    const told = await called();
    await told.session.send(wish('Rhyme.'));
    const refusal = { type: 'error', error: { code: 'conversation_already_has_active_response' } };
    told.line.latest.say(begins('r'), refusal, ends('r'));
    assert.deepEqual(sent(told), [wish('Rhyme.'), wish('Rhyme.')]);
  });

  it('is not held up by one that the server refuses', async () => {
    const told = await called();
    await told.session.send(wish('Count.'));
    await told.session.send(wish('Rhyme.'));
    told.line.latest.say({ type: 'error', error: { code: 'invalid_value', message: 'No.' } });
    assert.deepEqual(sent(told), [wish('Count.'), wish('Rhyme.')]);
  });

  it('is not held up by one that is too large to be sent', () => {
    const asked: ClientEvent[] = [];
    const told: string[] = [];
    const send = (event: ClientEvent): void => {
      if (event['event_id'] === 'event of Count.') throw new Error('too large');
      asked.push(event);
    };
    const queue = new ResponseQueue(send, ({ code }) => void told.push(code));
    queue.create();
    queue.request(wish('Count.'));
    queue.request(wish('Rhyme.'));
    queue.observe({ type: 'response.created', response: { id: 'r' } });
    queue.observe({ type: 'response.done', response: { id: 'r' } });
    assert.deepEqual([asked.slice(1), told.length], [[wish('Rhyme.')], 1]);
  });
});

describe('what the visitor types while speaking', () => {
  const speech = (part: 'started' | 'stopped'): object => ({
    type: `input_audio_buffer.speech_${part}`,
    item_id: 'u',
  });

  it('is an item at once, and is answered with what is said: by one answer, which the server gives', async () => {
    const told = await called();
    told.line.latest.say(speech('started'));
    await told.session.sendText('In Tokyo.');
    assert.deepEqual(types(told), ['conversation.item.create']);
    told.line.latest.say(speech('stopped'), begins('r'), ends('r'));
    await settle();
    assert.deepEqual(types(told), ['conversation.item.create']);
  });

  for (const [how, end, session] of [
    ['by a server that answers only when it is asked', speech('stopped'), ASKED_ONLY],
    ['where what was said is forgotten', { type: 'input_audio_buffer.cleared' }, {}],
  ] as const) {
    it(`is answered when the visitor has finished, ${how}`, async () => {
      const told = pretendSession();
      told.line.session = session;
      await told.session.start();
      told.line.latest.say(speech('started'));
      await told.session.sendText('In Tokyo.');
      told.line.latest.say(end);
      assert.deepEqual(types(told), ['conversation.item.create', 'response.create']);
    });
  }

  it('is answered together with what is said while the talk button is held', async () => {
    const told = await called();
    told.session.configure({ pushToTalk: true });
    const before = types(told).length;
    await told.session.startTalking();
    await told.session.sendText('In Tokyo.');
    told.clock.advance(1_000);
    await told.session.stopTalking();
    told.line.latest.say(begins('r'), ends('r'));
    assert.deepEqual(
      types(told)
        .slice(before)
        .filter((type) => type === 'response.create'),
      ['response.create'],
    );
  });
});

describe('an answer that never begins', () => {
  const spoken = [
    { type: 'input_audio_buffer.speech_started', item_id: 'u' },
    { type: 'input_audio_buffer.speech_stopped', item_id: 'u' },
    { type: 'input_audio_buffer.committed', item_id: 'u' },
  ];

  it('is told twenty seconds after the visitor has spoken, once', async () => {
    const told = await called();
    told.line.latest.say(...spoken);
    await pass(told.clock, 19_900, 19_900);
    assert.deepEqual(told.errors, []);
    await pass(told.clock, 60_000, 10_000);
    assert.deepEqual(told.errors, ['session.response_stalled']);
  });

  it('is told then, not later, where the transcriber is silent too', async () => {
    const told = await called();
    told.line.latest.say(...spoken);
    await pass(told.clock, 20_100, 100);
    assert.deepEqual(told.errors, ['session.response_stalled']);
  });

  it('is told twenty seconds after the last that the server said', async () => {
    const told = await called();
    told.line.latest.say(...spoken);
    await pass(told.clock, 1_000);
    const type = 'conversation.item.input_audio_transcription.completed';
    told.line.latest.say({ type, item_id: 'u', content_index: 0, transcript: 'Hello?' });
    await pass(told.clock, 19_900, 100);
    assert.deepEqual(told.errors, []);
    await pass(told.clock, 200, 100);
    assert.deepEqual(told.errors, ['session.response_stalled']);
  });

  it('is told twenty seconds after it was asked for, once', async () => {
    const told = await called();
    await told.session.sendText('Hello?');
    await pass(told.clock, 80_000, 10_000);
    assert.deepEqual(told.errors, ['session.response_stalled']);
  });

  it('is none where the server leaves answers to the page', async () => {
    const told = pretendSession();
    told.line.session = ASKED_ONLY;
    await told.session.start();
    told.line.latest.say(...spoken);
    await pass(told.clock, 80_000, 10_000);
    assert.deepEqual(told.errors, []);
  });
});
