import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { nextEvent } from './next-event.js';

/** The end of the assistant's next turn. */
export function answered(voice: RealtimeVoiceElement): Promise<unknown> {
  return nextEvent(
    voice,
    'realtime-transcript',
    ({ detail: { turn } }: GlobalEventHandlersEventMap['realtime-transcript']) =>
      turn.role === 'assistant' && turn.status === 'done',
  );
}

/** Types something, and waits until the answer is done. */
export async function ask(voice: RealtimeVoiceElement, words: string): Promise<void> {
  const done = answered(voice);
  await voice.sendText(words);
  await done;
}
