import { sessionUpdate } from '../protocol/client-event.js';
import type { LocalEvent } from '../protocol/envelope.js';
import { record, text, type JsonRecord, type ServerEvent } from '../protocol/server-event.js';
import { Attempt } from './attempt.js';
import type { CallHost } from './call-host.js';
import { sleep } from './clock.js';
import type { Connection, ConnectionSink } from './connection.js';
import { abortable, microphoneIsGranted } from './microphone.js';
import { MicrophoneFeed } from './microphone-feed.js';
import { RealtimeError } from './realtime-error.js';
import { firstRetryDelay, GRACE_MS, keepsBreaking, reconnectDelay } from './reconnect.js';
import { ReleaseList } from './release-list.js';
import { restoration } from './restore.js';
import type { ConnectReason } from './session-config.js';

/** A connection that could carry the call. */
interface Ready {
  readonly connection: Connection;
  readonly attempt: Attempt;
  /** What it sends. */
  readonly track: MediaStreamTrack | null;
}

const GREETING_MS = 8_000;
const ACKNOWLEDGE_MS = 5_000;
const RESTORE_MS = 3_000;
const ONLINE_POLL_MS = 1_000;
const YOUNGEST_RENEWED_MS = 60_000;
const RENEW_AGAIN_MS = 15_000;

/**
 * One call, from start to end, over as many connections as it takes: everything it opens is released by its one
 * {@link end}, and every wait ends with its one signal.
 */
export class Call {
  readonly #host: CallHost;
  readonly #controller = new AbortController();
  readonly #resources = new ReleaseList();
  readonly feed: MicrophoneFeed;
  #connection: Connection | null = null;
  #cancelGrace: () => void = () => {};
  #redialing = false;
  /** What ended the connection that a renewal was about to replace. */
  #missed: RealtimeError | null = null;
  #expired = false;
  #restorations = 0;
  #mayRenewAt = 0;

  constructor(host: CallHost) {
    this.#host = host;
    const { media, config, systemMute, report } = host;
    const replaced = async (track: MediaStreamTrack): Promise<void> => this.#connection?.replaceTrack(track);
    const feedHost = { media, config, replaced, stream: host.localStream, systemMute, failed: report };
    this.feed = new MicrophoneFeed(feedHost, this.#controller.signal);
    this.#resources.push(() => this.feed.release());
    this.#resources.push(() => this.#connection?.close());
    this.#resources.push(() => this.#cancelGrace());
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get connection(): Connection | null {
    return this.#connection;
  }

  /** Connects. Rejects with a RealtimeError; then the call is over. */
  async start(): Promise<void> {
    this.signal.throwIfAborted();
    const { consent } = this.#host.config();
    if (consent) {
      this.#host.phase('consent');
      const accepted = await abortable(consent(this.signal), this.signal);
      if (!accepted) throw new RealtimeError('consent.declined');
    }
    for (let attempts = 0; ; attempts += 1) {
      try {
        this.#adopt(await this.#connect('connect'));
        return;
      } catch (error) {
        this.signal.throwIfAborted();
        const failure = RealtimeError.from(error);
        const delay = firstRetryDelay(failure, attempts, this.#host.clock.random());
        if (delay === null) throw failure;
        await sleep(this.#host.clock, delay, this.signal);
      }
    }
  }

  /** Ends the call wherever it is and gives everything back. */
  end(reason: RealtimeError = new RealtimeError('lifecycle.aborted')): void {
    this.#controller.abort(reason);
    this.#resources.release();
    this.#connection = null;
  }

  /** The server has said that the session's time is over; the closing that follows is no fault. */
  expire(): void {
    this.#expired = true;
  }

  /** Replaces the connection by a fresh one while the old one still works: make before break. */
  async renew(): Promise<void> {
    const { clock } = this.#host;
    if (this.#redialing || clock.now() < this.#mayRenewAt) return;
    this.#redialing = true;
    this.#missed = null;
    // Without a pause it is the last moment, and there will be no better one.
    const waits = this.#host.isPause();
    let failure: RealtimeError | null = null;
    try {
      const fresh = await this.#connect('reconnect', true);
      const old = this.#connection;
      if (waits && old && !this.#host.isPause()) {
        fresh.connection.close();
        this.#mayRenewAt = clock.now() + RENEW_AGAIN_MS;
      } else {
        this.#adopt(fresh);
        old?.close();
        this.#host.replaced();
        this.#host.steady(true);
        this.#missed = null;
      }
    } catch (error) {
      failure = RealtimeError.from(error);
      this.#mayRenewAt = clock.now() + (failure.retryAfterMs ?? RENEW_AGAIN_MS);
    }
    this.#redialing = false;
    if (this.signal.aborted) return;
    if (failure) this.#host.report(failure);
    if (this.#missed) void this.#redial(this.#missed);
  }

  /** @param isRenewal the call goes on over another connection meanwhile: this one neither hears nor is heard */
  async #connect(reason: ConnectReason, isRenewal = false): Promise<Ready> {
    const { clock, fetch, createPeer, config, open } = this.#host;
    const settings = this.#host.settings(reason);
    const attempt = new Attempt(this.#sink(), clock, this.signal, isRenewal);
    let track: MediaStreamTrack | null = null;
    const request = {
      config: config(),
      reason,
      granted:
        config().mediaStream || config().microphone === false ? Promise.resolve(true) : microphoneIsGranted(),
      microphone: async (signal: AbortSignal) => {
        if (!isRenewal) track = await this.feed.open(signal);
        return track;
      },
      record: (step: LocalEvent) => this.#host.record(step),
      cap: (seconds: number) => this.#host.cap(seconds),
      fetch,
      createPeer,
      clock,
    };
    const opening = config().replay ? (await import('./replay-connection.js')).openReplay : open;
    const connection = await opening(request, attempt, this.signal);
    try {
      this.signal.throwIfAborted();
      if (connection.live) await this.#prepare(connection, attempt, settings, reason);
      this.signal.throwIfAborted();
    } catch (error) {
      connection.close();
      throw error;
    }
    return { connection, attempt, track };
  }

  #adopt({ connection, attempt, track }: Ready): void {
    this.#connection = connection;
    // A server that gives sessions no time would otherwise be renewed for ever.
    this.#mayRenewAt = this.#host.clock.now() + YOUNGEST_RENEWED_MS;
    attempt.adopt();
    // The device may have been another one when the connection was prepared.
    if (this.feed.track !== track) void connection.replaceTrack(this.feed.track).catch(() => {});
    this.feed.audible = this.#host.audible();
    this.#host.adopted();
  }

  /** Nobody is heard before the session is as the page wants it. */
  async #prepare(
    connection: Connection,
    attempt: Attempt,
    settings: JsonRecord,
    reason: ConnectReason,
  ): Promise<void> {
    this.#host.phase('configuring');
    const event = { ...sessionUpdate(settings), event_id: 'rv_configure' };
    const updated = attempt.answerTo(
      (answer) =>
        answer.type === 'session.updated' || text(record(answer, 'error'), 'event_id') === event.event_id,
      ACKNOWLEDGE_MS,
    );
    this.#host.send(connection, event);
    // Azure's filtered channel says nothing until somebody speaks.
    const filtered = this.#host.config().apiUrl?.includes('webrtcfilter') ?? false;
    if (!filtered) await attempt.greeted(GREETING_MS);
    const answer = filtered ? undefined : await updated;
    if (answer?.type === 'error') this.#host.report(rejected(answer));
    if (reason === 'reconnect') await this.#restore(connection, attempt);
  }

  async #restore(connection: Connection, attempt: Attempt): Promise<void> {
    this.#restorations += 1;
    const prefix = `${this.#restorations}${Math.floor(this.#host.clock.random() * 1e6).toString(36)}`;
    const { events, items } = restoration(this.#host.turns(), prefix);
    this.#host.record({ type: 'local.restored', items });
    const missing = new Set(Object.keys(items));
    const taken = attempt.answerTo((answer) => {
      missing.delete(text(record(answer, 'item'), 'id') ?? '');
      return missing.size === 0;
    }, RESTORE_MS);
    for (const event of events) this.#host.send(connection, event);
    if (missing.size > 0) await taken;
    if (missing.size > 0) this.#host.report(new RealtimeError('session.restore_partial'));
  }

  #sink(): ConnectionSink {
    const host = this.#host;
    const isCurrent = (): boolean => !this.signal.aborted;
    return {
      phase: (phase) => isCurrent() && host.phase(phase),
      message: (data) => isCurrent() && host.message(data),
      replay: (recorded) => isCurrent() && host.replay(recorded),
      remoteStream: (stream) => isCurrent() && host.remoteStream(stream),
      wobble: () => isCurrent() && this.#wobble(),
      steady: () => isCurrent() && this.#settle(),
      closed: (error) => isCurrent() && this.#lost(error),
    };
  }

  #wobble(): void {
    if (this.#redialing) return;
    this.#host.reconnecting(null, null);
    this.#cancelGrace();
    this.#cancelGrace = this.#host.clock.after(GRACE_MS, () => {
      this.#connection?.close();
      this.#lost(new RealtimeError('ice.failed'));
    });
  }

  #settle(): void {
    this.#cancelGrace();
    if (!this.#redialing) this.#host.steady(false);
  }

  #lost(error: RealtimeError | null): void {
    this.#cancelGrace();
    if (error === null) {
      this.#host.ended('remote');
      return;
    }
    this.#connection = null;
    // Nobody is heard before the next session is as the page wants it.
    this.feed.audible = false;
    const cause = this.#expired ? new RealtimeError('session.expired') : error;
    if (!this.#redialing) {
      void this.#redial(cause);
      return;
    }
    this.#missed = cause;
    this.#host.reconnecting(cause, null);
  }

  async #redial(cause: RealtimeError): Promise<void> {
    const { clock, losses, config } = this.#host;
    const expired = cause.code === 'session.expired';
    if (config().withoutReconnect) {
      if (expired) this.#host.ended('expired');
      else this.#host.failed(cause);
      return;
    }
    this.#redialing = true;
    this.#expired = false;
    if (!expired) losses.push(clock.now());
    try {
      if (keepsBreaking(losses, clock.now())) throw new RealtimeError('connection.unstable');
      await this.#dialUntilConnected(cause);
      this.#redialing = false;
      this.#host.steady(true);
    } catch (error) {
      this.#redialing = false;
      if (!this.signal.aborted) this.#host.failed(RealtimeError.from(error));
    }
  }

  async #dialUntilConnected(cause: RealtimeError): Promise<void> {
    const { clock } = this.#host;
    this.#host.replaced();
    let error = cause;
    let elapsedMs = 0;
    for (let attempts = 0; ; attempts += 1) {
      const { retryAfterMs } = error;
      const delay = reconnectDelay({ attempts, elapsedMs, retryAfterMs, random: clock.random() });
      if (delay === null)
        throw new RealtimeError('connection.gave_up', { detail: `The last error was ${error.code}.` });
      this.#host.reconnecting(error, clock.now() + delay);
      await sleep(clock, delay, this.signal);
      await this.#online();
      const began = clock.now();
      try {
        this.#host.reconnecting(error, null);
        this.#adopt(await this.#connect('reconnect'));
        return;
      } catch (thrown) {
        this.signal.throwIfAborted();
        error = RealtimeError.from(thrown);
        // The page itself has forbidden it, and would be asked again and again.
        if (error.retry === 'never' || error.code === 'lifecycle.aborted') throw error;
        elapsedMs += delay + clock.now() - began;
      }
    }
  }

  /** Waits for a network. Browsers are not always right about it, so it looks again by itself. */
  async #online(): Promise<void> {
    while ((globalThis as { navigator?: { onLine?: boolean } }).navigator?.onLine === false) {
      await sleep(this.#host.clock, ONLINE_POLL_MS, this.signal);
    }
  }
}

function rejected(answer: ServerEvent): RealtimeError {
  const error = record(answer, 'error');
  return new RealtimeError('session.config_rejected', {
    detail: text(error, 'message') ?? text(error, 'param'),
  });
}
