import { LogError, readLog, type RecordedEvent } from '../protocol/read-log.js';
import type { Clock } from './clock.js';
import type { Connection, ConnectionSink, OpenConnection } from './connection.js';
import { RealtimeError } from './realtime-error.js';

/** Events played in one go before the page gets to draw. */
const BATCH = 200;
/** Silences of a recording are not worth waiting for. */
const LONGEST_PAUSE_MS = 5_000;

/** What a replay can be told while it plays. */
export interface Player {
  /** 1 is the recorded pace, `Infinity` all at once. */
  speed: number;
  readonly paused: boolean;
  readonly position: number;
  readonly length: number;
  pause(): void;
  resume(): void;
  /** Plays one event. */
  step(): void;
}

/** A connection that plays a tape instead of calling. */
export interface ReplayConnection extends Connection {
  readonly player: Player;
}

/**
 * Plays a recorded log through the same path as a live call, with no microphone, token or server: at its own pace when
 * it has times, otherwise all at once.
 *
 * @throws RealtimeError `replay.unreadable`, naming the line
 */
export const openReplay: OpenConnection = async (
  { config, fetch, clock },
  sink,
  signal,
): Promise<ReplayConnection> => {
  sink.phase('negotiating');
  const events = read(await load(config.replay ?? '', fetch, signal));
  const tape = new Tape(events, sink, clock, config.replaySpeed ?? 1);
  signal.addEventListener('abort', () => tape.stop(), { once: true });
  return {
    callId: null,
    maxMessageSize: Infinity,
    live: false,
    player: tape,
    send: () => {
      throw new RealtimeError('session.not_connected');
    },
    replaceTrack: async () => {},
    outputLevel: () => undefined,
    close: () => tape.stop(),
  };
};

async function load(url: string, fetch: typeof globalThis.fetch, signal: AbortSignal): Promise<string> {
  try {
    const response = await fetch(url, { signal });
    if (!response.ok) throw new RealtimeError('replay.unreadable', { status: response.status });
    return await response.text();
  } catch (error) {
    signal.throwIfAborted();
    throw RealtimeError.from(error, 'replay.unreadable');
  }
}

function read(log: string): readonly RecordedEvent[] {
  try {
    return readLog(log);
  } catch (error) {
    throw new RealtimeError('replay.unreadable', {
      detail: error instanceof LogError ? error.message : undefined,
    });
  }
}

class Tape implements Player {
  readonly #events: readonly RecordedEvent[];
  readonly #sink: ConnectionSink;
  readonly #clock: Clock;
  #speed: number;
  #position = 0;
  #paused = false;
  #stopped = false;
  #cancel: () => void = () => {};

  constructor(events: readonly RecordedEvent[], sink: ConnectionSink, clock: Clock, speed: number) {
    this.#events = events;
    this.#sink = sink;
    this.#clock = clock;
    this.#speed = speed;
    this.#schedule();
  }

  get speed(): number {
    return this.#speed;
  }
  set speed(speed: number) {
    this.#speed = speed > 0 ? speed : 1;
    if (!this.#paused) this.#schedule();
  }
  get paused(): boolean {
    return this.#paused;
  }
  get position(): number {
    return this.#position;
  }
  get length(): number {
    return this.#events.length;
  }

  pause(): void {
    this.#paused = true;
    this.#cancel();
  }

  resume(): void {
    this.#paused = false;
    this.#schedule();
  }

  step(): void {
    this.pause();
    this.#play();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }

  #schedule(): void {
    this.#cancel();
    if (!this.#stopped) this.#cancel = this.#clock.after(this.#wait(), () => this.#run());
  }

  /** Plays all that is due, a bounded number at a time. */
  #run(): void {
    for (let played = 0; played < BATCH && !this.#paused && !this.#stopped; played += 1) {
      if (!this.#play()) return;
      if (this.#wait() > 0) break;
    }
    if (!this.#paused) this.#schedule();
  }

  #wait(): number {
    const [before, next] = [this.#events[this.#position - 1], this.#events[this.#position]];
    if (before?.time == null || next?.time == null) return 0;
    return Math.min(LONGEST_PAUSE_MS, Math.max(0, next.time - before.time)) / this.#speed;
  }

  /** False at the end of the tape. */
  #play(): boolean {
    const event = this.#events[this.#position];
    this.#position += 1;
    if (event && !this.#stopped) this.#sink.replay(event);
    if (event) return true;
    this.stop();
    this.#sink.closed(null);
    return false;
  }
}
