import { SAMPLE_RATE } from '../speech/speech.js';
import type { Call } from './call.js';
import { newId } from './outgoing.js';

const TRANSCRIPTION = 'conversation.item.input_audio_transcription';

/**
 * Finds the words of spoken items, for the assistant and, where the session asks for it, for the client. Both come from
 * one recognition, at their own time.
 */
export class Transcriber {
  readonly #call: Call;
  readonly #words = new Map<string, Promise<string | null>>();
  #late: (() => void)[] = [];

  constructor(call: Call) {
    this.#call = call;
  }

  /** The phrase that was said in an item, `''` for silence, `null` for speech that is no phrase. */
  words(itemId: string): Promise<string | null> {
    return this.#words.get(itemId) ?? Promise.resolve(null);
  }

  /** Begins to recognise an item. @param hasSpeech false when there is nothing to recognise */
  hear(itemId: string, pcm: Int16Array, hasSpeech: boolean): void {
    const words = hasSpeech ? this.#call.options.speech.hear(pcm) : Promise.resolve('');
    this.#words.set(
      itemId,
      words.catch(() => null),
    );
    const { model } = this.#call.session.audio?.input?.transcription ?? {};
    const seconds = pcm.length / SAMPLE_RATE;
    if (model !== undefined) void this.#tell(itemId, model, seconds);
  }

  /** A response is over: transcripts that are to be late may come now. */
  answered(): void {
    const late = this.#late;
    this.#late = [];
    for (const send of late) send();
  }

  async #tell(itemId: string, model: string, seconds: number): Promise<void> {
    const { transcription } = this.#call.options.scenario;
    const words = await this.words(itemId);
    if (transcription === 'never') return;
    if (transcription === 'late') await new Promise<void>((resolve) => this.#late.push(resolve));
    const where = { item_id: itemId, content_index: 0 };
    if (transcription === 'failed' || words === null) {
      const message = 'The audio could not be transcribed.';
      const error = { type: 'transcription_error', code: 'audio_unintelligible', message };
      this.#call.send({ type: `${TRANSCRIPTION}.failed`, ...where, error });
      return;
    }
    const transcript = transcription === 'empty' ? '' : written(words);
    for (const delta of transcript.match(/\s*\S+/g) ?? []) {
      this.#call.send({ type: `${TRANSCRIPTION}.delta`, ...where, delta });
    }
    if (model.includes('diarize') && transcript !== '') {
      const segment = { id: newId('seg'), text: transcript, speaker: 'A', start: 0, end: seconds };
      this.#call.send({ type: `${TRANSCRIPTION}.segment`, ...where, ...segment });
    }
    const usage = { type: 'duration' as const, seconds: Math.ceil(seconds) };
    this.#call.send({ type: `${TRANSCRIPTION}.completed`, ...where, transcript, usage });
  }
}

/** Words as a transcriber writes them. */
function written(words: string): string {
  if (words === '') return '';
  const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
  const named = capital(words).replace(/\b(tokyo|london)\b/g, capital);
  return `${named}${/^(what|how|who)\b/.test(words) ? '?' : '.'}`;
}
