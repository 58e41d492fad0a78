import type { ClientEvent } from '../protocol/client-event.js';
import type { LocalEvent } from '../protocol/envelope.js';
import type { ServerEvent } from '../protocol/server-event.js';
import type { CallHost } from './call-host.js';
import { Call } from './call.js';
import type { Connection } from './connection.js';
import { LimitGuard } from './limit-guard.js';
import { limitCodes } from './limits.js';
import { OutputWatch } from './output-watch.js';
import { RealtimeError } from './realtime-error.js';
import { PushToTalk } from './push-to-talk.js';
import { isRenewalDue } from './reconnect.js';
import { ResponseQueue } from './responses.js';
import { awaitsAnswer } from './restore.js';
import { ServerNews } from './server-news.js';
import { SessionRecord } from './session-record.js';
import { settingsError, ToldSettings } from './told-settings.js';
import { SessionView } from './session-view.js';
import type { EndReason } from './status.js';
import { ToolRunner } from './tools.js';
import { deferred } from './deferred.js';
import { browserSeams, type SessionSeams } from './session-seams.js';

/** Runs the calls of a session: what happens between its commands and its news. */
export abstract class SessionEngine extends SessionView {
  protected override readonly record: SessionRecord;
  protected readonly seams: Required<SessionSeams>;
  protected readonly responses: ResponseQueue;
  protected readonly tools: ToolRunner;
  protected readonly limits: LimitGuard;
  readonly #watch: OutputWatch;
  readonly #losses: number[] = [];
  readonly #news: ServerNews;
  protected readonly talk: PushToTalk;
  protected call: Call | null = null;
  #opened: Promise<void> | null = null;
  #quietSince: number | null = null;
  /** Somebody waited for an answer, or was speaking, when the connection went. */
  #owed = false;
  readonly #told: ToldSettings;

  constructor(seams: SessionSeams = {}) {
    super();
    this.seams = { ...browserSeams(), ...seams };
    const { clock } = this.seams;
    this.record = new SessionRecord({
      now: () => clock.now(),
      envelope: (envelope) => this.emit('protocolevent', envelope),
      folded: (before, event, changes) => {
        for (const change of changes) this.emit('transcript', change);
        this.#observe(event, before.usage !== this.usage);
      },
    });
    const transmit = (event: ClientEvent): void => this.transmit(event);
    const report = (error: RealtimeError): void => this.#report(error);
    this.#told = new ToldSettings({
      config: () => this.config,
      offer: (detail) => this.emit('beforeconnect', detail, { cancelable: true }),
      send: transmit,
      report,
    });
    this.responses = new ResponseQueue(transmit, report);
    const respond = (): void => this.responses.create();
    this.talk = new PushToTalk({
      clock,
      transmit,
      respond,
      silence: () => this.#isAnswering() && this.silence(),
      changed: () => this.updateAudible(),
    });
    this.#news = new ServerNews({
      clock,
      conversation: () => this.conversation,
      record: (step) => this.step(step),
      isAnswerDue: () => this.responses.busy || this.conversation.moment.awaiting,
      report,
      expires: (expiresAt) => {
        this.state = { ...this.state, expiresAt };
      },
      expired: () => this.call?.expire(),
      renewalIsNear: () => this.#renewAtPause(),
      sounding: () => this.hear(true),
    });
    this.tools = new ToolRunner({
      clock,
      tools: () => this.config.tools ?? [],
      send: transmit,
      respond: (sure) => (sure ? respond() : this.responses.createUnlessAnswered()),
      offer: (detail) => !this.emit('toolcall', detail, { cancelable: true }),
      askApproval: (detail) => this.emit('approvalrequest', detail),
      record: (step) => this.step(step),
    });
    this.limits = new LimitGuard({
      clock,
      facts: () => {
        const { config, cost, connectedAt } = this;
        return { ...config, cost, connectedAt: connectedAt ?? 0, quietSince: this.#quietSince };
      },
      warn: (kind, remaining) => this.emit('limitwarning', { kind, remaining }),
      reached: (kind) => this.#end('limit', new RealtimeError(limitCodes[kind])),
    });
    this.#watch = new OutputWatch({
      clock,
      moment: () => this.conversation.moment,
      level: () => this.call?.connection?.outputLevel(),
      begins: () => this.hear(true),
      changed: () => this.#updateActivity(),
    });
  }

  /**
   * Starts a call, or gives the promise of the one that is under way. Resolves when the visitor can speak.
   * @throws RealtimeError whatever prevented the call; `lifecycle.aborted` when it was stopped meanwhile
   */
  start(): Promise<void> {
    if (this.#opened) return this.#opened;
    const { promise, resolve, reject } = deferred<void>();
    this.#opened = promise;
    // The failure is an event and a status too: a page that listens to those need not catch it here.
    promise.catch(() => {});
    const call = new Call(this.#callHost());
    this.call = call;
    this.change('start', { error: null, reason: null, connectedAt: null, expiresAt: null });
    call.start().then(
      () => {
        resolve();
        if (this.call === call) this.#connected(call);
      },
      (thrown: unknown) => {
        const error = RealtimeError.from(thrown);
        if (this.call === call) this.#fail(error);
        reject(error);
      },
    );
    return promise;
  }

  /** Ends the call, at whichever moment, and gives everything back before it returns. */
  stop(reason: EndReason = 'host'): void {
    if (!this.call && this.status !== 'failed') return;
    this.#end(reason);
  }

  #end(reason: EndReason, error: RealtimeError | null = null): void {
    this.#release();
    this.change('end', { reason, error });
  }

  #connected(call: Call): void {
    const { clock } = this.seams;
    this.#quietSince = clock.now();
    this.change('opened', { connectedAt: clock.now() });
    this.#updateActivity();
    // Whoever heard of it may have ended the call.
    if (this.call !== call) return;
    // A replay costs nothing, and may be looked at for as long as one likes.
    if (!this.replaying) this.limits.start();
    const { greeting } = this.config;
    if (greeting !== undefined && this.liveConnection()) this.responses.greet(greeting);
  }

  /** A channel that is closing carries nothing more: what has to be said is said on the next one. */
  #report(error: RealtimeError): void {
    if (error.code !== 'session.not_connected') this.emit('error', { error });
  }

  #steady(renewed: boolean): void {
    const { call } = this;
    this.change('steady', { error: null });
    if (this.call !== call) return;
    if (renewed && awaitsAnswer(this.turns, this.#owed)) this.responses.create();
    this.#owed = false;
    this.#updateActivity();
  }

  #fail(error: RealtimeError): void {
    this.#release();
    // Whatever its code usually does: this one has ended the call.
    Object.assign(error, { fatal: true });
    this.change('fail', { error });
    this.emit('error', { error });
  }

  #release(): void {
    const call = this.call;
    this.call = null;
    this.limits.stop();
    this.talk.forget();
    this.#cutOff();
    this.#owed = false;
    this.#news.reset();
    call?.end();
    this.changeRemote(null);
    this.changeActivity('idle');
    // Until all is given back, the call under way is this one: whoever hears of its end begins no other beside it.
    this.#opened = null;
  }

  /** What belonged to the connection goes with it; what was being said is cut off there. */
  #cutOff(): void {
    this.#owed ||= this.responses.busy || this.tools.busy || this.record.activity !== 'listening';
    this.responses.reset();
    this.tools.reset();
    this.#watch.stop();
    this.step({ type: 'local.ended' });
  }

  #callHost(): CallHost {
    return {
      ...this.seams,
      losses: this.#losses,
      config: () => this.config,
      turns: () => this.turns,
      settings: (reason) => this.#told.first(reason),
      phase: (phase) => this.change(null, { phase }),
      cap: (seconds) => this.limits.cap(seconds),
      message: (data) => this.record.received(data),
      replay: (recorded) => this.record.replayed(recorded),
      record: (step) => this.step(step),
      send: (connection, event) => {
        try {
          this.#sendOn(connection, event);
        } catch (error) {
          throw settingsError(error);
        }
      },
      remoteStream: (stream) => this.changeRemote(stream),
      localStream: (localStream) => {
        this.state = { ...this.state, localStream };
        this.emit('localstream', { stream: localStream });
      },
      systemMute: (muted) => this.emit('mutechange', { muted, by: 'system' }),
      audible: () => this.#isAudible(),
      replaced: () => this.#cutOff(),
      reconnecting: (error, retryAt) => {
        this.change('wobble', { error, retryAt });
        // Nobody is heard meanwhile, so nobody's silence counts.
        this.#quietSince = null;
        this.changeActivity('idle');
        this.limits.check();
      },
      steady: (renewed) => this.#steady(renewed),
      adopted: () => this.#told.taken(),
      isPause: () => this.#isPause(),
      report: (error) => this.#report(error),
      failed: (error) => this.#fail(error),
      ended: (reason) => this.stop(reason),
    };
  }

  /** Tells the session what has changed of its settings. */
  protected updateSettings(): void {
    if (this.liveConnection()) this.#told.update();
  }

  #observe(event: ServerEvent | LocalEvent, paid: boolean): void {
    if (this.call && !this.replaying) {
      this.#told.observe(event);
      this.responses.observe(event);
      this.tools.observe(event);
      this.#news.observe(event);
      this.#watch.observe(event);
    }
    if (paid) {
      const response = this.conversation.bills.at(-1)?.[1] ?? this.usage;
      this.emit('usage', { response, total: this.usage, cost: this.cost });
      this.limits.check();
    }
    this.#updateActivity();
  }

  #updateActivity(): void {
    if (this.status !== 'connected') return;
    const speaking = this.#watch.speaking ? 'speaking' : this.record.activity;
    const activity = this.talk.held ? 'hearing' : speaking;
    if (activity === this.activity) return;
    this.#quietSince = activity === 'hearing' || activity === 'speaking' ? null : this.seams.clock.now();
    this.changeActivity(activity);
    this.limits.check();
    if (activity !== 'hearing') this.responses.speechEnded(this.conversation.moment.awaiting);
    this.#renewAtPause();
  }

  #renewAtPause(): void {
    if (this.config.withoutReconnect || this.status !== 'connected') return;
    const isDue = isRenewalDue(this.seams.clock.now(), this.expiresAt, () => this.#isPause());
    if (isDue) void this.call?.renew();
  }

  /** Nobody speaks, no answer is due, and no tool is at work. */
  #isPause(): boolean {
    return this.activity === 'listening' && !this.responses.busy && !this.tools.busy;
  }

  protected async say(event: ClientEvent): Promise<void> {
    this.requireConnection();
    if (this.#isAnswering()) this.silence();
    this.transmit(event);
    // Begun now, an answer would be cut off by the rest of what the visitor has to say.
    if (this.activity === 'hearing') this.responses.createAfterSpeech();
    else this.responses.create();
    this.#quietSince = this.#quietSince && this.seams.clock.now();
    this.limits.check();
  }

  /** What is on its way will not be played either: the sound comes back with the next answer. */
  protected silence(): void {
    this.responses.interrupt();
    this.hear(false);
  }

  #isAnswering(): boolean {
    return this.responses.busy || this.activity === 'speaking';
  }

  #isAudible(): boolean {
    return !this.state.muted && (!this.config.pushToTalk || this.talk.held);
  }

  protected updateAudible(): void {
    // Until the session is configured nobody is heard, whatever the buttons say.
    if (this.call?.connection) this.call.feed.audible = this.#isAudible();
    this.#updateActivity();
  }

  protected liveConnection(): Connection | null {
    const connection = this.call?.connection;
    return connection?.live ? connection : null;
  }

  protected requireConnection(): Connection {
    const connection = this.liveConnection();
    if (!connection || this.status !== 'connected') throw new RealtimeError('session.not_connected');
    return connection;
  }

  protected transmit(event: ClientEvent): void {
    this.#sendOn(this.liveConnection(), event);
  }

  #sendOn(connection: Connection | null, event: ClientEvent): void {
    if (!connection) throw new RealtimeError('session.not_connected');
    const message = JSON.stringify(event);
    connection.send(message);
    // What was sent, not what the page may still be writing on.
    this.record.sent(JSON.parse(message) as ClientEvent);
    if (event.type === 'response.create') this.#news.awaitAnswer();
  }
}
