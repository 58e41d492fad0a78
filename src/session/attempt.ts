import { readMessage } from '../protocol/parse-server-event.js';
import type { ServerEvent } from '../protocol/server-event.js';
import { sleep, type Clock } from './clock.js';
import type { ConnectionSink } from './connection.js';
import { deferred } from './deferred.js';
import { RealtimeError } from './realtime-error.js';

/**
 * The sink of one connection attempt: passes everything on, and lets the attempt wait for answers of its own
 * connection while it is being set up.
 */
export class Attempt implements ConnectionSink {
  readonly #sink: ConnectionSink;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #waiting = new Set<(event: ServerEvent) => void>();
  #heard = false;
  #lost: RealtimeError | null = null;
  #reportLoss: (error: RealtimeError) => void = () => {};
  /** What a connection says that has to stay unnoticed until it is taken over. */
  #held: (() => void)[] | null;
  #adopted = false;

  /** @param isQuiet nothing of it shows until it is adopted: another connection carries the call */
  constructor(sink: ConnectionSink, clock: Clock, signal: AbortSignal, isQuiet: boolean) {
    this.#sink = sink;
    this.#clock = clock;
    this.#signal = signal;
    this.#held = isQuiet ? [] : null;
  }

  /** The call takes the connection over: from now on its end is the call's business. */
  adopt(): void {
    this.#adopted = true;
    const held = this.#held ?? [];
    this.#held = null;
    for (const tell of held) tell();
  }

  #tell(news: () => void): void {
    if (this.#held) this.#held.push(news);
    else news();
  }

  readonly phase: ConnectionSink['phase'] = (phase) => this.#sink.phase(phase);
  readonly replay: ConnectionSink['replay'] = (recorded) => this.#sink.replay(recorded);
  readonly remoteStream: ConnectionSink['remoteStream'] = (stream) =>
    this.#tell(() => this.#sink.remoteStream(stream));
  readonly wobble = (): void => {
    if (this.#adopted) this.#sink.wobble();
  };
  readonly steady = (): void => {
    if (this.#adopted) this.#sink.steady();
  };

  readonly message = (data: unknown): void => {
    this.#heard = true;
    this.#tell(() => this.#sink.message(data));
    if (this.#waiting.size === 0) return;
    const event = readMessage(data);
    for (const listener of this.#waiting) listener(event);
  };

  readonly closed = (error: RealtimeError | null): void => {
    if (this.#adopted || error === null) {
      this.#sink.closed(error);
      return;
    }
    this.#lost = error;
    this.#reportLoss(error);
  };

  /** Waits for any message. @throws RealtimeError `session.no_greeting`, or what closed the connection */
  async greeted(ms: number): Promise<void> {
    if (this.#heard) return;
    const first = await this.answerTo(() => true, ms);
    if (!first) throw new RealtimeError('session.no_greeting');
  }

  /** The first message that fits, or `undefined` when none came in time. @throws what closed the connection */
  answerTo(fits: (event: ServerEvent) => boolean, ms: number): Promise<ServerEvent | undefined> {
    const { promise: came, resolve, reject } = deferred<ServerEvent | undefined>();
    const listener = (event: ServerEvent): void => {
      if (fits(event)) resolve(event);
    };
    this.#waiting.add(listener);
    const done = new AbortController();
    const abort = (): void => done.abort(this.#signal.reason);
    if (this.#signal.aborted) abort();
    this.#signal.addEventListener('abort', abort, { once: true });
    if (this.#lost) reject(this.#lost);
    const others = this.#reportLoss;
    this.#reportLoss = (error) => {
      reject(error);
      others(error);
    };
    const late = sleep(this.#clock, ms, done.signal).then(() => undefined);
    const answer = Promise.race([came, late]).finally(() => {
      this.#waiting.delete(listener);
      this.#signal.removeEventListener('abort', abort);
      done.abort();
    });
    // Asked before it is awaited: a loss in between must not count as unhandled.
    answer.catch(() => {});
    return answer;
  }
}
