import type { ServerEvent } from '../../src/protocol/server-event.js';

const place = (item_id: string): object => ({
  response_id: 'r',
  item_id,
  output_index: 0,
  content_index: 0,
});

/**
 * Some words of an answer.
 *
 * @param count tells them from the other words of it, since no event counts twice
 */
export function delta(id: string, words: string, count: number): ServerEvent {
  const type = 'response.output_audio_transcript.delta';
  return { type, event_id: `${id} ${count}`, ...place(id), delta: words };
}

/** All the words of an answer, once there are no more. */
export function done(id: string, transcript: string): ServerEvent {
  return { type: 'response.output_audio_transcript.done', ...place(id), transcript };
}
