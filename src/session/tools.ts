import { functionCallOutput, mcpApprovalResponse, type ClientEvent } from '../protocol/client-event.js';
import {
  asRecord,
  record,
  records,
  text,
  type JsonRecord,
  type ServerEvent,
} from '../protocol/server-event.js';
import { abortable, withDeadline, type Clock } from './clock.js';
import { deferred } from './deferred.js';
import { FollowUp } from './follow-up.js';
import { RealtimeError } from './realtime-error.js';
import type { Tool } from './session-config.js';
import type { SessionEventDetails } from './session-events.js';

const DEFAULT_TIMEOUT_MS = 30_000;
/** A page that answers by itself may have to ask somebody. */
const TAKEN_TIMEOUT_MS = 120_000;

/** What the runner needs of the session around it. */
export interface ToolHost {
  readonly clock: Clock;
  tools(): readonly Tool[];
  send(event: ClientEvent): void;
  /** Asks for the answer that follows the results. Unless `sure`, the server may be giving it by itself. */
  respond(sure: boolean): void;
  /** Offers the call to the page; true when the page took it over. */
  offer(detail: SessionEventDetails['toolcall']): boolean;
  askApproval(detail: SessionEventDetails['approvalrequest']): void;
  /** Records a step that the transcript depends on. */
  record(step: { readonly type: `local.${string}`; readonly [field: string]: unknown }): void;
}

interface Call {
  readonly callId: string;
  readonly name: string;
  readonly arguments: string;
  readonly itemId: string;
}

/**
 * Runs the functions that the model calls. Only completed calls, each once, several side by side; whatever goes wrong
 * is told to the model as the output, so the conversation goes on; and one answer is asked for when all results of a
 * response are there ({@link FollowUp}).
 */
export class ToolRunner {
  readonly #host: ToolHost;
  readonly #seen = new Set<string>();
  /** Function calls by response, until that response is done. */
  readonly #finished = new Map<string, readonly JsonRecord[]>();
  readonly #approvals = new Map<string, (approved: boolean, reason: string | undefined) => void>();
  readonly #followUp: FollowUp;
  #abort = new AbortController();

  constructor(host: ToolHost) {
    this.#host = host;
    this.#followUp = new FollowUp((sure) => host.respond(sure));
  }

  /** A tool is at work, or waits for a person. */
  get busy(): boolean {
    return this.#approvals.size > 0 || this.#followUp.waits;
  }

  /** Looks for calls in a finished response, and for MCP requests in a finished item. */
  observe(event: ServerEvent): void {
    const item = record(event, 'item');
    if (event.type === 'response.done') void this.#runAll(record(event, 'response'));
    else if (event.type === 'response.output_item.done' && item)
      this.#keep(text(event, 'response_id') ?? '', item);
    else if (event.type === 'conversation.item.done' && text(item, 'type') === 'mcp_approval_request')
      this.#askMcp(item);
    this.#followUp.observe(event);
  }

  /** Answers a request for approval. @throws RealtimeError `approval.unknown` */
  decide(id: string, approved: boolean, reason?: string): void {
    const decide = this.#approvals.get(id);
    if (!decide) throw new RealtimeError('approval.unknown');
    this.#approvals.delete(id);
    decide(approved, reason);
  }

  /** The call is over or is another one: running tools are aborted and late results dropped. */
  reset(): void {
    this.#abort.abort(new RealtimeError('lifecycle.aborted'));
    this.#abort = new AbortController();
    this.#approvals.clear();
    this.#finished.clear();
    this.#seen.clear();
    this.#followUp.reset();
  }

  /** A finished call waits for its response: only then is it sure that nobody interrupted. */
  #keep(responseId: string, item: JsonRecord): void {
    if (text(item, 'type') !== 'function_call') return;
    this.#finished.set(responseId, [...(this.#finished.get(responseId) ?? []), item]);
  }

  async #runAll(response: JsonRecord | undefined): Promise<void> {
    const id = text(response, 'id') ?? '';
    const finished = this.#finished.get(id) ?? [];
    this.#finished.delete(id);
    if (text(response, 'status') !== 'completed') return;
    const { signal } = this.#abort;
    const calls = [...finished, ...records(response, 'output')].flatMap((item) => this.#newCall(item));
    for (const { callId } of calls) this.#followUp.begin(id, callId);
    const outputs = calls.map(async (call) => {
      const output = await this.#run(call, signal);
      if (signal.aborted) return;
      this.#answer(call.callId, output);
      this.#followUp.end(id, call.callId);
    });
    await Promise.all(outputs);
  }

  /**
   * The model waits for some result: where the channel does not carry the one there is, it is told so. A channel that is
   * closing carries nothing more, and its model will not wait for long.
   */
  #answer(callId: string, result: string): void {
    for (const output of [result, failure('The result is too large to be sent.')]) {
      try {
        this.#host.send(functionCallOutput(callId, output));
        return;
      } catch (error) {
        if (RealtimeError.from(error).code !== 'channel.too_large') return;
      }
    }
  }

  #newCall(item: JsonRecord): readonly Call[] {
    const callId = text(item, 'call_id');
    const complete = text(item, 'type') === 'function_call' && text(item, 'status') !== 'incomplete';
    if (!complete || !callId || this.#seen.has(callId)) return [];
    this.#seen.add(callId);
    const [name, args] = [text(item, 'name') ?? '', text(item, 'arguments') ?? ''];
    return [{ callId, name, arguments: args, itemId: text(item, 'id') ?? callId }];
  }

  /** Always resolves to what the model will read. */
  async #run(call: Call, signal: AbortSignal): Promise<string> {
    const args = parseArguments(call.arguments);
    if (!args) return failure('The arguments are not a JSON object.');
    try {
      const tool = this.#host.tools().find(({ name }) => name === call.name);
      if (tool?.needsApproval) await this.#approval(call, signal);
      const taken = this.#offered(call, args);
      const timeout = tool?.timeoutMs ?? (taken ? TAKEN_TIMEOUT_MS : DEFAULT_TIMEOUT_MS);
      const late = (): Error => new Error(`${call.name} did not answer within ${timeout / 1_000} seconds.`);
      const output = withDeadline(this.#host.clock, timeout, late, signal, (limited) =>
        abortable(taken ?? execute(tool, call, args, limited), limited),
      );
      return serialize(await output);
    } catch (error) {
      return failure(error instanceof Error ? error.message : String(error));
    }
  }

  /** The page may answer in its own time; then the promise settles with its answer. */
  #offered({ name, callId }: Call, args: JsonRecord): Promise<unknown> | undefined {
    const { promise, resolve } = deferred<unknown>();
    return this.#host.offer({ name, arguments: args, callId, respond: resolve }) ? promise : undefined;
  }

  #approval(call: Call, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      this.#approvals.set(call.itemId, (approved, reason) => {
        this.#host.record({ type: 'local.approval', item_id: call.itemId, approved });
        if (approved) resolve();
        else reject(new Error(reason ?? 'A person refused this call.'));
      });
      this.#host.record({ type: 'local.approval_request', item_id: call.itemId });
      this.#host.askApproval({
        id: call.itemId,
        kind: 'function',
        name: call.name,
        arguments: call.arguments,
      });
    });
  }

  #askMcp(item: JsonRecord | undefined): void {
    const id = text(item, 'id');
    if (!id || this.#seen.has(id)) return;
    this.#seen.add(id);
    this.#approvals.set(id, (approved, reason) => {
      this.#host.send(mcpApprovalResponse(id, approved, reason));
      if (!approved) this.#followUp.refused(id);
    });
    const [name, args] = [text(item, 'name') ?? '', text(item, 'arguments') ?? ''];
    this.#host.askApproval({ id, kind: 'mcp', name, arguments: args });
  }
}

/** In a function of its own, so that what is thrown at once is awaited like what is thrown later. */
async function execute(
  tool: Tool | undefined,
  { name, callId }: Call,
  args: JsonRecord,
  signal: AbortSignal,
): Promise<unknown> {
  if (!tool) throw new Error(`There is no function named ${name}.`);
  return tool.execute(args, { signal, callId });
}

/** @throws RealtimeError for tools that the model could not tell apart or the widget could not run */
export function checkTools(tools: readonly Tool[]): void {
  const names = new Set<string>();
  if (!Array.isArray(tools)) throw new RealtimeError('tool.invalid', { detail: 'The tools are no array.' });
  for (const tool of tools) {
    if (!tool?.name || typeof tool.execute !== 'function') throw new RealtimeError('tool.invalid');
    if (names.has(tool.name))
      throw new RealtimeError('tool.duplicate_name', { detail: `${tool.name} is there twice.` });
    names.add(tool.name);
  }
}

function parseArguments(json: string): JsonRecord | undefined {
  try {
    return asRecord(JSON.parse(json || '{}'));
  } catch {
    return undefined;
  }
}

function serialize(output: unknown): string {
  return typeof output === 'string' ? output : (JSON.stringify(output) ?? 'null');
}

function failure(message: string): string {
  return JSON.stringify({ error: message.slice(0, 500) });
}
