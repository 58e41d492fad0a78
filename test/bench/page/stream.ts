/**
 * An endless conversation as a realtime server sends it: turns of 100 events, 60 of them deltas of the transcript.
 * The messages are text already, so that nothing of making them is measured.
 */
export class Stream {
  #pending: string[] = [];
  #turn = 0;
  #events = 0;
  /** The last words of the assistant that are final: what a contender must be able to show. */
  lastAnswer = '';

  take(count: number): readonly string[] {
    while (this.#pending.length < count) this.#pending.push(...this.#turnOfEvents());
    return this.#pending.splice(0, count);
  }

  /** The start of an answer, and then nothing but its deltas, each with a number to be found again on the screen. */
  marked(count: number): readonly string[] {
    this.#turn += 1;
    const { item, response } = this.#ids();
    const deltas = Array.from({ length: count }, (_, index) =>
      this.#event(DELTA, { response_id: response, item_id: item, ...PLACE, delta: ` w${index}` }),
    );
    return [...this.#opening(item, response), ...deltas];
  }

  #turnOfEvents(): readonly string[] {
    this.#turn += 1;
    return [...this.#question(), ...this.#answer()];
  }

  #ids(): { readonly item: string; readonly response: string; readonly asked: string } {
    const turn = String(this.#turn).padStart(6, '0');
    return { item: `item_answer${turn}`, response: `resp_${turn}`, asked: `item_asked${turn}` };
  }

  /** 25 events. */
  #question(): readonly string[] {
    const { asked } = this.#ids();
    const previous = this.#turn > 1 ? `item_answer${String(this.#turn - 1).padStart(6, '0')}` : null;
    const pieces = words(19, this.#turn);
    const item = message(asked, 'user', [{ type: 'input_audio', transcript: null }], 'completed');
    const place = { item_id: asked, content_index: 0 };
    const transcription = 'conversation.item.input_audio_transcription';
    return [
      this.#event('input_audio_buffer.speech_started', {
        audio_start_ms: this.#turn * 9_000,
        item_id: asked,
      }),
      this.#event('input_audio_buffer.speech_stopped', {
        audio_end_ms: this.#turn * 9_000 + 2_000,
        item_id: asked,
      }),
      this.#event('input_audio_buffer.committed', { previous_item_id: previous, item_id: asked }),
      this.#event('conversation.item.added', { previous_item_id: previous, item }),
      this.#event('conversation.item.done', { previous_item_id: previous, item }),
      ...pieces.map((delta) => this.#event(`${transcription}.delta`, { ...place, delta })),
      this.#event(`${transcription}.completed`, {
        ...place,
        transcript: pieces.join(''),
        usage: { type: 'duration', seconds: 2 },
      }),
    ];
  }

  /** 75 events. */
  #answer(): readonly string[] {
    const { item, response, asked } = this.#ids();
    const pieces = words(60, this.#turn * 7);
    const transcript = pieces.join('');
    this.lastAnswer = transcript;
    const place = { response_id: response, item_id: item, ...PLACE };
    const part = { type: 'output_audio', transcript };
    const done = message(item, 'assistant', [part], 'completed');
    return [
      ...this.#opening(item, response, asked),
      this.#event('output_audio_buffer.started', { response_id: response }),
      ...pieces.map((delta) => this.#event(DELTA, { ...place, delta, obfuscation: 'a8Jx2kLq' })),
      this.#event('response.output_audio.done', place),
      this.#event('response.output_audio_transcript.done', { ...place, transcript }),
      this.#event('response.content_part.done', { ...place, part: { ...part, type: 'audio' } }),
      this.#event('response.output_item.done', { response_id: response, output_index: 0, item: done }),
      this.#event('conversation.item.done', { previous_item_id: asked, item: done }),
      this.#event('response.done', { response: finished(response, done) }),
      this.#event('rate_limits.updated', { rate_limits: LIMITS }),
      this.#event('output_audio_buffer.stopped', { response_id: response }),
      ...Array.from({ length: 2 }, () => this.#event('rate_limits.updated', { rate_limits: LIMITS })),
    ];
  }

  #opening(item: string, response: string, previous: string | null = null): readonly string[] {
    const empty = message(item, 'assistant', [], 'in_progress');
    return [
      this.#event('response.created', {
        response: { ...finished(response), status: 'in_progress', usage: null },
      }),
      this.#event('response.output_item.added', { response_id: response, output_index: 0, item: empty }),
      this.#event('conversation.item.added', { previous_item_id: previous, item: empty }),
      this.#event('response.content_part.added', {
        response_id: response,
        item_id: item,
        ...PLACE,
        part: { type: 'audio', transcript: '' },
      }),
    ];
  }

  #event(type: string, fields: object): string {
    this.#events += 1;
    return JSON.stringify({ type, event_id: `event_${String(this.#events).padStart(8, '0')}`, ...fields });
  }
}

const DELTA = 'response.output_audio_transcript.delta';
const PLACE = { output_index: 0, content_index: 0 };
const LIMITS = [
  { name: 'requests', limit: 5_000, remaining: 4_999, reset_seconds: 0.02 },
  { name: 'tokens', limit: 400_000, remaining: 397_000, reset_seconds: 0.5 },
];
const VOCABULARY =
  'the quick answer comes from a model that has read very much and says it word by word'.split(' ');

function words(count: number, seed: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => {
    const word = VOCABULARY[(seed + index * 5) % VOCABULARY.length] ?? '';
    return index === 0 ? word : ` ${word}`;
  });
}

function message(id: string, role: string, content: readonly object[], status: string): object {
  return { id, object: 'realtime.item', type: 'message', status, role, content };
}

function finished(id: string, item?: object): object {
  return {
    object: 'realtime.response',
    id,
    status: 'completed',
    status_details: null,
    output: item ? [item] : [],
    conversation_id: 'conv_bench',
    modalities: ['audio'],
    max_output_tokens: 'inf',
    usage: {
      total_tokens: 253,
      input_tokens: 132,
      output_tokens: 121,
      input_token_details: {
        text_tokens: 119,
        audio_tokens: 13,
        image_tokens: 0,
        cached_tokens: 64,
        cached_tokens_details: { text_tokens: 64, audio_tokens: 0, image_tokens: 0 },
      },
      output_token_details: { text_tokens: 30, audio_tokens: 91 },
    },
    metadata: null,
  };
}
