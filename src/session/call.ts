import type { LocalEvent } from '../protocol/envelope.js';
import { Attempt } from './attempt.js';
import type { CallHost } from './call-host.js';
import { abortable, sleep } from './clock.js';
import type { Connection } from './connection.js';
import { microphoneIsGranted } from './microphone.js';
import { MicrophoneFeed } from './microphone-feed.js';
import { whenOnline } from './network.js';
import { isPagesWish } from './pages-wish.js';
import { harmless, RealtimeError } from './realtime-error.js';
import { firstRetryDelay, GRACE_MS, keepsBreaking, longestAttempt, reconnectDelay } from './reconnect.js';
import { ReleaseList } from './release-list.js';
import type { ConnectReason } from './session-config.js';
import { setUp } from './set-up.js';

/** A connection that could carry the call. */
interface Ready {
  readonly connection: Connection;
  readonly attempt: Attempt;
  /** Ends it; nothing that it tells afterwards counts. */
  readonly over: AbortController;
  /** What it sends. */
  readonly track: MediaStreamTrack | null;
}

/** A server that has said that the time is over closes the channel by then, or not at all. */
const EXPIRED_MS = 2_000;
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
  #over: AbortController | null = null;
  /** Set while the connection may heal by itself. */
  #cancelGrace: (() => void) | null = null;
  #redialing = false;
  /** What ended the connection that a renewal was about to replace. */
  #missed: RealtimeError | null = null;
  #expired = false;
  #connections = 0;
  #mayRenewAt = 0;

  constructor(host: CallHost) {
    this.#host = host;
    const { media, config, systemMute, report } = host;
    const replaced = async (track: MediaStreamTrack): Promise<void> => this.#connection?.replaceTrack(track);
    const feedHost = { media, config, replaced, stream: host.localStream, systemMute, failed: report };
    this.feed = new MicrophoneFeed(feedHost, this.#controller.signal);
    this.#resources.push(() => this.feed.release());
    this.#resources.push(() => this.#connection?.close());
    this.#resources.push(() => this.#endGrace());
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
    let waitedMs = 0;
    for (let attempts = 0; ; attempts += 1) {
      try {
        this.#adopt(await this.#connect('connect'));
        return;
      } catch (error) {
        this.signal.throwIfAborted();
        const failure = RealtimeError.from(error);
        const delay = firstRetryDelay(failure, attempts, waitedMs, this.#host.clock.random());
        if (delay === null) throw failure;
        if (delay > 0) this.#host.reconnecting(null, this.#host.clock.now() + delay);
        await sleep(this.#host.clock, delay, this.signal);
        waitedMs += delay;
      }
    }
  }

  /** Ends the call wherever it is and gives everything back. */
  end(): void {
    this.#controller.abort(new RealtimeError('lifecycle.aborted'));
    this.#resources.release();
    this.#connection = null;
  }

  /** The server has said that the session's time is over; the closing that follows is no fault. */
  expire(): void {
    this.#expired = true;
    const connection = this.#connection;
    const close = (): void => {
      if (connection && connection === this.#connection) this.#lost(new RealtimeError('session.expired'));
    };
    sleep(this.#host.clock, EXPIRED_MS, this.signal).then(close, () => {});
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
      if (waits && this.#connection && !this.#host.isPause()) {
        fresh.over.abort();
        this.#mayRenewAt = clock.now() + RENEW_AGAIN_MS;
      } else {
        this.#connection = null;
        this.#host.replaced();
        this.#adopt(fresh);
        this.#host.steady(true);
        this.#missed = null;
      }
    } catch (error) {
      failure = RealtimeError.from(error);
      const pause = isFinal(failure) ? Infinity : (failure.retryAfterMs ?? RENEW_AGAIN_MS);
      this.#mayRenewAt = clock.now() + pause;
    }
    this.#redialing = false;
    if (this.signal.aborted) return;
    if (failure && !isPagesWish(failure)) this.#host.report(harmless(failure));
    if (this.#missed) void this.#redial(this.#missed);
    // It may have begun to wobble meanwhile, which did not count then.
    else this.#connection?.check?.();
  }

  /**
   * @param isRenewal the call goes on over another connection meanwhile: this one neither hears nor is heard
   * @param most how long it may take, in milliseconds
   */
  async #connect(reason: ConnectReason, isRenewal = false, most = longestAttempt(0)): Promise<Ready> {
    this.signal.throwIfAborted();
    const { clock, fetch, createPeer, config, open } = this.#host;
    const settings = this.#host.settings(reason);
    this.#connections += 1;
    const over = new AbortController();
    const signal = AbortSignal.any([this.signal, over.signal]);
    const sink = {
      ...this.#host,
      wobble: () => this.#wobble(),
      steady: () => this.#settle(),
      closed: (error: RealtimeError | null) => this.#lost(error),
    };
    const attempt = new Attempt(sink, clock, signal, isRenewal);
    let track: MediaStreamTrack | null = null;
    let cancel = (): void => {};
    const request = {
      config: config(),
      reason,
      granted:
        config().mediaStream || config().microphone === false ? Promise.resolve(true) : microphoneIsGranted(),
      microphone: async (limited: AbortSignal) => {
        if (!isRenewal) track = await this.feed.open(limited);
        limited.throwIfAborted();
        // A person may take all the time in the world, machines may not.
        cancel();
        const detail = `Connecting took longer than ${Math.round(most / 1_000)} s.`;
        cancel = clock.after(most, () => over.abort(new RealtimeError('signaling.timeout', { detail })));
        return track;
      },
      record: (step: LocalEvent) => this.#host.record(step),
      cap: (seconds: number) => this.#host.cap(seconds),
      fetch,
      createPeer,
      clock,
    };
    const opening = config().replay ? (await import('./replay-connection.js')).openReplay : open;
    let connection: Connection | null = null;
    try {
      connection = await opening(request, attempt, signal);
      signal.throwIfAborted();
      const restores = reason === 'reconnect' ? this.#connections : null;
      if (connection.live) await setUp(this.#host, { connection, attempt, settings, restores });
      signal.throwIfAborted();
      return { connection, attempt, over, track };
    } catch (error) {
      connection?.close();
      over.abort();
      throw error;
    } finally {
      cancel();
    }
  }

  /** Nobody is heard before the session is as the page wants it. */
  #adopt({ connection, attempt, over, track }: Ready): void {
    this.#over?.abort();
    this.#over = over;
    this.#connection = connection;
    this.#expired = false;
    // A server that gives sessions no time would otherwise be renewed for ever.
    this.#mayRenewAt = this.#host.clock.now() + YOUNGEST_RENEWED_MS;
    attempt.adopt();
    // The device may have been another one when the connection was prepared.
    if (this.feed.track !== track) void connection.replaceTrack(this.feed.track).catch(() => {});
    this.feed.audible = this.#host.audible();
    this.#host.adopted();
  }

  #wobble(): void {
    if (this.#redialing || this.#cancelGrace) return;
    this.#cancelGrace = this.#host.clock.after(GRACE_MS, () => this.#lost(new RealtimeError('ice.failed')));
    // Last: whoever hears of it may end the call, and with it the grace.
    this.#host.reconnecting(null, null);
  }

  #endGrace(): void {
    this.#cancelGrace?.();
    this.#cancelGrace = null;
  }

  #settle(): void {
    this.#endGrace();
    if (!this.#redialing) this.#host.steady(false);
  }

  /** The connection has ended, or ends here because it does not do so by itself. */
  #lost(error: RealtimeError | null): void {
    if (this.signal.aborted) return;
    this.#endGrace();
    this.#over?.abort();
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
    let error = cause;
    let elapsedMs = 0;
    for (let attempts = 0; ; attempts += 1) {
      // An attempt that failed may have been told of an answer, too.
      this.#host.replaced();
      // Whoever heard of it may have ended the call.
      this.signal.throwIfAborted();
      const { retryAfterMs } = error;
      const delay = reconnectDelay({ attempts, elapsedMs, retryAfterMs, random: clock.random() });
      if (delay === null)
        throw new RealtimeError('connection.gave_up', { detail: `The last error was ${error.code}.` });
      this.#host.reconnecting(error, clock.now() + delay);
      await sleep(clock, delay, this.signal);
      await whenOnline(clock, this.signal);
      elapsedMs += delay;
      const began = clock.now();
      try {
        this.#host.reconnecting(error, null);
        this.#adopt(await this.#connect('reconnect', false, longestAttempt(elapsedMs)));
        return;
      } catch (thrown) {
        this.signal.throwIfAborted();
        error = RealtimeError.from(thrown);
        if (isFinal(error)) throw error;
        elapsedMs += clock.now() - began;
      }
    }
  }
}

/** Another try would come to the same, and the page would be asked again and again. */
function isFinal(error: RealtimeError): boolean {
  return error.retry === 'never' || isPagesWish(error);
}
