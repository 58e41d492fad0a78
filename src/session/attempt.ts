import type { ServerEvent } from '../protocol/server-event.js';
import type { Clock } from './clock.js';
import type { ConnectionSink } from './connection.js';
import { deferred } from './deferred.js';
import { MessageReader } from './message-reader.js';
import { RealtimeError } from './realtime-error.js';

/** Somebody who waits for an answer. */
interface Waiter {
  heard(event: ServerEvent): void;
  lost(error: unknown): void;
}

/**
 * The sink of one connection attempt: passes everything on until its signal aborts, and lets the attempt wait for answers
 * of its own connection while it is being set up.
 */
export class Attempt implements ConnectionSink {
  readonly #sink: ConnectionSink;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #reader = new MessageReader();
  readonly #waiting = new Set<Waiter>();
  #heard = false;
  /** What every wait ends with from now on. */
  #lost: unknown = null;
  /** What a connection says that has to stay unnoticed until it is taken over. */
  #held: (() => void)[] | null;
  #adopted = false;

  /** @param isQuiet nothing of it shows until it is adopted: another connection carries the call */
  constructor(sink: ConnectionSink, clock: Clock, signal: AbortSignal, isQuiet: boolean) {
    this.#sink = sink;
    this.#clock = clock;
    this.#signal = signal;
    this.#held = isQuiet ? [] : null;
    signal.addEventListener('abort', () => this.#lose(signal.reason), { once: true });
  }

  /** The call takes the connection over: from now on its end is the call's business. */
  adopt(): void {
    this.#adopted = true;
    const held = this.#held ?? [];
    this.#held = null;
    for (const tell of held) this.#tell(tell);
  }

  #tell(news: () => void): void {
    if (this.#signal.aborted) return;
    if (this.#held) this.#held.push(news);
    else news();
  }

  phase(phase: Parameters<ConnectionSink['phase']>[0]): void {
    this.#tell(() => this.#sink.phase(phase));
  }

  replay(recorded: Parameters<ConnectionSink['replay']>[0]): void {
    this.#tell(() => this.#sink.replay(recorded));
  }

  remoteStream(stream: MediaStream): void {
    this.#tell(() => this.#sink.remoteStream(stream));
  }

  wobble(): void {
    if (this.#adopted) this.#tell(() => this.#sink.wobble());
  }

  steady(): void {
    if (this.#adopted) this.#tell(() => this.#sink.steady());
  }

  message(data: unknown): void {
    this.#heard = true;
    this.#tell(() => this.#sink.message(data));
    if (this.#adopted) return;
    const event = this.#reader.whole(this.#reader.read(data));
    if (!event) return;
    for (const { heard } of this.#waiting) heard(event);
    if (event.type === 'session.started') this.#lose(new RealtimeError('session.no_greeting', ANOTHER_API));
  }

  closed(error: RealtimeError | null): void {
    if (this.#adopted || error === null) this.#tell(() => this.#sink.closed(error));
    else this.#lose(error);
  }

  /** Waits for any message. @throws RealtimeError `session.no_greeting`, or what closed the connection */
  async greeted(ms: number): Promise<void> {
    if (this.#heard) return;
    const first = await this.answerTo(() => true, ms);
    if (!first) throw new RealtimeError('session.no_greeting');
  }

  /** The first message that fits, or `undefined` when none came in time. @throws what closed the connection */
  answerTo(fits: (event: ServerEvent) => boolean, ms: number): Promise<ServerEvent | undefined> {
    const { promise, resolve, reject } = deferred<ServerEvent | undefined>();
    const done = (): void => {
      cancel();
      this.#waiting.delete(waiter);
    };
    const waiter: Waiter = {
      heard(event) {
        if (!fits(event)) return;
        done();
        resolve(event);
      },
      lost(error) {
        done();
        reject(error);
      },
    };
    this.#waiting.add(waiter);
    const cancel = this.#clock.after(ms, () => {
      done();
      resolve(undefined);
    });
    if (this.#lost) waiter.lost(this.#lost);
    // Asked before it is awaited: a loss in between must not count as unhandled.
    promise.catch(() => {});
    return promise;
  }

  #lose(error: unknown): void {
    this.#lost ??= error;
    for (const { lost } of this.#waiting) lost(error);
  }
}

const ANOTHER_API = { detail: 'session.started is what the Live API says: this is not the Realtime API.' };
