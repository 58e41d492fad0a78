import type { ConversationItem } from 'openai/resources/realtime/realtime';
import { framesOf, type Playback } from '../media/output-audio.js';
import { isJapanese } from '../mind/reply.js';
import { FRAME_MS } from '../speech/voice-activity.js';
import type { Voice } from '../speech/synthesizer.js';
import { delay, untilAborted } from './abortable.js';
import { isUsedUp, type ActiveResponse } from './active-response.js';
import type { Call } from './call.js';
import { newId } from './outgoing.js';

/** Words come several times faster than they are spoken, as they do from the real service. */
const WORD_MS = 18;

/** Which of the voices here stands for one of the service's; all others are `slt`, a woman's. */
const VOICES: Readonly<Record<string, Voice>> = {
  ash: 'rms',
  ballad: 'awb',
  cedar: 'rms',
  echo: 'kal16',
  verse: 'awb',
};

/** Says a text: its words run ahead as deltas, its sound follows sentence by sentence. */
export async function speakAnswer(call: Call, active: ActiveResponse, text: string): Promise<void> {
  const saying = new Saying(call, active);
  saying.open();
  try {
    for (const sentence of sentences(text)) await saying.say(sentence);
  } finally {
    saying.close();
  }
}

interface Place {
  readonly response_id: string;
  readonly item_id: string;
  readonly output_index: number;
  readonly content_index: 0;
}

/** A message of the assistant's that is being said. */
class Saying {
  readonly #call: Call;
  readonly #active: ActiveResponse;
  readonly #id = newId('item');
  readonly #place: Place;
  readonly #item: Extract<ConversationItem, { role: 'assistant' }>;
  #playback: Playback | null = null;
  #said = '';

  constructor(call: Call, active: ActiveResponse) {
    this.#call = call;
    this.#active = active;
    this.#item = { id: this.#id, type: 'message', status: 'in_progress', role: 'assistant', content: [] };
    this.#place = {
      response_id: active.id,
      item_id: this.#id,
      output_index: active.output.length,
      content_index: 0,
    };
  }

  open(): void {
    this.#call.responder.openItem(this.#active, this.#item);
    const part = this.#part();
    this.#call.send({ type: 'response.content_part.added', ...this.#place, part });
  }

  async say(sentence: string): Promise<void> {
    if (isUsedUp(this.#active)) return;
    const { textOnly, controller } = this.#active;
    if (!textOnly) await this.#addSound(sentence);
    for (const delta of words(sentence)) {
      await delay(WORD_MS, controller.signal);
      this.#said += delta;
      this.#active.words += 1;
      this.#call.stopwatch.note('text');
      if (textOnly) this.#call.send({ type: 'response.output_text.delta', ...this.#place, delta });
      else this.#call.send({ type: 'response.output_audio_transcript.delta', ...this.#place, delta });
      if (isUsedUp(this.#active)) return;
    }
  }

  close(): void {
    const [call, place, said] = [this.#call, this.#place, this.#said];
    if (this.#playback) this.#playback.complete = true;
    if (this.#active.textOnly) call.send({ type: 'response.output_text.done', ...place, text: said });
    else {
      call.send({ type: 'response.output_audio.done', ...place });
      call.send({ type: 'response.output_audio_transcript.done', ...place, transcript: said });
    }
    call.send({ type: 'response.content_part.done', ...place, part: this.#part() });
    const isWhole = !this.#active.controller.signal.aborted && !isUsedUp(this.#active);
    this.#item.status = isWhole ? 'completed' : 'incomplete';
    this.#item.content = this.#active.textOnly
      ? [{ type: 'output_text', text: said }]
      : [{ type: 'output_audio', transcript: said }];
    call.responder.closeItem(this.#active, this.#item);
  }

  #part(): { type: 'text'; text: string } | { type: 'audio'; transcript: string } {
    return this.#active.textOnly
      ? { type: 'text', text: this.#said }
      : { type: 'audio', transcript: this.#said };
  }

  async #addSound(sentence: string): Promise<void> {
    // The voices here speak English only; anything else is shown and not mispronounced.
    if (isJapanese(sentence)) return;
    const { id, voice, speed, controller } = this.#active;
    const manner = { voice: VOICES[voice] ?? 'slt', speed };
    const pcm = await untilAborted(this.#call.options.speech.say(sentence, manner), controller.signal);
    const frames = framesOf(pcm);
    this.#playback ??= this.#call.output.begin(id, this.#id);
    this.#playback.frames.push(...frames);
    this.#active.audioMs += frames.length * FRAME_MS;
    this.#call.conversation.addSound(this.#id, frames.length * FRAME_MS);
  }
}

function sentences(text: string): readonly string[] {
  return text.match(/[^.!?。？！]+[.!?。？！]*\s*/g) ?? [text];
}

function words(sentence: string): readonly string[] {
  return isJapanese(sentence)
    ? (sentence.match(/.{1,2}/gsu) ?? [])
    : (sentence.match(/\s*\S+\s*$|\s*\S+/g) ?? []);
}
