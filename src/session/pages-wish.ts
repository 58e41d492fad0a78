import type { RealtimeError } from './realtime-error.js';

/** The page itself has stopped the call or forbidden a connection: no news to it, and none of the visitor's business. */
export function isPagesWish({ code }: RealtimeError): boolean {
  return code === 'lifecycle.aborted';
}
