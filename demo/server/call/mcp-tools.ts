import type { ConversationItem } from 'openai/resources/realtime/realtime';
import type { PlannedCall } from '../mind/reply.js';
import type { Call } from './call.js';
import { newId, type Outgoing } from './outgoing.js';
import type { ActiveResponse } from './responder.js';

type ApprovalResponse = Extract<ConversationItem, { type: 'mcp_approval_response' }>;
type ApprovalRequest = Extract<ConversationItem, { type: 'mcp_approval_request' }>;

const FOUND = 'The keeper of the lighthouse counted one hundred and eleven steps.';

/** A pretend MCP server with one tool, behind the protocol's real steps. */
export class McpTools {
  #listed = false;

  constructor(private readonly call: Call) {}

  /** Imports the list of tools once a session has an MCP server. */
  list(): void {
    const server = this.#server();
    if (!server || this.#listed) return;
    this.#listed = true;
    const item = {
      id: newId('item'),
      type: 'mcp_list_tools',
      server_label: server.server_label,
      tools: [{ name: 'search_library', input_schema: { type: 'object' } }],
    } as ConversationItem;
    const item_id = item.id ?? '';
    this.call.send({ type: 'mcp_list_tools.in_progress', item_id });
    this.call.conversation.add(item);
    this.call.conversation.done(item);
    this.call.send({ type: 'mcp_list_tools.completed', item_id });
  }

  /** Asks for approval, or runs the tool where the session needs none. */
  async perform(active: ActiveResponse, planned: PlannedCall): Promise<void> {
    const server = this.#server();
    const json = JSON.stringify(planned.arguments);
    if (server?.require_approval === 'never') {
      this.#run(active, planned.name, json);
      return;
    }
    const request = {
      id: newId('item'),
      type: 'mcp_approval_request',
      server_label: server?.server_label ?? 'library',
      name: planned.name,
      arguments: json,
    } as ConversationItem;
    this.call.responder.openItem(active, request);
    this.call.responder.closeItem(active, request);
  }

  /** A person has decided. */
  async decided(answer: ApprovalResponse, respond: () => Promise<void>): Promise<void> {
    const request = this.call.conversation.find(answer.approval_request_id) as ApprovalRequest | undefined;
    if (!request || !answer.approve) {
      const output = 'You did not allow me to look it up.';
      const item = {
        id: newId('item'),
        type: 'function_call_output',
        call_id: newId('call'),
        output,
      } as ConversationItem;
      if (request) this.call.conversation.add(item);
    } else this.#run(null, request.name, request.arguments, request.id);
    await respond();
  }

  #run(active: ActiveResponse | null, name: string, json: string, requestId?: string): void {
    const item = {
      id: newId('item'),
      type: 'mcp_call',
      server_label: this.#server()?.server_label ?? 'library',
      name,
      arguments: json,
      approval_request_id: requestId ?? null,
    } as Extract<ConversationItem, { type: 'mcp_call' }>;
    const place = { item_id: item.id, output_index: active?.output.length ?? 0 };
    const response_id = active?.id ?? '';
    if (active) this.call.responder.openItem(active, item);
    else this.call.conversation.add(item);
    this.call.send({
      type: 'response.mcp_call_arguments.delta',
      ...place,
      response_id,
      delta: json,
      obfuscation: '',
    });
    this.call.send({ type: 'response.mcp_call_arguments.done', ...place, response_id, arguments: json });
    this.call.send({ type: 'response.mcp_call.in_progress', ...place } as Outgoing);
    this.call.send({ type: 'response.mcp_call.completed', ...place } as Outgoing);
    item.output = FOUND;
    if (active) this.call.responder.closeItem(active, item);
    else this.call.conversation.done(item);
  }

  #server(): { server_label: string; require_approval?: unknown } | undefined {
    const tools = (this.call.session.tools ?? []) as readonly {
      type?: string;
      server_label?: string;
      require_approval?: unknown;
    }[];
    const found = tools.find(({ type }) => type === 'mcp');
    return found && { ...found, server_label: found.server_label ?? 'library' };
  }
}
