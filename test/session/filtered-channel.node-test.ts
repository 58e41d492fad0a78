import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pretendSession, settle, type PretendSession } from '../support/pretend-session.js';

/** A call over a channel that lets through only what Azure's `webrtcfilter` does. */
const called = async (): Promise<PretendSession> => {
  const told = pretendSession({ apiUrl: 'https://azure.test/openai/v1/realtime/calls?webrtcfilter=on' });
  told.line.isSilent = true;
  await told.session.start();
  return told;
};
const words = (response: string, part: 'delta' | 'done'): object => ({
  type: `response.output_audio_transcript.${part}`,
  response_id: response,
  item_id: `of ${response}`,
  [part === 'delta' ? 'delta' : 'transcript']: 'Hello.',
});
const sound = (response: string, part: 'started' | 'stopped'): object => ({
  type: `output_audio_buffer.${part}`,
  response_id: response,
});
/** What was sent since the session was configured. */
const sent = ({ line }: PretendSession): readonly string[] =>
  line.latest.received.slice(1).map(({ type }) => type);

const ASKED = ['conversation.item.create', 'response.create'];
const SILENCED = ['response.cancel', 'output_audio_buffer.clear'];

describe('a channel that tells of no response', () => {
  it('carries one typed question after the other', async () => {
    const told = await called();
    for (const id of ['r1', 'r2']) {
      await told.session.sendText('Are you there?');
      told.line.latest.say(sound(id, 'started'), words(id, 'delta'), words(id, 'done'), sound(id, 'stopped'));
      await settle();
    }
    assert.deepEqual(sent(told), [...ASKED, ...ASKED]);
  });

  it('cancels an answer of which words have come, and asks anew when its words have ended', async () => {
    const told = await called();
    told.line.latest.say(sound('r1', 'started'), words('r1', 'delta'));
    await told.session.sendText('Are you there?');
    assert.deepEqual(sent(told), [...SILENCED, 'conversation.item.create']);
    told.line.latest.say(words('r1', 'done'));
    assert.deepEqual(sent(told), [...SILENCED, ...ASKED]);
  });

  it('does not wait for the end of an answer that was cancelled before its first word', async () => {
    const told = await called();
    await told.session.sendText('Are you there?');
    await told.session.sendText('Hello?');
    assert.deepEqual(sent(told), [...ASKED, ...SILENCED, ...ASKED]);
  });

  it('has only the sound to silence while an answer is played that is complete', async () => {
    const told = await called();
    told.line.latest.say(sound('r1', 'started'), words('r1', 'delta'), words('r1', 'done'));
    await told.session.sendText('Are you there?');
    assert.deepEqual(sent(told), ['output_audio_buffer.clear', ...ASKED]);
  });
});
