import type { ClientEvent } from '../protocol/client-event.js';
import type { Origin } from '../protocol/envelope.js';
import { readMessage } from '../protocol/parse-server-event.js';
import type { ServerEvent } from '../protocol/server-event.js';

/** What a data channel and a WebSocket have in common. */
export interface Channel extends EventTarget {
  readonly readyState: string | number;
  send(data: string): void;
}

/** Told of each message, in either direction. */
export type RecordMessage = (origin: Origin, event: ServerEvent | ClientEvent) => void;

/** True for data channels and WebSockets, of whatever library. */
export function isChannel(target: EventTarget): target is Channel {
  return 'readyState' in target && 'send' in target && typeof target.send === 'function';
}

/** Listens to a channel and to what is sent through it, changing neither. Returns what undoes it. */
export function watchChannel(channel: Channel, record: RecordMessage): () => void {
  const listening = new AbortController();
  channel.addEventListener('message', (event) => record('server', readData((event as MessageEvent).data)), {
    signal: listening.signal,
  });
  const inherited = !Object.hasOwn(channel, 'send');
  const send = channel.send;
  const recordingSend = (data: string): void => {
    send.call(channel, data);
    if (!listening.signal.aborted) record('client', readData(data));
  };
  channel.send = recordingSend;
  return () => {
    listening.abort();
    // Somebody else may have put a wrapper around ours meanwhile; then ours stays, and only passes on.
    if (channel.send !== recordingSend) return;
    if (inherited) Reflect.deleteProperty(channel, 'send');
    else channel.send = send;
  };
}

function readData(data: unknown): ServerEvent {
  const bytes = data instanceof ArrayBuffer || ArrayBuffer.isView(data);
  return readMessage(bytes ? new TextDecoder().decode(data) : data);
}
