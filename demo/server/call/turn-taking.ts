import type { ConversationItem, RealtimeAudioInputTurnDetection } from 'openai/resources/realtime/realtime';
import type { VoiceActivity } from '../speech/voice-activity.js';
import type { Call } from './call.js';
import { spokenItem } from './conversation.js';
import { InputAudio, type TurnDetection } from './input-audio.js';
import { newId } from './outgoing.js';

/** How long `semantic_vad` waits for somebody who has not made sense yet. */
const PATIENCE_MS = { low: 8_000, medium: 4_000, auto: 4_000, high: 2_000 } as const;
const SEMANTIC_PAUSE_MS = 300;

/** Who speaks when: notices speech, makes items of it, and lets it interrupt. */
export class TurnTaking {
  readonly #call: Call;
  #input: InputAudio | null = null;
  /** The item that will be made of what is being said. */
  #speaking: string | null = null;
  #quietSince = performance.now();

  constructor(call: Call) {
    this.#call = call;
  }

  /** Starts listening. */
  open(vad: VoiceActivity): void {
    this.#input = new InputAudio(vad, {
      speechStarted: (at) => this.#speechStarted(at),
      speechStopped: (at) => this.#speechStopped(at),
      isComplete: (pcm) => this.#isComplete(pcm),
    });
    this.applySession();
  }

  /** Sets up turn detection as the session says. */
  applySession(): void {
    if (!this.#input) return;
    this.#input.detection = detectionFor(this.#detection);
    if (!this.#detection) this.#speaking = null;
  }

  /** Milliseconds of sound that are not committed. */
  get bufferedMs(): number {
    return this.#input?.lengthMs ?? 0;
  }

  /** Takes in 20 ms. */
  hear(frame: Int16Array): void {
    this.#input?.push(frame);
  }

  /** Throws away what is not committed. */
  clear(): void {
    this.#input?.clear();
    this.#speaking = null;
    this.#call.send({ type: 'input_audio_buffer.cleared' });
  }

  /** Makes an item of what is in the input buffer. */
  commit(itemId: string = newId('item')): void {
    const { conversation, responder } = this.#call;
    const hasSpeech = this.#input?.hasSpeech ?? false;
    const pcm = this.#input?.take() ?? new Int16Array(0);
    this.#speaking = null;
    const previous_item_id = conversation.lastId;
    this.#call.send({ type: 'input_audio_buffer.committed', item_id: itemId, previous_item_id });
    const item = spokenItem(itemId);
    conversation.add(item);
    conversation.done(item);
    responder.hear(itemId, pcm, hasSpeech);
  }

  /** To be called every 20 ms: after an answer nobody may have anything to say. */
  tick(): void {
    const { output, responder } = this.#call;
    const idleMs = this.#detection?.type === 'server_vad' ? this.#detection.idle_timeout_ms : null;
    const isQuiet = !output.busy && !responder.busy && this.#speaking === null && responder.hasAnswered;
    if (!isQuiet) this.#quietSince = performance.now();
    else if (idleMs && performance.now() - this.#quietSince > idleMs) this.#idle(idleMs);
  }

  get #detection(): RealtimeAudioInputTurnDetection | null | undefined {
    return this.#call.session.audio?.input?.turn_detection;
  }

  #speechStarted(atMs: number): void {
    this.#speaking = newId('item');
    this.#call.send({
      type: 'input_audio_buffer.speech_started',
      item_id: this.#speaking,
      audio_start_ms: atMs,
    });
    if (this.#detection?.interrupt_response === false) return;
    const { reactionMs } = this.#call.options.scenario;
    if (this.#call.output.busy) this.#call.stopwatch.note('interrupted');
    if (reactionMs === undefined) this.#interrupt();
    else this.#call.after(reactionMs, () => this.#interrupt());
  }

  #interrupt(): void {
    this.#call.clearOutput();
    void this.#call.responder.cancel('turn_detected');
  }

  #speechStopped(atMs: number): void {
    const id = this.#speaking ?? newId('item');
    this.#call.stopwatch.finished();
    this.#call.send({ type: 'input_audio_buffer.speech_stopped', item_id: id, audio_end_ms: atMs });
    this.commit(id);
    if (this.#detection?.create_response !== false) void this.#call.responder.createNext();
  }

  /** The assistant has the say: it asks whether anybody is there. */
  #idle(idleMs: number): void {
    const item_id = newId('item');
    const audio_end_ms = this.#input?.receivedMs ?? 0;
    const audio_start_ms = Math.max(0, audio_end_ms - idleMs);
    this.#call.send({ type: 'input_audio_buffer.timeout_triggered', item_id, audio_start_ms, audio_end_ms });
    const nudge: ConversationItem = {
      id: newId('item'),
      type: 'message',
      status: 'completed',
      role: 'system',
      content: [
        { type: 'input_text', text: 'Nobody has spoken for a while. Ask whether the user is there.' },
      ],
    };
    this.#call.conversation.add(nudge);
    this.#call.conversation.done(nudge);
    this.commit(item_id);
    void this.#call.responder.create({}, { afterSilence: true });
  }

  async #isComplete(pcm: Int16Array): Promise<boolean> {
    try {
      return (await this.#call.options.speech.hear(pcm)) !== null;
    } catch {
      // Without ears there is nothing to wait for.
      return true;
    }
  }
}

function detectionFor(detection: RealtimeAudioInputTurnDetection | null | undefined): TurnDetection | null {
  if (!detection) return null;
  if (detection.type === 'server_vad') {
    const {
      threshold = 0.5,
      prefix_padding_ms: prefixMs = 300,
      silence_duration_ms: silenceMs = 500,
    } = detection;
    return { threshold, prefixMs, silenceMs };
  }
  const patienceMs = PATIENCE_MS[detection.eagerness ?? 'auto'];
  return { threshold: 0.5, prefixMs: 300, silenceMs: SEMANTIC_PAUSE_MS, patienceMs };
}
