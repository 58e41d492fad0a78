/**
 * Session: everything that can fail, wait or leak. It owns the status, the conversation, one call at a time and the log;
 * it knows media and the network, and no document, no element and no words for people. Requests go in by methods, news
 * come out as events, snapshots are immutable.
 *
 *     const session = new RealtimeSession();
 *     session.configure({ tokenEndpoint: '/token' });
 *     session.on('transcript', ({ detail }) => console.log(detail.turn.text));
 *     session.on('remotestream', ({ detail }) => (audio.srcObject = detail.stream));
 *     await session.start();
 */
import { userImage, userText, type ClientEvent } from '../protocol/client-event.js';
import { asRecord } from '../protocol/server-event.js';
import { RealtimeError } from './realtime-error.js';
import type { Player, ReplayConnection } from './replay-connection.js';
import type { SessionConfig } from './session-config.js';
import { SessionEngine } from './session-engine.js';
import type { SessionEventDetails } from './session-events.js';

export type { SessionSeams } from './session-seams.js';

/** A conversation with the Realtime API, without any user interface. */
export class RealtimeSession extends SessionEngine {
  /**
   * Changes settings; a setting given as `undefined` gets its default. In a call, the server is told what has changed, as
   * far as the protocol lets it change, and devices are switched live; the voice and all else waits for the next call.
   * What is taken back becomes what the server made the session with, where it has told that. Settings that cannot be
   * sent are an `error` event.
   */
  configure(change: SessionConfig): void {
    const { inputDevice } = this.config;
    this.configureDefaults(change);
    this.updateSettings();
    if (inputDevice !== this.config.inputDevice) void this.call?.feed.switchDevice();
    this.updateAudible();
    this.limits.check();
  }

  get callId(): string | null {
    return this.call?.connection?.callId ?? null;
  }

  /** Pause, step and speed of a replay, otherwise `null`. */
  get player(): Player | null {
    const connection = this.call?.connection;
    return connection && 'player' in connection ? (connection as ReplayConnection).player : null;
  }

  /** Muted, the call lives on and silence is sent. */
  get muted(): boolean {
    return this.state.muted;
  }
  set muted(muted: boolean) {
    if (muted === this.muted) return;
    this.state = { ...this.state, muted };
    this.updateAudible();
    this.emit('mutechange', { muted, by: 'page' });
  }

  /** Push-to-talk is held or latched. */
  get talking(): boolean {
    return this.talk.held;
  }

  /** The limit that will soon end the call, with the seconds (or the money) that remain now; `null` while none will. */
  get nearLimit(): SessionEventDetails['limitwarning'] | null {
    return this.limits.near;
  }

  /** To be told whether the page is out of sight: after `hiddenTimeout` seconds of that a call ends. */
  set hidden(hidden: boolean) {
    this.limits.hidden = hidden;
  }

  /** To be told when the page stood still and goes on: looks at once whether the connection is still there. */
  checkConnection(): void {
    this.liveConnection()?.check?.();
  }

  /** Silences the assistant at once. @throws RealtimeError `session.not_connected` */
  async interrupt(): Promise<void> {
    this.requireConnection();
    this.silence();
  }

  /** Push-to-talk pressed: the assistant falls silent and listens. @throws RealtimeError `session.not_connected` */
  async startTalking(): Promise<void> {
    this.requireConnection();
    this.talk.press();
  }

  /** Push-to-talk released: an answer is asked for, unless the press was too short to say anything. */
  async stopTalking(): Promise<void> {
    if (this.liveConnection()) this.talk.release();
    else this.talk.forget();
  }

  /**
   * Says something by typing; interrupts the assistant.
   * @throws RealtimeError `message.empty`, `session.not_connected` or `channel.too_large`
   */
  async sendText(text: string): Promise<void> {
    if (String(text).trim() === '') throw new RealtimeError('message.empty');
    await this.say(userText(String(text)));
  }

  /**
   * Shows an image, shrunk to what the channel carries.
   * @throws RealtimeError `image.invalid`, `image.too_large` or `session.not_connected`
   */
  async sendImage(image: Blob | string): Promise<void> {
    const { maxMessageSize } = this.requireConnection();
    const { call } = this;
    const { imageDataUrl } = await import('./image.js').catch((error: unknown) => {
      throw RealtimeError.from(error);
    });
    const url = await imageDataUrl(image, maxMessageSize);
    // What takes its time to load is not for whoever calls next.
    if (call !== this.call) throw new RealtimeError('session.not_connected');
    await this.say(userImage(url));
  }

  /**
   * Sends any client event. A `response.create` waits its turn, unless it is to be no part of the conversation
   * (`conversation: 'none'`).
   * @throws RealtimeError `message.invalid`, `session.not_connected` or `channel.too_large`
   */
  async send(event: ClientEvent): Promise<void> {
    const sent = asMessage(event);
    this.requireConnection();
    if (sent.type === 'response.create') this.responses.request(sent);
    else this.transmit(sent);
  }

  /** Lets a tool run that asked for approval. @throws RealtimeError `approval.unknown` */
  async approve(id: string): Promise<void> {
    this.tools.decide(id, true);
  }

  /** Refuses it; the model reads the reason. @throws RealtimeError `approval.unknown` */
  async reject(id: string, reason?: string): Promise<void> {
    this.tools.decide(id, false, reason);
  }

  /** Forgets what was said, and the log. A call goes on, and its server still remembers. */
  clear(): void {
    const { turns } = this;
    this.record.clear();
    for (const turn of turns) this.emit('transcript', { change: 'removed', turn });
  }
}

/** As it is now: what has to wait may be written on meanwhile. */
function asMessage(event: unknown): ClientEvent {
  try {
    const message = JSON.parse(JSON.stringify(event)) as ClientEvent;
    if (typeof asRecord(message)?.['type'] === 'string') return message;
  } catch {
    // Told below.
  }
  throw new RealtimeError('message.invalid');
}
