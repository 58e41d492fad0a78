import type { EventLog, LogEntry } from '../event-log/event-log.js';
import { record, text } from '../protocol/server-event.js';

/**
 * The other half of a failed request: for an `error` the client event that it names, for a client event the `error` that
 * names it. `undefined` when there is none, or it is no longer kept.
 */
export function relatedEvent(log: EventLog, entry: LogEntry): LogEntry | undefined {
  const { envelope } = entry;
  const wanted = envelope.origin === 'client' ? text(envelope.event, 'event_id') : refusedId(entry);
  if (wanted === undefined) return undefined;
  return log.entries().find((other) => other.source === entry.source && isOtherHalf(other, entry, wanted));
}

function isOtherHalf(other: LogEntry, entry: LogEntry, id: string): boolean {
  if (entry.envelope.origin === 'client') return refusedId(other) === id;
  return other.envelope.origin === 'client' && text(other.envelope.event, 'event_id') === id;
}

function refusedId({ envelope }: LogEntry): string | undefined {
  return envelope.type === 'error' ? text(record(envelope.event, 'error'), 'event_id') : undefined;
}
