import type { Envelope, Origin } from '../protocol/envelope.js';
import { asRecord, number, text } from '../protocol/server-event.js';

const ORIGINS: ReadonlySet<string> = new Set<Origin>(['server', 'client', 'local']);

/**
 * The envelope in the detail of a `realtime-event`; `undefined` when there is none. Anybody may dispatch such an event:
 * a detail that is a bare event counts as received now.
 */
export function readDetail(detail: unknown): Envelope | undefined {
  const source = asRecord(detail);
  const type = text(source, 'type');
  if (!source || type === undefined) return undefined;
  if (isEnvelope(source)) return source;
  const origin = text(source, 'origin') ?? '';
  const event = asRecord(source['event']) ?? source;
  return {
    sequence: number(source, 'sequence') ?? 0,
    origin: ORIGINS.has(origin) ? (origin as Origin) : 'server',
    type,
    event: { ...event, type },
    time: number(source, 'time') ?? Date.now(),
  };
}

function isEnvelope(source: object): source is Envelope {
  const { sequence, time, event, origin } = source as Partial<Envelope>;
  return (
    typeof sequence === 'number' &&
    typeof time === 'number' &&
    asRecord(event) !== undefined &&
    ORIGINS.has(origin ?? '')
  );
}
