import type { ServerEvent } from 'realtime-voice';
import type { Talk } from './talks.js';

/** A message of the server, and when it comes: milliseconds from the start. */
export interface TimedEvent {
  readonly time: number;
  readonly event: ServerEvent;
}

const WORD_MS = 130;
const AUDIO_TOKEN_MS = 50;

/** Writes a call as the server would tell it. */
class TalkLog {
  readonly events: TimedEvent[] = [];
  #time = 0;
  #last: string | null = null;

  add(waitMs: number, event: ServerEvent): void {
    this.#time += waitMs;
    this.events.push({ time: this.#time, event: { event_id: `event_${this.events.length}`, ...event } });
  }

  /** The visitor speaks; the words are there when they are through. */
  speaks(id: string, transcript?: string): void {
    this.add(700, { type: 'input_audio_buffer.speech_started', item_id: id, audio_start_ms: 0 });
    this.add(1_500, { type: 'input_audio_buffer.speech_stopped', item_id: id, audio_end_ms: 1_500 });
    this.add(20, { type: 'input_audio_buffer.committed', item_id: id, previous_item_id: this.#last });
    this.#place(id, { type: 'message', role: 'user', content: [{ type: 'input_audio', transcript: null }] });
    if (transcript === undefined) return;
    const place = { item_id: id, content_index: 0 };
    this.add(400, {
      type: 'conversation.item.input_audio_transcription.completed',
      ...place,
      transcript,
    });
  }

  /** The assistant answers, word by word. @param heard the share of it that is heard before the visitor cuts in */
  answers(id: string, transcript: string, heard = 1): void {
    const response = `response_${id}`;
    const place = { response_id: response, item_id: id, output_index: 0, content_index: 0 };
    const words = transcript.match(/\s*\S{1,8}/g) ?? [];
    this.add(300, {
      type: 'response.created',
      response: { id: response, status: 'in_progress', output: [] },
    });
    this.#place(id, { type: 'message', role: 'assistant', status: 'in_progress', content: [] });
    this.add(0, { type: 'output_audio_buffer.started', response_id: response });
    for (const delta of words)
      this.add(WORD_MS, { type: 'response.output_audio_transcript.delta', ...place, delta });
    const audioMs = words.length * WORD_MS * 2;
    this.add(0, { type: 'response.output_audio_transcript.done', ...place, transcript });
    this.add(0, {
      type: 'response.done',
      response: {
        id: response,
        status: 'completed',
        output: [],
        usage: {
          input_token_details: { text_tokens: 120, audio_tokens: 60 },
          output_token_details: { text_tokens: 40, audio_tokens: Math.round(audioMs / AUDIO_TOKEN_MS) },
        },
      },
    });
    if (heard < 1) {
      this.add(200, { type: 'output_audio_buffer.cleared', response_id: response });
      this.add(0, {
        type: 'conversation.item.truncated',
        item_id: id,
        content_index: 0,
        audio_end_ms: Math.round(audioMs * heard),
      });
    } else this.add(1_200, { type: 'output_audio_buffer.stopped', response_id: response });
  }

  calls(id: string, { tool, output }: Talk): void {
    this.#place(id, { type: 'function_call', name: tool, call_id: id, arguments: '{"people": 2}' });
    this.#place(`${id}_output`, { type: 'function_call_output', call_id: id, output });
  }

  #place(id: string, item: object): void {
    const event = { previous_item_id: this.#last, item: { id, status: 'completed', ...item } };
    this.#last = id;
    this.add(0, { type: 'conversation.item.added', ...event });
  }
}

/** A whole call: a question, a booking by a tool, an answer that is cut off, and somebody who has just spoken. */
export function talkEvents(talk: Talk): readonly TimedEvent[] {
  const log = new TalkLog();
  const audio = { input: { transcription: { model: 'gpt-transcribe' } } };
  log.add(0, { type: 'session.created', session: { id: 'gallery', type: 'realtime', audio } });
  log.speaks('question', talk.question);
  log.answers('answer', talk.answer);
  log.speaks('wish', talk.wish);
  log.calls('booking', talk);
  log.answers('reply', talk.reply, 0.6);
  log.speaks('thanks');
  return log.events;
}

/** The same call up to the middle of the second answer. */
export function unfinishedTalk(talk: Talk): readonly TimedEvent[] {
  const events = talkEvents(talk);
  const deltas = events.flatMap(({ event }, at) => (isReplyDelta(event) ? [at] : []));
  return events.slice(0, (deltas[Math.ceil(deltas.length / 2)] ?? 0) + 1);
}

const isReplyDelta = ({ type, item_id }: ServerEvent): boolean =>
  type === 'response.output_audio_transcript.delta' && item_id === 'reply';

/** The call as a file that `replay` plays. */
export function talkRecording(talk: Talk): string {
  const lines = talkEvents(talk).map(({ time, event }) => JSON.stringify({ origin: 'server', time, event }));
  return URL.createObjectURL(new Blob([lines.join('\n')], { type: 'application/jsonl' }));
}
