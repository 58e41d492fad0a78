import type { Call } from './call.js';
import type { Outgoing } from './outgoing.js';

const TRANSCRIPTION = 'conversation.item.input_audio_transcription';

/**
 * Finds the words of spoken items, for the assistant and, where the session asks for it, for the client. Both come from
 * one recognition, at their own time.
 */
export class Transcriber {
  readonly #words = new Map<string, Promise<string | null>>();
  readonly #silent = new Set<string>();
  #late: (() => void)[] = [];

  constructor(private readonly call: Call) {}

  /** The phrase that was said in an item; `null` when it is none that is known. */
  words(itemId: string): Promise<string | null> {
    return this.#words.get(itemId) ?? Promise.resolve(null);
  }

  /** Nobody speaks in this item: the server committed it by itself. */
  expectSilence(itemId: string): void {
    this.#silent.add(itemId);
  }

  wasSilent(itemId: string | undefined): boolean {
    return itemId !== undefined && this.#silent.has(itemId);
  }

  hear(itemId: string, pcm: Int16Array): void {
    const words = this.wasSilent(itemId) ? Promise.resolve('') : this.call.options.speech.hear(pcm);
    this.#words.set(
      itemId,
      words.catch(() => null),
    );
    if (this.call.session.audio?.input?.transcription) void this.#tell(itemId, pcm.length / 16_000);
  }

  /** A response is over: transcripts that are to be late may come now. */
  answered(): void {
    const late = this.#late;
    this.#late = [];
    for (const send of late) send();
  }

  async #tell(itemId: string, seconds: number): Promise<void> {
    const { transcription } = this.call.options.scenario;
    const words = await this.words(itemId);
    if (transcription === 'never') return;
    if (transcription === 'late') await new Promise<void>((resolve) => this.#late.push(resolve));
    const place = { item_id: itemId, content_index: 0 };
    if (transcription === 'failed' || words === null) {
      const error = {
        type: 'transcription_error',
        code: 'audio_unintelligible',
        message: 'The audio could not be transcribed.',
        param: null,
      };
      this.call.send({ type: `${TRANSCRIPTION}.failed`, ...place, error } as unknown as Outgoing);
      return;
    }
    const transcript = transcription === 'empty' ? '' : sentence(words);
    for (const delta of transcript.match(/\s*\S+/g) ?? []) {
      this.call.send({ type: `${TRANSCRIPTION}.delta`, ...place, delta });
    }
    const usage = { type: 'duration' as const, seconds: Math.ceil(seconds) };
    this.call.send({ type: `${TRANSCRIPTION}.completed`, ...place, transcript, usage });
  }
}

function sentence(words: string): string {
  const cased = words.replace(/^./, (first) => first.toUpperCase());
  const named = cased.replace(/\b(tokyo|london)\b/g, (city) =>
    city.replace(/^./, (first) => first.toUpperCase()),
  );
  return words === '' ? '' : `${named}${/^(what|how|who)\b/.test(words) ? '?' : '.'}`;
}
