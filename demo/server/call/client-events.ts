import type { ConversationItem } from 'openai/resources/realtime/realtime';
import type { Call } from './call.js';
import { newId, type Outgoing } from './outgoing.js';
import { isRefusal, updateSession } from './session-object.js';

type ClientEvent = Readonly<Record<string, unknown>>;
type Handler = (event: ClientEvent, eventId: string | null) => void | Promise<void>;

/** The API refuses to take less sound than this. */
const SHORTEST_COMMIT_MS = 100;
const ITEM_TYPES = new Set(['message', 'function_call', 'function_call_output', 'mcp_approval_response']);

/** What the service does with each of the client's events. */
export class ClientEvents {
  constructor(private readonly call: Call) {}

  async take(event: ClientEvent): Promise<void> {
    const eventId = typeof event['event_id'] === 'string' ? event['event_id'] : null;
    const type = String(event['type']);
    const handler = Object.hasOwn(this.#handlers, type) ? this.#handlers[type] : undefined;
    if (handler) await handler(event, eventId);
    else
      this.call.fail('invalid_value', `Invalid value: '${type.slice(0, 60)}'.`, { param: 'type', eventId });
  }

  readonly #handlers: Readonly<Record<string, Handler>> = {
    'session.update': (event, eventId) => {
      const { call } = this;
      const outcome = updateSession(call.session, event['session'], call.responder.hasSpoken);
      if (isRefusal(outcome)) {
        call.fail(outcome.code, outcome.message, { param: outcome.param, eventId });
        return;
      }
      call.session = outcome;
      call.applySession();
      if (!call.options.scenario.unacknowledged)
        call.send({ type: 'session.updated', session: outcome } as Outgoing);
      call.responder.listMcpTools();
    },
    'conversation.item.create': (event, eventId) => this.#create(event, eventId),
    'conversation.item.retrieve': (event, eventId) => {
      const item = this.#find(event, eventId);
      if (item) this.call.send({ type: 'conversation.item.retrieved', item });
    },
    'conversation.item.delete': (event, eventId) => {
      const item = this.#find(event, eventId);
      if (!item?.id) return;
      this.call.conversation.delete(item.id);
      this.call.send({ type: 'conversation.item.deleted', item_id: item.id });
    },
    'conversation.item.truncate': (event, eventId) => {
      const item = this.#find(event, eventId);
      if (!item?.id) return;
      const audio_end_ms = Number(event['audio_end_ms']) || 0;
      this.call.send({
        type: 'conversation.item.truncated',
        item_id: item.id,
        content_index: 0,
        audio_end_ms,
      });
    },
    'input_audio_buffer.append': (_, eventId) =>
      this.call.fail('invalid_value', 'Audio comes over the media track of this connection.', { eventId }),
    'input_audio_buffer.commit': (_, eventId) => {
      if ((this.call.input?.lengthMs ?? 0) >= SHORTEST_COMMIT_MS) this.call.commit();
      else {
        const message =
          'Error committing input audio buffer: buffer too small. Expected at least 100ms of audio.';
        this.call.fail('input_audio_buffer_commit_empty', message, { eventId });
      }
    },
    'input_audio_buffer.clear': () => {
      this.call.input?.clear();
      this.call.send({ type: 'input_audio_buffer.cleared' });
    },
    'output_audio_buffer.clear': () => this.call.clearOutput(),
    'response.create': (event, eventId) => {
      const { responder } = this.call;
      if (responder.busy) {
        const message = `Conversation already has an active response in progress: ${responder.activeId}.`;
        this.call.fail('conversation_already_has_active_response', message, { eventId });
        return;
      }
      void responder.create((event['response'] ?? {}) as Readonly<Record<string, unknown>>);
    },
    'response.cancel': (_, eventId) => {
      if (this.call.responder.busy) this.call.responder.cancel('client_cancelled');
      else
        this.call.fail('response_cancel_not_active', 'Cancellation failed: no active response found', {
          eventId,
        });
    },
  };

  #create(event: ClientEvent, eventId: string | null): void {
    const source = event['item'] as (ConversationItem & { type?: string }) | undefined;
    if (!source || !ITEM_TYPES.has(source.type ?? '')) {
      this.call.fail('invalid_value', "Invalid value for 'item.type'.", { param: 'item.type', eventId });
      return;
    }
    const item = { ...source, id: source.id ?? newId('item'), status: 'completed' } as ConversationItem;
    const after = event['previous_item_id'];
    if (this.call.conversation.find(item.id ?? '')) {
      this.call.fail('item_id_already_exists', 'An item with this id exists already.', {
        param: 'item.id',
        eventId,
      });
    } else if (!this.call.conversation.add(item, typeof after === 'string' ? after : undefined)) {
      this.call.fail('item_not_found', 'previous_item_id names no item.', {
        param: 'previous_item_id',
        eventId,
      });
    } else {
      this.call.conversation.done(item);
      if (item.type === 'mcp_approval_response') void this.call.responder.approved(item);
    }
  }

  #find(event: ClientEvent, eventId: string | null): ConversationItem | undefined {
    const id = String(event['item_id'] ?? '');
    const item = this.call.conversation.find(id);
    if (!item)
      this.call.fail('item_not_found', `Item with item_id not found: ${id.slice(0, 60)}`, {
        param: 'item_id',
        eventId,
      });
    return item;
  }
}
