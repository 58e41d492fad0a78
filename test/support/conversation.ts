import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';

/** A line for each turn. */
export function words(voice: RealtimeVoiceElement): readonly string[] {
  return voice.turns.map(({ role, status, text }) => `${role} ${status}: ${text}`);
}

/** Events of two questions and two answers.
 *
 * @param prefix of the items' ids
 */
export function conversation(prefix = ''): readonly object[] {
  const message = (id: string, role: string, type: string, text: string): object => ({
    type: 'conversation.item.added',
    item: {
      id: prefix + id,
      type: 'message',
      role,
      status: 'completed',
      content: [{ type, text, transcript: text }],
    },
  });
  return [
    message('u1', 'user', 'input_text', 'What time is it?'),
    message('a1', 'assistant', 'output_audio', 'It is noon.'),
    message('u2', 'user', 'input_text', 'Thank you.'),
    message('a2', 'assistant', 'output_audio', 'You are welcome.'),
  ];
}
