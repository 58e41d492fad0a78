import { realClock, type Clock } from './clock.js';
import type { ConnectionRequest, OpenConnection } from './connection.js';
import { browserMedia, type MediaSource } from './microphone.js';
import { openWebRtcConnection } from './webrtc-connection.js';

/** What a session uses of the world; a test hands in its own. */
export interface SessionSeams {
  readonly open?: OpenConnection;
  readonly media?: MediaSource | undefined;
  readonly fetch?: typeof fetch;
  readonly createPeer?: ConnectionRequest['createPeer'];
  readonly clock?: Clock;
}

/** The world as it is. */
export function browserSeams(): Required<SessionSeams> {
  return {
    open: openWebRtcConnection,
    // Called through the global, so that it works however the page wraps `fetch` later on.
    fetch: (input, init) => globalThis.fetch(input, init),
    createPeer: (configuration) => new RTCPeerConnection(configuration),
    media: browserMedia(),
    clock: realClock,
  };
}
