import {
  number,
  record,
  records,
  text,
  type JsonRecord,
  type ServerEvent,
} from '../protocol/server-event.js';

const LONGEST = 120;

/**
 * What happened, in one line and in the event's own words: the text of a delta, the code of an error, the name of a
 * tool. Empty when the type says it all. Total: any payload will do.
 */
export function summary(type: string, event: ServerEvent): string {
  const line = (Object.hasOwn(lines, type) ? lines[type]?.(event) : undefined) ?? general(event);
  // Cut before it is searched: a payload can hold megabytes.
  const flat = line
    .slice(0, 4 * LONGEST)
    .replace(/\s+/g, ' ')
    .trim();
  return flat.length > LONGEST ? `${withoutHalf(flat.slice(0, LONGEST - 1))}…` : flat;
}

const lines: Readonly<Record<string, (event: ServerEvent) => string | undefined>> = {
  error: (event) => describeError(record(event, 'error')),
  malformed: (event) => text(event, 'raw'),
  'response.done': (event) => describeResponse(record(event, 'response')),
  'session.update': (event) => Object.keys(record(event, 'session') ?? {}).join(', '),
  'session.created': (event) => text(record(event, 'session'), 'model'),
  'session.updated': (event) => text(record(event, 'session'), 'model'),
  'rate_limits.updated': (event) =>
    records(event, 'rate_limits')
      .map((limit) => `${text(limit, 'name') ?? '?'} ${count(limit, 'remaining')}/${count(limit, 'limit')}`)
      .join(' · '),
  'conversation.item.truncate': (event) => duration(number(event, 'audio_end_ms')),
  'conversation.item.truncated': (event) => duration(number(event, 'audio_end_ms')),
  'input_audio_buffer.append': (event) => bytes(text(event, 'audio')),
  'input_audio_buffer.dtmf_event_received': (event) => text(event, 'event'),
  'response.audio.delta': (event) => bytes(text(event, 'delta')),
  'response.output_audio.delta': (event) => bytes(text(event, 'delta')),
  'input_audio_buffer.speech_started': (event) => duration(number(event, 'audio_start_ms')),
  'input_audio_buffer.speech_stopped': (event) => duration(number(event, 'audio_end_ms')),
  'local.status': (event) =>
    [text(event, 'status'), text(event, 'phase'), text(event, 'reason'), text(event, 'error')]
      .filter(Boolean)
      .join(' · '),
  'local.token': (event) => [text(event, 'state'), duration(number(event, 'ms'))].filter(Boolean).join(' · '),
};

function general(event: ServerEvent): string {
  const words = text(event, 'delta') ?? text(event, 'transcript') ?? text(event, 'text');
  if (words !== undefined) return `“${words}”`;
  const args = text(event, 'arguments');
  if (args !== undefined) return `${text(event, 'name') ?? ''}(${args})`;
  const error = record(event, 'error');
  return error ? describeError(error) : describeItem(record(event, 'item') ?? record(event, 'part'));
}

function describeError(error: JsonRecord | undefined): string {
  return [text(error, 'code') ?? text(error, 'type'), text(error, 'message')].filter(Boolean).join(': ');
}

function describeResponse(response: JsonRecord | undefined): string {
  const details = record(response, 'status_details');
  const tokens = number(record(response, 'usage'), 'total_tokens');
  const reason = text(details, 'reason') ?? describeError(record(details, 'error'));
  return [text(response, 'status'), reason, tokens === undefined ? '' : `${tokens} tokens`]
    .filter(Boolean)
    .join(' · ');
}

function describeItem(item: JsonRecord | undefined): string {
  const name = text(item, 'name');
  if (name) return `${name}(${text(item, 'arguments') ?? ''})`;
  const output = text(item, 'output');
  if (output) return output;
  const words = records(item, 'content').flatMap(
    (part) => text(part, 'transcript') ?? text(part, 'text') ?? [],
  );
  const who = text(item, 'role') ?? text(item, 'type') ?? '';
  return words.length > 0 ? `${who} “${words.join(' ')}”` : who;
}

function duration(ms: number | undefined): string {
  return ms === undefined ? '' : `${(ms / 1_000).toFixed(2)} s`;
}

function count(source: JsonRecord, field: string): number | '?' {
  return number(source, field) ?? '?';
}

/** The size of sound in base64, which is nothing to read. An exported log has a note in its place, in brackets. */
function bytes(sound: string | undefined): string {
  if (sound === undefined || sound.startsWith('[')) return sound ?? '';
  const padding = sound.endsWith('==') ? 2 : sound.endsWith('=') ? 1 : 0;
  return `${Math.floor((sound.length * 3) / 4) - padding} B`;
}

/** A cut through an emoji leaves half of it, which no browser can draw. */
function withoutHalf(words: string): string {
  return words.replace(/[\uD800-\uDBFF]$/, '');
}
