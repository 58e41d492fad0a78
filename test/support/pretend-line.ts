import type {
  Connection,
  ConnectionRequest,
  ConnectionSink,
  OpenConnection,
} from '../../src/session/connection.js';
import { RealtimeError } from '../../src/session/realtime-error.js';
import type { ErrorCode } from '../../src/session/error-codes.js';
import { sleep } from '../../src/session/clock.js';
import type { ServerEvent } from '../../src/protocol/server-event.js';

/** What a browser sends where the answer names no limit. */
const MAX_MESSAGE_SIZE = 65_536;

/** One connection of a pretended line, seen from its far end. */
export interface Link {
  readonly request: ConnectionRequest;
  readonly sink: ConnectionSink;
  /** What came over it. */
  readonly received: ServerEvent[];
  closed: boolean;
  /** Its path is disturbed, which whoever asks for it is told. */
  wobbles: boolean;
  /** Sends an event, or any other message. */
  say(...messages: readonly unknown[]): void;
  /** The connection is gone. */
  lose(code?: ErrorCode): void;
}

/** `null` is success; a failure may take its time. */
type Fate =
  RealtimeError | ErrorCode | 'hang' | null | { readonly afterMs: number; readonly code: ErrorCode };

/**
 * Connections without a network, for tests of what happens around them: a far end that answers as the API does, at once
 * and in order. A real peer connection is in `far-end.ts`.
 */
export class PretendLine {
  readonly links: Link[] = [];
  /** What the next attempts come to. When it is empty they succeed; `hang` neither succeeds nor fails. */
  readonly fates: Fate[] = [];
  /** Fields of the session that the far end tells, for example `expires_at`. */
  session: Readonly<Record<string, unknown>> = {};
  /** Whether it says anything by itself. */
  isSilent = false;
  /** Types of events that it takes without a word. */
  readonly ignored = new Set<string>();
  /** Whom each attempt tells, also those that came to nothing. */
  readonly sinks: ConnectionSink[] = [];
  /** What `close()` of a connection throws. */
  closeThrows: Error | null = null;

  /** Attempts, also those that came to nothing. */
  get attempts(): number {
    return this.sinks.length;
  }

  /** Connections that are open. */
  get open(): readonly Link[] {
    return this.links.filter(({ closed }) => !closed);
  }

  /** The connection made last. */
  get latest(): Link {
    const link = this.links.at(-1);
    if (!link) throw new Error('Nobody has called yet.');
    return link;
  }

  /** For the seam `open` of a session. */
  readonly dial: OpenConnection = async (request, sink, signal) => {
    this.sinks.push(sink);
    sink.phase('token');
    const fate = this.fates.shift() ?? null;
    if (fate === 'hang') {
      // From then on a machine is waited for, and that for a time only.
      await request.microphone(signal);
      signal.throwIfAborted();
      await new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(RealtimeError.from(signal.reason)), { once: true });
      });
    }
    // A real one takes its time, too.
    await Promise.resolve();
    if (fate !== null && typeof fate === 'object' && 'afterMs' in fate) {
      await request.microphone(signal);
      await sleep(request.clock, fate.afterMs, signal);
      throw new RealtimeError(fate.code);
    }
    signal.throwIfAborted();
    if (fate !== null && fate !== 'hang') throw typeof fate === 'string' ? new RealtimeError(fate) : fate;
    return this.#connect(request, sink, signal);
  };

  #connect(request: ConnectionRequest, sink: ConnectionSink, signal: AbortSignal): Connection {
    const link: Link = {
      request,
      sink,
      received: [],
      closed: false,
      wobbles: false,
      lose: (code = 'channel.closed') => {
        link.closed = true;
        sink.closed(new RealtimeError(code));
      },
      say: (...messages) => {
        for (const message of messages) sink.message(isEvent(message) ? JSON.stringify(message) : message);
      },
    };
    this.links.push(link);
    const close = (): void => {
      link.closed = true;
      if (this.closeThrows) throw this.closeThrows;
    };
    signal.addEventListener('abort', () => (link.closed = true), { once: true });
    return {
      callId: `rtc_${this.links.length}`,
      maxMessageSize: MAX_MESSAGE_SIZE,
      live: true,
      send: (message) => {
        const { byteLength } = new TextEncoder().encode(message);
        if (byteLength > MAX_MESSAGE_SIZE) throw new RealtimeError('channel.too_large');
        this.#take(link, JSON.parse(message) as ServerEvent);
      },
      replaceTrack: async () => {},
      outputLevel: () => 0,
      check: () => link.wobbles && sink.wobble(),
      close,
    };
  }

  #take(link: Link, event: ServerEvent): void {
    if (link.closed) throw new RealtimeError('session.not_connected');
    link.received.push(event);
    if (this.isSilent || this.ignored.has(event.type)) return;
    const session = { id: `sess_${this.links.length}`, type: 'realtime', ...this.session };
    if (event.type === 'session.update') {
      const updated = { ...session, ...(event['session'] as object) };
      const isFirst = link.received.filter(({ type }) => type === event.type).length === 1;
      if (isFirst) link.say({ type: 'session.created', session });
      link.say({ type: 'session.updated', session: updated });
    } else if (event.type === 'conversation.item.create') {
      link.say({
        type: 'conversation.item.added',
        item: {
          id: `item_${this.links.length}_${link.received.length}`,
          status: 'completed',
          ...(event['item'] as object),
        },
      });
    }
  }
}

/** What is written as an object is an event; anything else comes as it is, a blob too, which has a `type` of its own. */
function isEvent(message: unknown): boolean {
  return (
    typeof message === 'object' &&
    message !== null &&
    Object.getPrototypeOf(message) === Object.prototype &&
    'type' in message
  );
}
