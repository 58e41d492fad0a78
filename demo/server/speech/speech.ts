/**
 * Ears and voice: speech to one of the known phrases and text to speech, in a thread of their own, and the detector of
 * voice activity. Nothing here knows of calls or of the protocol.
 */
import { Worker } from 'node:worker_threads';
import type { Manner } from './synthesizer.js';

/** What the speech thread is asked. */
export type SpeechRequest =
  | { readonly id: number; readonly say: string; readonly manner: Manner }
  | { readonly id: number; readonly hear: Int16Array };

/** What it answers. */
export type SpeechReply =
  | { readonly id: number; readonly pcm: Int16Array }
  | { readonly id: number; readonly text: string | null }
  | { readonly id: number; readonly error: string };

interface Waiting {
  readonly resolve: (reply: SpeechReply) => void;
  readonly reject: (error: Error) => void;
}

/** Samples a second, in both directions. */
export const SAMPLE_RATE = 16_000;

/** Whole answers are said again and again, by tests above all. */
const REMEMBERED_TEXTS = 100;

/** Voice and ears of all calls: one thread, started at the first use and again if it ever dies. */
export class Speech {
  #worker: Worker | null = null;
  #count = 0;
  readonly #waiting = new Map<number, Waiting>();
  readonly #said = new Map<string, Int16Array>();

  /** Loads the thread ahead of the first word. */
  warmUp(): void {
    this.say('Hello.').catch(() => {
      // Whoever needs speech later will be told.
    });
  }

  /** Speech for an English text. Not to be written to: it is remembered. @throws Error when there is no voice */
  async say(text: string, manner: Manner = {}): Promise<Int16Array> {
    const key = JSON.stringify([text, manner]);
    const known = this.#said.get(key);
    if (known) return known;
    const reply = await this.#ask({ id: this.#next(), say: text, manner });
    const pcm = 'pcm' in reply ? reply.pcm : new Int16Array(0);
    this.#remember(key, pcm);
    return pcm;
  }

  /** The phrase that was said, or `null`. @param pcm 16-bit samples @throws Error when there are no ears */
  async hear(pcm: Int16Array): Promise<string | null> {
    const reply = await this.#ask({ id: this.#next(), hear: pcm });
    return 'text' in reply ? reply.text : null;
  }

  async stop(): Promise<void> {
    await this.#worker?.terminate();
  }

  #next(): number {
    this.#count += 1;
    return this.#count;
  }

  #remember(key: string, pcm: Int16Array): void {
    const [oldest] = this.#said.keys();
    if (this.#said.size >= REMEMBERED_TEXTS && oldest !== undefined) this.#said.delete(oldest);
    this.#said.set(key, pcm);
  }

  async #ask(request: SpeechRequest): Promise<SpeechReply> {
    const worker = (this.#worker ??= this.#start());
    const reply = await new Promise<SpeechReply>((resolve, reject) => {
      this.#waiting.set(request.id, { resolve, reject });
      worker.postMessage(request);
    });
    if ('error' in reply) throw new Error(reply.error);
    return reply;
  }

  #start(): Worker {
    const worker = new Worker(new URL('./start-worker.mjs', import.meta.url));
    worker.on('message', (reply: SpeechReply) => {
      this.#waiting.get(reply.id)?.resolve(reply);
      this.#waiting.delete(reply.id);
    });
    worker.on('error', (error) => this.#died(error));
    worker.on('exit', () => this.#died(new Error('The speech thread has ended.')));
    worker.unref();
    return worker;
  }

  #died(error: Error): void {
    this.#worker = null;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
