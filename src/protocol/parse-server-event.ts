/**
 * Protocol, the lowest layer: what crosses the wire, as plain data. It turns text into events and knows the event
 * names of the field. It knows nothing of conversations, sessions, elements, time or a document, and it never throws:
 * what cannot be read is an event too.
 *
 *     const event = parseServerEvent(message.data);   // {type: 'response.output_text.delta', …}
 */
import { normalize } from './dialects.js';
import { joinFragment, noPieces } from './fragments.js';
import { MALFORMED, asRecord, type MalformedEvent, type ServerEvent } from './server-event.js';

const RAW_LIMIT = 4_096;

/**
 * The event in one message of the data channel, under its GA name and with every field kept. Total: anything that is
 * not a JSON object with a `type` gives a {@link MalformedEvent}.
 */
export function parseServerEvent(message: unknown): ServerEvent {
  const event = readMessage(message);
  return normalize(event.type === 'full_message' ? (joinFragment(noPieces, event).event ?? event) : event);
}

/** The same without renaming: the message exactly as the server wrote it. */
export function readMessage(message: unknown): ServerEvent {
  if (typeof message !== 'string')
    return malformed(Object.prototype.toString.call(message), byteLength(message));
  try {
    const event = asRecord(JSON.parse(message));
    if (typeof event?.['type'] === 'string') return event as ServerEvent;
  } catch {
    /* not JSON: reported below like any other unreadable message */
  }
  return malformed(message, message.length);
}

function malformed(raw: string, size: number): MalformedEvent {
  return { type: MALFORMED, raw: raw.slice(0, RAW_LIMIT), size };
}

function byteLength(message: unknown): number {
  const { byteLength: bytes, size } = Object(message) as { byteLength?: unknown; size?: unknown };
  return typeof bytes === 'number' ? bytes : typeof size === 'number' ? size : 0;
}
