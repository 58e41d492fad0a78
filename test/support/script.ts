import type { ServerEvent } from '../../src/protocol/server-event.js';

/** What an answer of a script may be like. */
export interface AnswerOptions {
  /** Number of deltas; the words are cut into about that many. */
  readonly deltas?: number;
  /** Milliseconds of sound; the bill of the response says so. */
  readonly audioMs?: number;
  /** Leaves out the events after the last delta. */
  readonly unfinished?: boolean;
}

/** Writes the events of a conversation as the GA API sends them over WebRTC. It makes events and knows nothing of their meaning. */
export class Script {
  readonly #events: ServerEvent[] = [];
  #count = 0;
  #last: string | null = null;
  #response = '';
  #answer = '';

  constructor(options: { readonly transcribes?: boolean } = {}) {
    const transcription = options.transcribes === false ? null : { model: 'gpt-transcribe' };
    const session = {
      id: 'sess_1',
      type: 'realtime',
      audio: { input: { transcription, turn_detection: { type: 'server_vad' } } },
    };
    this.add({ type: 'session.created', session });
  }

  /** Adds any event. */
  add(event: ServerEvent): this {
    this.#count += 1;
    this.#events.push({ event_id: `event_${this.#count}`, ...event });
    return this;
  }

  /** The visitor types. */
  typed(text: string, id = this.#id('user')): this {
    const item = {
      id,
      type: 'message',
      role: 'user',
      status: 'completed',
      content: [{ type: 'input_text', text }],
    };
    return this.#place(id, item);
  }

  /** The visitor speaks; the words come with {@link heard}. */
  spoken(id = this.#id('user')): this {
    this.add({ type: 'input_audio_buffer.speech_started', item_id: id, audio_start_ms: 0 });
    this.add({ type: 'input_audio_buffer.speech_stopped', item_id: id, audio_end_ms: 900 });
    this.add({ type: 'input_audio_buffer.committed', item_id: id, previous_item_id: this.#last });
    const content = [{ type: 'input_audio', transcript: null }];
    return this.#place(id, { id, type: 'message', role: 'user', status: 'completed', content });
  }

  /** The transcriber is done with an item. */
  heard(id: string, transcript: string): this {
    for (const delta of pieces(transcript, 3)) {
      this.add({
        type: 'conversation.item.input_audio_transcription.delta',
        item_id: id,
        content_index: 0,
        delta,
      });
    }
    const usage = { type: 'duration', seconds: 1 };
    return this.add({
      type: 'conversation.item.input_audio_transcription.completed',
      item_id: id,
      content_index: 0,
      transcript,
      usage,
    });
  }

  /** The assistant answers. */
  answer(
    text: string,
    { deltas = 4, audioMs = 2_000, unfinished = false }: AnswerOptions = {},
    id = this.#id('answer'),
  ): this {
    this.#response = `resp_${id}`;
    this.#answer = id;
    const item = { id, type: 'message', role: 'assistant', status: 'in_progress', content: [] };
    const place = { response_id: this.#response, item_id: id, output_index: 0, content_index: 0 };
    this.add({
      type: 'response.created',
      response: { id: this.#response, status: 'in_progress', output: [], conversation_id: 'conv' },
    });
    this.add({ type: 'response.output_item.added', response_id: this.#response, output_index: 0, item });
    this.add({ type: 'conversation.item.added', previous_item_id: this.#last, item });
    this.add({ type: 'response.content_part.added', ...place, part: { type: 'audio', transcript: '' } });
    this.add({ type: 'output_audio_buffer.started', response_id: this.#response });
    for (const delta of pieces(text, deltas))
      this.add({ type: 'response.output_audio_transcript.delta', ...place, delta });
    this.#last = id;
    return unfinished ? this : this.finish(text, 'completed', 'completed', audioMs);
  }

  /** The end of an answer, in whichever way. */
  finish(transcript: string, itemStatus: string, responseStatus: string, audioMs = 2_000): this {
    const place = { response_id: this.#response, item_id: this.#answer, output_index: 0, content_index: 0 };
    const content = [{ type: 'output_audio', transcript }];
    const item = { id: this.#answer, type: 'message', role: 'assistant', status: itemStatus, content };
    this.add({ type: 'response.output_audio_transcript.done', ...place, transcript });
    this.add({ type: 'response.content_part.done', ...place, part: { type: 'audio', transcript } });
    // GA says `null` here although the item is not the first.
    this.add({ type: 'conversation.item.done', previous_item_id: null, item });
    this.add({ type: 'response.output_item.done', response_id: this.#response, output_index: 0, item });
    const usage = {
      output_token_details: { audio_tokens: audioMs / 50, text_tokens: 10 },
      input_token_details: { text_tokens: 20 },
    };
    return this.add({
      type: 'response.done',
      response: {
        id: this.#response,
        status: responseStatus,
        output: [item],
        usage,
        conversation_id: 'conv',
      },
    });
  }

  /** The visitor interrupts the sound of the last answer. */
  cutAt(audioEndMs: number): this {
    this.add({ type: 'output_audio_buffer.cleared', response_id: this.#response });
    return this.add({
      type: 'conversation.item.truncated',
      item_id: this.#answer,
      content_index: 0,
      audio_end_ms: audioEndMs,
    });
  }

  /** The sound has been played to its end. */
  played(): this {
    return this.add({ type: 'output_audio_buffer.stopped', response_id: this.#response });
  }

  events(): readonly ServerEvent[] {
    return [...this.#events];
  }

  #place(id: string, item: object): this {
    const previous_item_id = this.#last;
    this.#last = id;
    this.add({ type: 'conversation.item.added', previous_item_id, item });
    return this.add({ type: 'conversation.item.done', previous_item_id, item });
  }

  #id(kind: string): string {
    return `${kind}_${this.#count}`;
  }
}

/** A new script. */
export const script = (options?: { readonly transcribes?: boolean }): Script => new Script(options);

function pieces(text: string, count: number): readonly string[] {
  const length = Math.max(1, Math.ceil(text.length / count));
  return text.match(new RegExp(`.{1,${length}}`, 'gs')) ?? [];
}
