import type { Envelope } from '../protocol/envelope.js';

/** Forms of an exported log: one event a line, or one JSON document. */
export type LogFormat = 'jsonl' | 'json';

/** Name and version stand in the first line of a log. */
export const LOG_FORMAT = 'realtime-voice-log';
export const LOG_VERSION = 1;

/** The events as text. Nothing is left out here: redact them first. */
export function writeLog(envelopes: readonly Envelope[], format: LogFormat): string {
  const head = { format: LOG_FORMAT, version: LOG_VERSION };
  if (format === 'json') return `${JSON.stringify({ ...head, events: envelopes.map(plain) }, null, 2)}\n`;
  return [head, ...envelopes.map(plain)].map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** In a fixed order, so that logs can be compared line by line; the type is the event's own. */
function plain({ sequence, origin, time, event }: Envelope): object {
  return { sequence, origin, time, event };
}
