import { record, records, text, type JsonRecord } from '../protocol/server-event.js';

/** Beta fields of a session, and where they went. */
const MOVED: Readonly<Record<string, string>> = {
  modalities: 'output_modalities',
  max_response_output_tokens: 'max_output_tokens',
  voice: 'audio.output.voice',
  speed: 'audio.output.speed',
  output_audio_format: 'audio.output.format',
  turn_detection: 'audio.input.turn_detection',
  input_audio_transcription: 'audio.input.transcription',
  input_audio_noise_reduction: 'audio.input.noise_reduction',
  input_audio_format: 'audio.input.format',
  temperature: '',
};

/** Beta fields in a session or a response, each with its place today; empty where there is none. */
export function movedFields(
  fields: JsonRecord,
): readonly { readonly field: string; readonly place: string }[] {
  return Object.entries(MOVED).flatMap(([field, place]) => (field in fields ? { field, place } : []));
}

/** The type that content of the beta has today, by the role of its message; `undefined` where the type is right. */
export function wrongContent(
  item: JsonRecord | undefined,
): { readonly type: string; readonly name: string } | undefined {
  const side = text(item, 'role') === 'assistant' ? 'output' : 'input';
  const type = records(item, 'content')
    .map((part) => text(part, 'type'))
    .find((name) => name === 'text' || name === 'audio');
  return type && { type, name: `${side}_${type}` };
}

/** True for a session as the beta laid it out. */
export function isBetaSession(session: JsonRecord): boolean {
  return !('audio' in session) && !('output_modalities' in session) && movedFields(session).length > 0;
}

/** What a session or an update says of its voice. */
export function outputFields(session: JsonRecord): JsonRecord {
  return record(record(session, 'audio'), 'output') ?? {};
}
