import { text, type ServerEvent } from './server-event.js';

const COMPLETED = 'conversation.item.input_audio_transcription.completed';
const UPDATED = 'conversation.item.input_audio_transcription.updated';

/**
 * Other names for events that the protocol already has. The first six are the beta names, which OpenAI switched off
 * in 2026 and other servers still send; the last is speaches' and its relatives' name for a growing transcript.
 */
const RENAMED: Readonly<Record<string, string>> = {
  'response.text.delta': 'response.output_text.delta',
  'response.text.done': 'response.output_text.done',
  'response.audio.delta': 'response.output_audio.delta',
  'response.audio.done': 'response.output_audio.done',
  'response.audio_transcript.delta': 'response.output_audio_transcript.delta',
  'response.audio_transcript.done': 'response.output_audio_transcript.done',
  'input_audio_buffer.partial_transcription': UPDATED,
};

/**
 * The event under the name that GA gives it, every field kept. An event that already has its GA name comes back as
 * the same object. This is the one place that knows other servers' names.
 */
export function normalize(event: ServerEvent): ServerEvent {
  const type = gaName(event);
  return type === event.type ? event : { ...event, type };
}

function gaName(event: ServerEvent): string {
  const { type } = event;
  // xAI calls a transcript completed while it still grows, and says so beside it.
  if (type === COMPLETED && event['status'] === 'in_progress') return UPDATED;
  return (Object.hasOwn(RENAMED, type) ? RENAMED[type] : undefined) ?? type;
}

/** True for speaches' wrapped messages, whose JSON travels as base64 in `data`, whole or in pieces. */
export function isFragment(event: ServerEvent): boolean {
  return (
    (event.type === 'full_message' || event.type === 'partial_message') && text(event, 'data') !== undefined
  );
}
