import type { ConversationItem } from 'openai/resources/realtime/realtime';
import { greeting, reply, type PlannedCall, type Reply } from '../mind/reply.js';
import { delay, untilAborted } from './abortable.js';
import {
  beginResponse,
  describeResponse,
  isUsedUp,
  rateLimit,
  usageOf,
  type ActiveResponse,
  type CancelReason,
  type Outcome,
} from './active-response.js';
import type { Call } from './call.js';
import { callFunction } from './call-function.js';
import { McpTools } from './mcp-tools.js';
import { readSituation } from './situation.js';
import { speakAnswer } from './speak-answer.js';
import { Transcriber } from './transcriber.js';

type ApprovalResponse = Extract<ConversationItem, { type: 'mcp_approval_response' }>;
type Wishes = Readonly<Record<string, unknown>>;

/** Makes the assistant's answers, one at a time, as the real service would send them. */
export class Responder {
  /** Whether the assistant has been heard, which fixes its voice. */
  hasSpoken = false;
  /** Whether there has been any answer. */
  hasAnswered = false;
  readonly #call: Call;
  readonly #transcriber: Transcriber;
  readonly #mcp: McpTools;
  #active: ActiveResponse | null = null;
  #ended: Promise<void> = Promise.resolve();
  #heardMs = 0;

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

  /** Words for a spoken item are on their way. @param hasSpeech false when there is nothing to understand in it */
  hear(itemId: string, pcm: Int16Array, hasSpeech: boolean): void {
    this.#heardMs += pcm.length / 16;
    this.#transcriber.hear(itemId, pcm, hasSpeech);
  }

  listMcpTools(): void {
    this.#mcp.list();
  }

  /** Whether an MCP call waits for this approval. */
  isAskedFor(requestId: string): boolean {
    return this.#mcp.isAskedFor(requestId);
  }

  /** An answer to a request for approval: runs the tool, or leaves it. */
  decided(answer: ApprovalResponse): void {
    const work = this.#mcp.decided(answer);
    if (work) void this.#make({}, work);
  }

  /** Stops generating; what there is so far stays. Resolves when the response has ended. */
  async cancel(reason: CancelReason): Promise<void> {
    this.#active?.controller.abort(reason);
    await this.#ended;
  }

  /**
   * Makes a response; does nothing while there is one.
   *
   * @param wishes the `response` of the client's `response.create`
   */
  async create(wishes: Wishes = {}, { afterSilence = false } = {}): Promise<void> {
    await this.#make(wishes, async (active) => {
      const { response, thinkMs } = this.#call.options.scenario;
      const { signal } = active.controller;
      if (response === 'stall') {
        this.#call.faults.add('stalled');
        await untilAborted(new Promise(() => {}), signal);
      }
      if (thinkMs !== undefined) await delay(thinkMs, signal);
      if (response === 'fail') throw new Error('The model ran into an error while it was answering.');
      await this.#perform(active, await this.#think(wishes, afterSilence, signal));
    });
  }

  /** Makes a response as soon as there is none. */
  async createNext(): Promise<void> {
    await this.#ended;
    await this.create();
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

  async #make(wishes: Wishes, work: (active: ActiveResponse) => Promise<void>): Promise<void> {
    if (this.#active || !this.#call.alive) return;
    const active = beginResponse(this.#call.session, wishes);
    this.#active = active;
    this.#ended = this.#run(active, work).catch((error: unknown) => this.#call.fail(error));
    await this.#ended;
  }

  async #run(active: ActiveResponse, work: (active: ActiveResponse) => Promise<void>): Promise<void> {
    const { conversation } = this.#call;
    this.#call.send({ type: 'response.created', response: describeResponse(active, null) });
    this.#call.send({ type: 'rate_limits.updated', rate_limits: [rateLimit(conversation.items.length)] });
    const { signal } = active.controller;
    const outcome = await work(active).then(
      (): Outcome => (isUsedUp(active) ? { status: 'incomplete' } : { status: 'completed' }),
      (error: unknown): Outcome =>
        signal.aborted
          ? { status: 'cancelled', reason: signal.reason as CancelReason }
          : { status: 'failed', message: error instanceof Error ? error.message : String(error) },
    );
    this.#active = null;
    this.hasAnswered = true;
    if (!this.#call.output.busy) this.#call.stopwatch.note('over');
    const usage = usageOf(active, conversation.items, this.#heardMs);
    this.#call.send({ type: 'response.done', response: describeResponse(active, outcome, usage) });
    this.#transcriber.answered();
  }

  async #think(wishes: Wishes, afterSilence: boolean, signal: AbortSignal): Promise<Reply> {
    if (afterSilence) return { say: 'Are you still there?' };
    const { session, conversation } = this.#call;
    const reading = readSituation(session, conversation.items, wishes, this.#transcriber);
    const situation = await untilAborted(reading, signal);
    return situation.hasQuestion ? reply(situation) : greeting(situation);
  }

  async #perform(active: ActiveResponse, { say, calls = [], fail }: Reply): Promise<void> {
    if (fail) throw new Error(fail);
    if (say) {
      this.hasSpoken ||= !active.textOnly;
      await speakAnswer(this.#call, active, say);
    }
    for (const planned of calls) await this.#carryOut(active, planned);
  }

  async #carryOut(active: ActiveResponse, planned: PlannedCall): Promise<void> {
    if (planned.kind === 'mcp') await this.#mcp.perform(active, planned);
    else await callFunction(this.#call, active, planned);
  }
}
