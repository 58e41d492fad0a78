/**
 * One call: what is said on its channel, when somebody speaks, what is answered. The words of the protocol live in this
 * folder and nowhere else; HTTP does not, and neither do codecs, recognisers or what the assistant has to say.
 */
import { OutputAudio } from '../media/output-audio.js';
import { startMediaClock } from '../media/media-clock.js';
import { Peer } from '../media/peer.js';
import type { Scenario } from '../scenarios.js';
import type { Speech } from '../speech/speech.js';
import { createVoiceActivity, loudness, type VoiceActivity } from '../speech/voice-activity.js';
import type { Refusal } from './checks.js';
import { ClientEvents } from './client-events.js';
import { ServerConversation } from './conversation.js';
import { misbehave } from './misbehave.js';
import { messagesFor, type Outgoing } from './outgoing.js';
import { Responder } from './responder.js';
import type { SessionObject } from './session-object.js';
import { Stopwatch } from './stopwatch.js';
import { TurnTaking } from './turn-taking.js';

const CONNECT_MS = 30_000;

/** What a call is made with. */
export interface CallOptions {
  readonly id: string;
  readonly scenarioName: string;
  readonly scenario: Scenario;
  readonly session: SessionObject;
  readonly speech: Speech;
  ended(): void;
}

/** One call. Ends by itself when the client is gone, or never comes. */
export class Call {
  readonly peer: Peer;
  readonly conversation: ServerConversation;
  readonly output: OutputAudio;
  readonly responder: Responder;
  readonly turns: TurnTaking;
  readonly stopwatch = new Stopwatch();
  session: SessionObject;
  alive = true;
  /** What has gone wrong so far because the scenario wants it to, and lasts. */
  readonly faults = new Set<'silent' | 'stalled'>();
  /** Root mean square of the loudest 20 ms since it was last asked for. */
  loudest = 0;
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #clientEvents: ClientEvents;
  #vad: VoiceActivity | null = null;
  #stopClock: () => void = () => {};

  constructor(readonly options: CallOptions) {
    this.session = options.session;
    this.conversation = new ServerConversation((event) => this.send(event));
    this.peer = new Peer({
      opened: () => void this.#opened(),
      message: (data) => this.#clientEvents.receive(data),
      audio: (frame) => this.#hear(frame),
      closed: () => this.end(),
    });
    this.output = new OutputAudio({
      play: (frame) => {
        if (this.output.busy) this.stopwatch.note('sound');
        this.peer.play(frame);
      },
      started: ({ responseId }) =>
        this.send({ type: 'output_audio_buffer.started', response_id: responseId }),
      drained: ({ responseId }) => {
        this.stopwatch.note('over');
        this.send({ type: 'output_audio_buffer.stopped', response_id: responseId });
      },
    });
    this.responder = new Responder(this);
    this.turns = new TurnTaking(this);
    this.#clientEvents = new ClientEvents(this);
    this.after(CONNECT_MS, () => {
      if (!this.#vad) this.end();
    });
  }

  /** What the client sent, newest last, for tests. */
  get received(): ClientEvents['received'] {
    return this.#clientEvents.received;
  }

  /** Sends an event, in the dialect of the scenario. */
  send(event: Outgoing): void {
    const { silent, dialect } = this.options.scenario;
    if (silent) {
      this.faults.add('silent');
      return;
    }
    for (const message of messagesFor(event, dialect)) this.peer.send(message);
  }

  /** Reports a mistake of the client's; the call goes on. */
  refuse(refusal: Refusal, eventId: string | null): void {
    this.send({ type: 'error', error: { type: 'invalid_request_error', ...refusal, event_id: eventId } });
  }

  /** Does something later, unless the call has ended by then. */
  after(ms: number, task: () => void): void {
    this.#timers.push(setTimeout(task, ms).unref());
  }

  /** Throws away the sound that is left and cuts the items where they were heard. */
  clearOutput(): void {
    for (const { responseId, itemId, playedMs } of this.output.clear()) {
      this.stopwatch.note('over');
      this.stopwatch.note('silent');
      this.send({ type: 'output_audio_buffer.cleared', response_id: responseId });
      this.conversation.truncate(itemId, playedMs);
    }
  }

  /** Ends the call and frees what it holds. Calling it again does nothing. */
  end(): void {
    if (!this.alive) return;
    this.alive = false;
    this.#stopClock();
    for (const timer of this.#timers) clearTimeout(timer);
    void this.responder.cancel('client_cancelled');
    this.output.clear();
    this.#vad?.free();
    this.peer.close();
    this.options.ended();
  }

  /** Something here is broken: this call ends, and no other. */
  fail(error: unknown): void {
    console.error(error);
    this.end();
  }

  async #opened(): Promise<void> {
    const vad = await createVoiceActivity();
    if (!this.alive) {
      vad.free();
      return;
    }
    this.#vad = vad;
    this.turns.open(vad);
    this.#stopClock = startMediaClock(() => this.#tick());
    this.send({ type: 'session.created', session: this.session });
    misbehave(this);
    this.responder.listMcpTools();
  }

  #tick(): void {
    try {
      this.peer.tick();
      this.output.tick();
      this.turns.tick();
    } catch (error) {
      this.fail(error);
    }
  }

  #hear(frame: Int16Array): void {
    if (!this.alive) return;
    this.loudest = Math.max(this.loudest, loudness(frame));
    this.turns.hear(frame);
  }
}
