import { isFragment, normalize } from '../protocol/dialects.js';
import { joinFragment, noPieces } from '../protocol/fragments.js';
import { readMessage } from '../protocol/parse-server-event.js';
import type { ServerEvent } from '../protocol/server-event.js';

/** Reads what a server sends, however it wraps it. Has a memory: some send an event in pieces. */
export class MessageReader {
  #pieces = noPieces;

  /** The message exactly as the server wrote it, also where it is binary. */
  read(data: unknown): ServerEvent {
    return readMessage(data instanceof ArrayBuffer ? new TextDecoder().decode(data) : data);
  }

  /** The event in it, under its GA name; `undefined` while it is still in pieces. */
  whole(message: ServerEvent): ServerEvent | undefined {
    if (!isFragment(message)) return normalize(message);
    const joined = joinFragment(this.#pieces, message);
    this.#pieces = joined.fragments;
    return joined.event;
  }
}
