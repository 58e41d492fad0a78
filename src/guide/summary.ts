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
  const flat = line.replace(/\s+/g, ' ').trim();
  return flat.length > LONGEST ? `${flat.slice(0, LONGEST - 1)}…` : flat;
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
      .map((limit) => `${text(limit, 'name')} ${number(limit, 'remaining')}/${number(limit, 'limit')}`)
      .join(' · '),
  'conversation.item.truncated': (event) => duration(number(event, 'audio_end_ms')),
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
