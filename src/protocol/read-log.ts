import type { Envelope, Origin } from './envelope.js';
import { asRecord, number, record, text, type JsonRecord } from './server-event.js';

/** One line of a log: a message with its direction, and its time when the log has times. */
export interface RecordedEvent extends Pick<Envelope, 'origin' | 'event'> {
  readonly time: number | null;
}

/** A line that is no event. `line` counts from 1. */
export class LogError extends Error {
  override readonly name = 'LogError';

  constructor(
    readonly line: number,
    problem: string,
  ) {
    super(`Line ${line}: ${problem}`);
  }
}

/**
 * Reads a log in JSON Lines: entries as the event panel exports them (`{origin, time, event}`, after a line that names
 * the format), or bare server events. Empty lines are skipped.
 *
 * @throws LogError naming the first line that is neither
 */
export function readLog(log: string): readonly RecordedEvent[] {
  return log.split('\n').flatMap((text, index) => {
    // Also takes off the byte order mark that some editors put before the first line.
    const line = text.trim();
    return line === '' ? [] : readLine(line, index + 1);
  });
}

const ORIGINS: ReadonlySet<string> = new Set<Origin>(['server', 'client', 'local']);

function readLine(line: string, at: number): readonly RecordedEvent[] {
  const entry = parse(line, at);
  const event = record(entry, 'event');
  const origin = text(entry, 'origin');
  if (origin !== undefined && ORIGINS.has(origin) && event) {
    return [{ origin: origin as Origin, event: typed(event, at), time: number(entry, 'time') ?? null }];
  }
  if (typeof entry['type'] === 'string') return [{ origin: 'server', event: typed(entry, at), time: null }];
  // The line that names the format and its version stands first and is no event.
  if (at === 1) return [];
  throw new LogError(at, 'there is no event in it: "type" is missing.');
}

function parse(line: string, at: number): JsonRecord {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new LogError(at, 'it is not JSON.');
  }
  const entry = asRecord(value);
  if (!entry) throw new LogError(at, 'it is not a JSON object.');
  return entry;
}

function typed(event: JsonRecord, at: number): Envelope['event'] {
  if (typeof event['type'] !== 'string') throw new LogError(at, 'the event in it has no "type".');
  return event as Envelope['event'];
}
