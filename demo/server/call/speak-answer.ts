import type { ConversationItem } from 'openai/resources/realtime/realtime';
import type { Playback } from '../media/output-audio.js';
import { isJapanese } from '../mind/reply.js';
import type { Call } from './call.js';
import { delay } from './delay.js';
import { newId, type Outgoing } from './outgoing.js';
import type { ActiveResponse } from './responder.js';

/** Words come several times faster than they are spoken, as they do from the real service. */
const WORD_MS = 18;

interface Saying {
  readonly call: Call;
  readonly active: ActiveResponse;
  readonly item: ConversationItem;
  readonly spoken: boolean;
  playback: Playback | null;
  said: string;
}

/** Says a text: its words run ahead as deltas, its sound follows sentence by sentence. */
export async function speakAnswer(call: Call, active: ActiveResponse, text: string): Promise<void> {
  const item: ConversationItem = {
    id: newId('item'),
    type: 'message',
    status: 'in_progress',
    role: 'assistant',
    content: [],
  };
  const spoken = !active.textOnly;
  const saying: Saying = { call, active, item, spoken, playback: null, said: '' };
  call.responder.openItem(active, item);
  const part = spoken ? { type: 'audio' as const, transcript: '' } : { type: 'text' as const, text: '' };
  call.send({ type: 'response.content_part.added', ...place(saying), part });
  try {
    for (const sentence of sentences(text)) await saySentence(saying, sentence);
  } finally {
    if (saying.playback) saying.playback.complete = true;
    close(saying);
  }
}

async function saySentence(saying: Saying, sentence: string): Promise<void> {
  const { signal } = saying.active.controller;
  if (saying.spoken) await addSound(saying, sentence);
  for (const word of words(sentence)) {
    await delay(WORD_MS, signal);
    saying.said += word;
    saying.active.words += 1;
    const type = saying.spoken ? 'response.output_audio_transcript.delta' : 'response.output_text.delta';
    saying.call.send({ type, ...place(saying), delta: word } as Outgoing);
  }
}

async function addSound(saying: Saying, sentence: string): Promise<void> {
  const { call, active, item } = saying;
  // The demo's voice speaks English only; anything else is shown and not mispronounced.
  const pcm = isJapanese(sentence) ? new Int16Array(0) : await call.options.speech.say(sentence);
  active.controller.signal.throwIfAborted();
  if (!saying.playback) {
    saying.playback = call.output.begin(active.id, item.id ?? '');
    call.send({ type: 'output_audio_buffer.started', response_id: active.id });
  }
  call.output.add(pcm);
  active.audioMs += pcm.length / 16;
}

function close(saying: Saying): void {
  const { call, active, item, spoken, said } = saying;
  const where = place(saying);
  const finished = !active.controller.signal.aborted;
  if (spoken) {
    call.send({ type: 'response.output_audio.done', ...where });
    call.send({ type: 'response.output_audio_transcript.done', ...where, transcript: said });
  } else call.send({ type: 'response.output_text.done', ...where, text: said });
  const part = spoken ? { type: 'audio' as const, transcript: said } : { type: 'text' as const, text: said };
  call.send({ type: 'response.content_part.done', ...where, part });
  const content = spoken ? { type: 'output_audio', transcript: said } : { type: 'output_text', text: said };
  call.responder.closeItem(
    active,
    Object.assign(item, { status: finished ? 'completed' : 'incomplete', content: [content] }),
  );
}

function place({ active, item }: Saying): {
  response_id: string;
  item_id: string;
  output_index: number;
  content_index: number;
} {
  return {
    response_id: active.id,
    item_id: item.id ?? '',
    output_index: active.output.indexOf(item),
    content_index: 0,
  };
}

function sentences(text: string): readonly string[] {
  return text.match(/[^.!?。？！]+[.!?。？！]*\s*/g) ?? [text];
}

function words(sentence: string): readonly string[] {
  return isJapanese(sentence)
    ? (sentence.match(/.{1,2}/gsu) ?? [])
    : (sentence.match(/\s*\S+\s*$|\s*\S+/g) ?? []);
}
