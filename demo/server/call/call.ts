import type { ConversationItem } from 'openai/resources/realtime/realtime';
import { OutputAudio, type Playback } from '../media/output-audio.js';
import { startMediaClock } from '../media/media-clock.js';
import { Peer } from '../media/peer.js';
import type { Scenario } from '../scenarios.js';
import { PHRASES } from '../speech/phrases.js';
import type { Speech } from '../speech/speech.js';
import { createVoiceActivity, loudness, type VoiceActivity } from '../speech/voice-activity.js';
import { ClientEvents } from './client-events.js';
import { ServerConversation, spokenItem } from './conversation.js';
import { InputAudio } from './input-audio.js';
import { inDialect, newId, type Outgoing } from './outgoing.js';
import { Responder } from './responder.js';
import { createSession, type SessionObject } from './session-object.js';

const CONNECT_MS = 30_000;
/** Enough for tests to look at, little enough to forget about. */
const KEPT_EVENTS = 500;

/** What a call is made with. */
export interface CallOptions {
  readonly id: string;
  readonly scenarioName: string;
  readonly scenario: Scenario;
  readonly session: Readonly<Record<string, unknown>>;
  readonly speech: Speech;
  ended(): void;
}

/** One call: a peer, a session, a conversation, and what goes on in it. Ends by itself when the client is gone. */
export class Call {
  readonly peer: Peer;
  readonly conversation: ServerConversation;
  readonly output: OutputAudio;
  readonly responder: Responder;
  session: SessionObject;
  alive = true;
  /** Types and bodies of what the client sent, for tests. */
  readonly received: Readonly<Record<string, unknown>>[] = [];
  /** Root mean square of the loudest 20 ms since it was last asked for. */
  loudest = 0;
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #clientEvents: ClientEvents;
  #input: InputAudio | null = null;
  #vad: VoiceActivity | null = null;
  #speaking: string | null = null;
  #stopClock: () => void = () => {};
  #quietSince = performance.now();

  constructor(readonly options: CallOptions) {
    this.session = createSession(options.session, options.scenario.expiresInMs);
    this.conversation = new ServerConversation((event) => this.send(event));
    this.peer = new Peer({
      opened: () => this.#opened(),
      message: (data) => this.#message(data),
      audio: (frame) => this.#hear(frame),
      closed: () => this.end(),
    });
    this.output = new OutputAudio(
      (frame) => this.peer.play(frame),
      (playback) => this.#drained(playback),
    );
    this.responder = new Responder(this);
    this.#clientEvents = new ClientEvents(this);
    this.#after(CONNECT_MS, () => this.#input ?? this.end());
  }

  get input(): InputAudio | null {
    return this.#input;
  }

  get phrases(): readonly string[] {
    return PHRASES;
  }

  /** Sends an event, in the dialect of the scenario. */
  send(event: Outgoing): void {
    const said = this.options.scenario.silent ? null : inDialect(event, this.options.scenario.dialect);
    if (said) this.peer.send(JSON.stringify({ event_id: newId('event'), ...said }));
  }

  /** Reports a mistake of the client's; the call goes on. */
  fail(code: string, message: string, facts: { param?: string | null; eventId?: string | null } = {}): void {
    const { param = null, eventId = null } = facts;
    this.send({
      type: 'error',
      error: { type: 'invalid_request_error', code, message, param, event_id: eventId },
    });
  }

  /** Ends the call and forgets it. Calling it again does nothing. */
  end(): void {
    if (!this.alive) return;
    this.alive = false;
    this.#stopClock();
    for (const timer of this.#timers) clearTimeout(timer);
    this.responder.cancel('client_cancelled');
    this.#vad?.free();
    this.peer.close();
    this.options.ended();
  }

  /** Sets up turn detection as the session says. */
  applySession(): void {
    const detection = this.session.audio?.input?.turn_detection;
    if (!this.#input) return;
    const server = detection?.type === 'server_vad' ? detection : undefined;
    this.#input.detection = detection
      ? { prefixMs: server?.prefix_padding_ms ?? 300, silenceMs: server?.silence_duration_ms ?? 500 }
      : null;
  }

  /** Makes an item of what is in the input buffer. */
  commit(itemId: string = newId('item')): void {
    const pcm = this.#input?.take() ?? new Int16Array(0);
    this.send({
      type: 'input_audio_buffer.committed',
      item_id: itemId,
      previous_item_id: this.conversation.lastId,
    });
    const item = spokenItem(itemId);
    this.conversation.add(item);
    this.conversation.done(item);
    this.responder.hear(itemId, pcm);
  }

  /** The visitor interrupts: the sound stops, the item is cut where it was heard. */
  interrupt(reason: 'turn_detected' | 'client_cancelled'): void {
    this.clearOutput();
    this.responder.cancel(reason);
  }

  /** Throws away the sound that is left and cuts the item there. */
  clearOutput(): void {
    const playback = this.output.clear();
    if (!playback) return;
    this.send({ type: 'output_audio_buffer.cleared', response_id: playback.responseId });
    this.send({
      type: 'conversation.item.truncated',
      item_id: playback.itemId,
      content_index: 0,
      audio_end_ms: Math.round(playback.playedMs),
    });
    this.#quietSince = performance.now();
  }

  async #opened(): Promise<void> {
    this.#vad = await createVoiceActivity();
    if (!this.alive) return;
    this.#input = new InputAudio(this.#vad, {
      speechStarted: (at) => this.#speechStarted(at),
      speechStopped: (at) => this.#speechStopped(at),
    });
    this.applySession();
    this.#stopClock = startMediaClock(() => this.#tick());
    this.send({ type: 'session.created', session: this.session } as Outgoing);
    this.#misbehave(this.options.scenario);
  }

  #misbehave({ closeAfterMs, closeHow, expiresInMs, garbage, flood }: Scenario): void {
    if (closeAfterMs !== undefined) this.#after(closeAfterMs, () => this.peer.close(closeHow));
    if (expiresInMs !== undefined) this.#after(expiresInMs, () => this.#expire());
    if (garbage) {
      const messages = ['{"type":', 'null', '[]', '1', '', '{"no":"type"}', '{"type":"ping","n":1}'];
      for (const message of messages) this.peer.send(message);
      this.peer.send(new Uint8Array([0, 1, 2, 255]));
      this.peer.send(JSON.stringify({ type: 'huge.event', padding: 'x'.repeat(200_000) }));
    }
    if (flood) this.responder.flood(flood);
  }

  #expire(): void {
    const message = 'Your session hit the maximum duration.';
    const error = {
      type: 'invalid_request_error',
      code: 'session_expired',
      message,
      param: null,
      event_id: null,
    };
    this.send({ type: 'error', error });
    this.#after(20, () => this.end());
  }

  #tick(): void {
    this.peer.tick();
    this.output.tick();
    const detection = this.session.audio?.input?.turn_detection;
    const idleMs = detection?.type === 'server_vad' ? detection.idle_timeout_ms : null;
    const quiet = !this.output.current && !this.responder.busy && this.#speaking === null;
    if (!quiet) this.#quietSince = performance.now();
    else if (idleMs && performance.now() - this.#quietSince > idleMs) this.#idle();
  }

  /** Nobody has spoken for a while: the assistant asks whether anybody is there. */
  #idle(): void {
    this.#quietSince = performance.now();
    const item_id = newId('item');
    const end = this.#input?.receivedMs ?? 0;
    this.send({
      type: 'input_audio_buffer.timeout_triggered',
      item_id,
      audio_start_ms: Math.max(0, end - 5_000),
      audio_end_ms: end,
    });
    const nudge: ConversationItem = {
      id: newId('item'),
      type: 'message',
      status: 'completed',
      role: 'system',
      content: [
        {
          type: 'input_text',
          text: 'No speech was detected for a while. Ask whether the user is still there.',
        },
      ],
    };
    this.conversation.add(nudge);
    this.conversation.done(nudge);
    this.responder.expectSilence(item_id);
    this.commit(item_id);
  }

  #hear(frame: Int16Array): void {
    if (!this.alive) return;
    this.loudest = Math.max(this.loudest, loudness(frame));
    this.#input?.push(frame);
  }

  #speechStarted(atMs: number): void {
    this.#speaking = newId('item');
    this.send({ type: 'input_audio_buffer.speech_started', item_id: this.#speaking, audio_start_ms: atMs });
    if (this.session.audio?.input?.turn_detection?.interrupt_response !== false)
      this.interrupt('turn_detected');
  }

  #speechStopped(atMs: number): void {
    const id = this.#speaking ?? newId('item');
    this.#speaking = null;
    this.send({ type: 'input_audio_buffer.speech_stopped', item_id: id, audio_end_ms: atMs });
    this.commit(id);
    if (this.session.audio?.input?.turn_detection?.create_response !== false) void this.responder.create();
  }

  #drained(playback: Playback): void {
    this.send({ type: 'output_audio_buffer.stopped', response_id: playback.responseId });
    this.#quietSince = performance.now();
  }

  #message(data: string | Uint8Array): void {
    const event = parse(data);
    if (this.received.length === KEPT_EVENTS) this.received.shift();
    this.received.push(event ?? { unreadable: true });
    if (!event) this.fail('invalid_json', 'The message is not a JSON object with a type.');
    else void this.#clientEvents.take(event);
  }

  #after(ms: number, task: () => void): void {
    this.#timers.push(setTimeout(task, ms).unref());
  }
}

function parse(data: string | Uint8Array): Readonly<Record<string, unknown>> | null {
  if (typeof data !== 'string') return null;
  try {
    const event: unknown = JSON.parse(data);
    const isEvent =
      typeof event === 'object' && event !== null && 'type' in event && typeof event.type === 'string';
    return isEvent ? (event as Readonly<Record<string, unknown>>) : null;
  } catch {
    return null;
  }
}
