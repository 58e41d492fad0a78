import type { ConversationItem } from 'openai/resources/realtime/realtime';
import { REFUSED, type PlannedCall } from '../mind/reply.js';
import type { ActiveResponse } from './active-response.js';
import type { Call } from './call.js';
import { isObject } from './checks.js';
import { newId } from './outgoing.js';
import { speakAnswer } from './speak-answer.js';

type Item<Type> = Extract<ConversationItem, { type: Type }>;

const FOUND = 'The keeper of the lighthouse counted one hundred and eleven steps.';
const TOOL = 'search_library';

/** A pretend MCP server with one tool, behind the protocol's real steps. */
export class McpTools {
  readonly #call: Call;
  readonly #listed = new Set<string>();
  readonly #asked = new Map<string, Item<'mcp_approval_request'>>();

  constructor(call: Call) {
    this.#call = call;
  }

  /** Imports the list of tools of a server that the session has and had not before. */
  list(): void {
    const server = this.#server();
    if (!server || this.#listed.has(server.label)) return;
    this.#listed.add(server.label);
    const item_id = newId('item');
    this.#call.send({ type: 'mcp_list_tools.in_progress', item_id });
    if (this.#call.options.scenario.mcp === 'list-fails') {
      this.#call.send({ type: 'mcp_list_tools.failed', item_id });
      return;
    }
    const tools = [{ name: TOOL, input_schema: { type: 'object' } }];
    const item: ConversationItem = { id: item_id, type: 'mcp_list_tools', server_label: server.label, tools };
    this.#call.conversation.add(item);
    this.#call.conversation.done(item);
    this.#call.send({ type: 'mcp_list_tools.completed', item_id });
  }

  /** Asks for approval, or runs the tool where the session needs none. */
  async perform(active: ActiveResponse, { name, arguments: args }: PlannedCall): Promise<void> {
    const server = this.#server();
    const json = JSON.stringify(args);
    if (!server?.needsApproval) {
      await this.#run(active, name, json, null);
      return;
    }
    const request: Item<'mcp_approval_request'> = {
      id: newId('item'),
      type: 'mcp_approval_request',
      server_label: server.label,
      name,
      arguments: json,
    };
    this.#asked.set(request.id, request);
    this.#call.responder.openItem(active, request);
    this.#call.responder.closeItem(active, request);
  }

  isAskedFor(requestId: string): boolean {
    return this.#asked.has(requestId);
  }

  /** A person has decided. Gives what a response is to be made of, or `null` when nothing is said. */
  decided(answer: Item<'mcp_approval_response'>): ((active: ActiveResponse) => Promise<void>) | null {
    const request = this.#asked.get(answer.approval_request_id);
    this.#asked.delete(answer.approval_request_id);
    if (request && answer.approve)
      return (active) => this.#run(active, request.name, request.arguments, request.id);
    return this.#answers ? (active) => speakAnswer(this.#call, active, REFUSED) : null;
  }

  /** By what users report OpenAI says nothing after an MCP call until the client asks for an answer. */
  get #answers(): boolean {
    return this.#call.options.scenario.mcp === 'answers';
  }

  async #run(active: ActiveResponse, name: string, json: string, requestId: string | null): Promise<void> {
    const call = this.#call;
    const item: Item<'mcp_call'> = {
      id: newId('item'),
      type: 'mcp_call',
      server_label: this.#server()?.label ?? 'library',
      name,
      arguments: '',
      approval_request_id: requestId,
    };
    const where = { item_id: item.id, output_index: active.output.length };
    const within = { ...where, response_id: active.id };
    call.responder.openItem(active, item);
    call.send({ type: 'response.mcp_call_arguments.delta', ...within, delta: json, obfuscation: '' });
    call.send({ type: 'response.mcp_call_arguments.done', ...within, arguments: json });
    call.send({ type: 'response.mcp_call.in_progress', ...where });
    item.arguments = json;
    if (call.options.scenario.mcp === 'call-fails') {
      item.error = { type: 'http_error', code: 503, message: 'The library is closed.' };
      call.send({ type: 'response.mcp_call.failed', ...where });
    } else {
      item.output = FOUND;
      call.send({ type: 'response.mcp_call.completed', ...where });
    }
    call.responder.closeItem(active, item);
    if (this.#answers) await speakAnswer(call, active, `Here is what I found: ${FOUND}`);
  }

  #server(): { label: string; needsApproval: boolean } | null {
    const tools: readonly unknown[] = this.#call.session.tools ?? [];
    const server = tools.filter(isObject).find(({ type }) => type === 'mcp');
    if (!server) return null;
    return { label: String(server['server_label']), needsApproval: server['require_approval'] !== 'never' };
  }
}
