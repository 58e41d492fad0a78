import type { Envelope } from '../protocol/envelope.js';
import { LogError, readLog, type RecordedEvent } from '../protocol/read-log.js';
import { asRecord } from '../protocol/server-event.js';
import { LOG_FORMAT, LOG_VERSION } from './write-log.js';

/**
 * Reads a log in either of its forms, or a bare list of server events, one a line. Events without a time get 0, and all
 * are numbered anew from 1.
 *
 * @throws LogError naming the first line that is no event, or a version of the format that is not known here
 */
export function openLog(text: string): readonly Envelope[] {
  const log = text.startsWith('\uFEFF') ? text.slice(1) : text;
  checkVersion(log);
  const events = readLog(asLines(log));
  if (events.length === 0) throw new LogError(1, 'there is no event in this log.');
  return events.map(stamp);
}

function stamp({ origin, event, time }: RecordedEvent, index: number): Envelope {
  return Object.freeze({ sequence: index + 1, origin, type: event.type, event, time: time ?? 0 });
}

/** The one-document form as lines; anything else as it is. */
function asLines(log: string): string {
  const whole = asJson(log);
  const events = Array.isArray(whole) ? whole : asRecord(whole)?.['events'];
  return Array.isArray(events) ? events.map((event) => JSON.stringify(event)).join('\n') : log;
}

function checkVersion(log: string): void {
  const head = asRecord(asJson(log.split('\n', 1)[0] ?? '')) ?? asRecord(asJson(log));
  if (head?.['format'] === undefined || head['type'] !== undefined) return;
  if (head['format'] !== LOG_FORMAT) {
    throw new LogError(1, `the format "${String(head['format'])}" is not known.`);
  }
  if (head['version'] !== LOG_VERSION) {
    throw new LogError(
      1,
      `version ${String(head['version'])} of the format is not known; this reads version 1.`,
    );
  }
}

/** `undefined` for what is not one JSON document: most logs are not, and their lines are judged one by one. */
function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
