import type { ConversationItem, RealtimeResponse } from 'openai/resources/realtime/realtime';
import { greeting, reply, type Context, type PlannedCall, type Reply } from '../mind/reply.js';
import type { Call } from './call.js';
import { McpTools } from './mcp-tools.js';
import { newId, type Outgoing } from './outgoing.js';
import { delay } from './delay.js';
import { speakAnswer } from './speak-answer.js';
import { Transcriber } from './transcriber.js';

/** A response while it is being made. */
export interface ActiveResponse {
  readonly id: string;
  readonly controller: AbortController;
  /** In output order. */
  readonly output: ConversationItem[];
  /** Kept out of the conversation. */
  readonly outOfBand: boolean;
  readonly textOnly: boolean;
  readonly metadata: Readonly<Record<string, string>> | null;
  /** Milliseconds of sound generated. */
  audioMs: number;
  words: number;
}

/** Makes the assistant's answers, one at a time, as the real service would send them. */
export class Responder {
  hasSpoken = false;
  readonly #call: Call;
  readonly #transcriber: Transcriber;
  readonly #mcp: McpTools;
  #active: ActiveResponse | null = null;
  #inputMs = 0;

  constructor(call: Call) {
    this.#call = call;
    this.#transcriber = new Transcriber(call);
    this.#mcp = new McpTools(call);
  }

  get busy(): boolean {
    return this.#active !== null;
  }

  get activeId(): string | null {
    return this.#active?.id ?? null;
  }

  /** Words for a spoken item are on their way. */
  hear(itemId: string, pcm: Int16Array): void {
    this.#inputMs += pcm.length / 16;
    this.#transcriber.hear(itemId, pcm);
  }

  expectSilence(itemId: string): void {
    this.#transcriber.expectSilence(itemId);
  }

  listMcpTools(): void {
    this.#mcp.list();
  }

  /** An answer to a request for approval: runs the tool, or says that it did not. */
  async approved(item: Extract<ConversationItem, { type: 'mcp_approval_response' }>): Promise<void> {
    await this.#mcp.decided(item, () => this.create());
  }

  /** Stops generating; what there is so far stays. */
  cancel(reason: 'turn_detected' | 'client_cancelled'): void {
    this.#active?.controller.abort(reason);
  }

  /** Makes a response. There must be none. @param wishes the `response` of the client's `response.create` */
  async create(wishes: Readonly<Record<string, unknown>> = {}): Promise<void> {
    if (this.#active || !this.#call.alive) return;
    const active = this.#begin(wishes);
    this.#active = active;
    const { signal } = active.controller;
    try {
      if (this.#call.options.scenario.response === 'stall') return;
      await this.#perform(active, await this.#think(wishes), signal);
      this.#finish(active, signal.aborted ? 'cancelled' : 'completed');
    } catch (error) {
      if (signal.aborted) this.#finish(active, 'cancelled');
      else this.#finish(active, 'failed', error instanceof Error ? error.message : String(error));
    }
    this.#transcriber.answered();
  }

  /** Sends deltas as fast as asked, for ten seconds. */
  flood(perSecond: number): void {
    const [response_id, item_id] = [newId('resp'), newId('item')];
    let left = perSecond * 10;
    const timer = setInterval(() => {
      for (let count = 0; count < perSecond / 50 && left > 0; count += 1, left -= 1) {
        const place = { response_id, item_id, output_index: 0, content_index: 0 };
        this.#call.send({ type: 'response.output_audio_transcript.delta', ...place, delta: 'word ' });
      }
      if (left <= 0 || !this.#call.alive) clearInterval(timer);
    }, 20);
  }

  #begin(wishes: Readonly<Record<string, unknown>>): ActiveResponse {
    const modalities = (wishes['output_modalities'] ??
      this.#call.session.output_modalities) as readonly string[];
    const active: ActiveResponse = {
      id: newId('resp'),
      controller: new AbortController(),
      output: [],
      outOfBand: wishes['conversation'] === 'none',
      textOnly: modalities?.includes('text') ?? false,
      metadata: (wishes['metadata'] ?? null) as ActiveResponse['metadata'],
      audioMs: 0,
      words: 0,
    };
    this.#call.send({ type: 'response.created', response: this.#describe(active, 'in_progress') });
    const limit = {
      name: 'tokens' as const,
      limit: 40_000,
      remaining: 39_000 - this.#call.conversation.items.length * 50,
      reset_seconds: 1.5,
    };
    this.#call.send({ type: 'rate_limits.updated', rate_limits: [limit] });
    return active;
  }

  async #think(wishes: Readonly<Record<string, unknown>>): Promise<Reply> {
    if (this.#call.options.scenario.response === 'fail')
      return { fail: 'The model ran into an error while it was answering.' };
    const context = await this.#context(wishes);
    const nobodySpoke = this.#lastUser() === undefined && context.results.length === 0;
    return nobodySpoke || this.#transcriber.wasSilent(this.#lastUser()?.id)
      ? greeting(context)
      : reply(context);
  }

  async #context(wishes: Readonly<Record<string, unknown>>): Promise<Context> {
    const { items } = this.#call.conversation;
    const user = this.#lastUser();
    const since = items.slice(user ? items.indexOf(user) + 1 : 0);
    const tools = (wishes['tools'] ?? this.#call.session.tools ?? []) as readonly Readonly<
      Record<string, string>
    >[];
    return {
      words: user ? await this.#wordsOf(user) : '',
      results: since.flatMap((item) => resultOf(item)),
      tools: tools
        .filter(({ type }) => type === 'function')
        .map(({ name = '', description = '' }) => ({ name, description })),
      mcp: tools.some(({ type }) => type === 'mcp'),
      instructions: (wishes['instructions'] as string | undefined) ?? null,
      sawImage: user?.type === 'message' && user.content.some((part) => part.type === 'input_image'),
      phrases: this.#call.phrases,
      now: new Date(),
    };
  }

  #lastUser(): ConversationItem | undefined {
    return this.#call.conversation.items.findLast((item) => item.type === 'message' && item.role === 'user');
  }

  async #wordsOf(item: ConversationItem): Promise<string | null> {
    if (item.type !== 'message') return null;
    const typed = item.content
      .map((part) => ('text' in part ? (part.text ?? '') : ''))
      .join(' ')
      .trim();
    return typed === '' && item.id ? this.#transcriber.words(item.id) : typed;
  }

  async #perform(
    active: ActiveResponse,
    { say, calls = [], fail }: Reply,
    signal: AbortSignal,
  ): Promise<void> {
    signal.throwIfAborted();
    if (fail) throw new Error(fail);
    if (say) {
      this.hasSpoken ||= !active.textOnly;
      await speakAnswer(this.#call, active, say);
    }
    for (const call of calls) await this.#plan(active, call, signal);
  }

  async #plan(active: ActiveResponse, call: PlannedCall, signal: AbortSignal): Promise<void> {
    if (call.kind === 'mcp') await this.#mcp.perform(active, call);
    else await this.#callFunction(active, call, signal);
  }

  async #callFunction(
    active: ActiveResponse,
    { name, arguments: args }: PlannedCall,
    signal: AbortSignal,
  ): Promise<void> {
    const item: ConversationItem = {
      id: newId('item'),
      type: 'function_call',
      status: 'in_progress',
      name,
      call_id: newId('call'),
      arguments: '',
    };
    const place = { response_id: active.id, item_id: item.id ?? '', output_index: active.output.length };
    const callId = item.call_id ?? '';
    this.openItem(active, item);
    const json = JSON.stringify(args);
    for (const delta of json.match(/.{1,6}/gs) ?? []) {
      await delay(5, signal);
      this.#call.send({ type: 'response.function_call_arguments.delta', ...place, call_id: callId, delta });
    }
    this.#call.send({
      type: 'response.function_call_arguments.done',
      ...place,
      call_id: callId,
      name,
      arguments: json,
    });
    this.closeItem(active, Object.assign(item, { arguments: json, status: 'completed' }));
  }

  /** Begins an output item. */
  openItem(active: ActiveResponse, item: ConversationItem): void {
    const output_index = active.output.push(item) - 1;
    this.#call.send({ type: 'response.output_item.added', response_id: active.id, output_index, item });
    if (!active.outOfBand) this.#call.conversation.add(item);
  }

  /** Ends an output item. */
  closeItem(active: ActiveResponse, item: ConversationItem): void {
    const output_index = active.output.indexOf(item);
    this.#call.send({ type: 'response.output_item.done', response_id: active.id, output_index, item });
    if (!active.outOfBand) this.#call.conversation.done(item);
  }

  #finish(active: ActiveResponse, status: 'completed' | 'cancelled' | 'failed', message?: string): void {
    this.#active = null;
    const reason = active.controller.signal.reason as 'turn_detected' | 'client_cancelled' | undefined;
    const details = {
      completed: null,
      cancelled: { type: 'cancelled', reason },
      failed: { type: 'failed', error: { type: 'server_error', code: 'model_error', message } },
    }[status];
    const response = {
      ...this.#describe(active, status),
      status_details: details,
      usage: this.#usage(active),
    };
    this.#call.send({ type: 'response.done', response } as Outgoing);
  }

  #describe(active: ActiveResponse, status: NonNullable<RealtimeResponse['status']>): RealtimeResponse {
    return {
      id: active.id,
      object: 'realtime.response',
      status,
      output: [...active.output],
      conversation_id: (active.outOfBand ? null : 'conv_local') as string,
      output_modalities: [active.textOnly ? 'text' : 'audio'],
      metadata: active.metadata,
    };
  }

  /** Plausible numbers: a token is 100 ms of the visitor's sound, 50 ms of the assistant's, three quarters of a word. */
  #usage({ audioMs, words }: ActiveResponse): NonNullable<RealtimeResponse['usage']> {
    const audioIn = Math.round(this.#inputMs / 100);
    const textIn = 60 + this.#call.conversation.items.length * 12;
    const cached = Math.floor(textIn / 2);
    const [audioOut, textOut] = [Math.round(audioMs / 50), Math.round(words * 1.33)];
    return {
      input_tokens: audioIn + textIn,
      output_tokens: audioOut + textOut,
      total_tokens: audioIn + textIn + audioOut + textOut,
      input_token_details: {
        text_tokens: textIn,
        audio_tokens: audioIn,
        image_tokens: 0,
        cached_tokens: cached,
        cached_tokens_details: { text_tokens: cached, audio_tokens: 0, image_tokens: 0 },
      },
      output_token_details: { text_tokens: textOut, audio_tokens: audioOut },
    };
  }
}

function resultOf(item: ConversationItem): readonly string[] {
  if (item.type === 'function_call_output') return [item.output];
  return item.type === 'mcp_call' && item.output ? [item.output] : [];
}
