import { Worker } from 'node:worker_threads';
import type { Voice } from './synthesizer.js';

/** What the speech thread is asked. */
export type SpeechRequest =
  | { readonly id: number; readonly say: string; readonly voice: Voice }
  | { readonly id: number; readonly hear: Float32Array };

/** What it answers. */
export type SpeechReply =
  | { readonly id: number; readonly pcm: Int16Array }
  | { readonly id: number; readonly text: string | null }
  | { readonly id: number; readonly error: string };

/** Samples a second, in both directions. */
export const SAMPLE_RATE = 16_000;

/** Voice and ears of all calls: one thread, started at the first use. */
export class Speech {
  #worker: Worker | null = null;
  #count = 0;
  readonly #waiting = new Map<number, (reply: SpeechReply) => void>();

  /** Loads the thread ahead of the first word. */
  warmUp(): void {
    void this.say('Hello.');
  }

  /** Speech for an English text. */
  async say(text: string, voice: Voice = 'slt'): Promise<Int16Array> {
    const reply = await this.#ask({ id: this.#next(), say: text, voice });
    return 'pcm' in reply ? reply.pcm : new Int16Array(0);
  }

  /** The phrase that was said, or `null`. @param pcm 16-bit samples */
  async hear(pcm: Int16Array): Promise<string | null> {
    const reply = await this.#ask({
      id: this.#next(),
      hear: Float32Array.from(pcm, (sample) => sample / 32_768),
    });
    return 'text' in reply ? reply.text : null;
  }

  async stop(): Promise<void> {
    await this.#worker?.terminate();
  }

  #next(): number {
    this.#count += 1;
    return this.#count;
  }

  async #ask(request: SpeechRequest): Promise<SpeechReply> {
    const worker = (this.#worker ??= this.#start());
    const reply = await new Promise<SpeechReply>((resolve) => {
      this.#waiting.set(request.id, resolve);
      worker.postMessage(request);
    });
    if ('error' in reply) throw new Error(reply.error);
    return reply;
  }

  #start(): Worker {
    const worker = new Worker(new URL('./start-worker.mjs', import.meta.url));
    worker.on('message', (reply: SpeechReply) => {
      this.#waiting.get(reply.id)?.(reply);
      this.#waiting.delete(reply.id);
    });
    worker.unref();
    return worker;
  }
}
