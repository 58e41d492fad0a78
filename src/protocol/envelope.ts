import type { ServerEvent } from './server-event.js';
import type { ClientEvent } from './client-event.js';

/**
 * Who made a message: the server, this client, or the widget itself
 * (`local` marks the token request and status steps, which never cross the wire).
 */
export type Origin = 'server' | 'client' | 'local';

/** A step of the widget itself, recorded beside the messages of the wire. Its `type` starts with `local.`. */
export interface LocalEvent {
  readonly type: `local.${string}`;
  readonly [field: string]: unknown;
}

/**
 * One message as it crossed the wire, stamped once and never changed.
 * Everything downstream (reducer, panel, export, replay) reads direction, order and time from here.
 */
export interface Envelope {
  /** Counts up by one from 1 within one log, across both directions. */
  readonly sequence: number;
  readonly origin: Origin;
  /** The event's own `type`, repeated so that a log can be counted without opening payloads. */
  readonly type: string;
  /** The message itself, exactly as received or sent. */
  readonly event: ServerEvent | ClientEvent | LocalEvent;
  /** Milliseconds since the epoch, monotonic within one log. */
  readonly time: number;
}
