import type { ConversationItem } from 'openai/resources/realtime/realtime';
import type { Call } from './call.js';
import { isObject, isRefusal, shown, type Refusal } from './checks.js';
import { newId } from './outgoing.js';
import { updateSession } from './session-object.js';
import { ITEM, RESPONSE } from './shapes.js';

type Fields = Readonly<Record<string, unknown>>;
type Handler = (event: Fields) => void | Refusal | Promise<void | Refusal>;

/** The API refuses to take less sound than this. */
const SHORTEST_COMMIT_MS = 100;
/** Enough for tests to look at, little enough to forget about. */
const KEPT_EVENTS = 500;
const KEPT_CHARACTERS = 20_000;

/** What the service does with each of the client's events, one after the other. */
export class ClientEvents {
  /** Newest last. */
  readonly received: Fields[] = [];
  readonly #call: Call;
  #last: Promise<void> = Promise.resolve();

  constructor(call: Call) {
    this.#call = call;
  }

  /** Takes a message of the client's; whatever is in it, nothing is thrown. */
  receive(data: string | Uint8Array): void {
    const event = typeof data === 'string' ? parse(data) : null;
    if (this.received.length === KEPT_EVENTS) this.received.shift();
    this.received.push(event ? shortened(event, data.length) : { unreadable: true });
    if (!event) {
      const message = 'The message is not a JSON object with a type.';
      this.#call.refuse({ code: 'invalid_json', message, param: null }, null);
      return;
    }
    this.#last = this.#last
      .then(() => this.#take(event))
      .catch((error: unknown) => {
        console.error(error);
        const message = 'The server had an error while processing your request.';
        this.#call.refuse({ code: 'server_error', message, param: null }, null);
      });
  }

  async #take(event: Fields): Promise<void> {
    if (!this.#call.alive) return;
    const eventId = typeof event['event_id'] === 'string' ? event['event_id'] : null;
    const type = event['type'] as string;
    const handler = Object.hasOwn(this.#handlers, type) ? this.#handlers[type] : undefined;
    const outcome = handler ? await handler(event) : unknownType(type);
    if (outcome) this.#call.refuse(outcome, eventId);
  }

  readonly #handlers: Readonly<Record<string, Handler>> = {
    'session.update': (event) => this.#update(event),
    'conversation.item.create': (event) => this.#create(event),
    'conversation.item.retrieve': (event) => {
      const item = this.#find(event);
      if (isRefusal(item)) return item;
      this.#call.send({ type: 'conversation.item.retrieved', item });
    },
    'conversation.item.delete': (event) => {
      const item = this.#find(event);
      if (isRefusal(item)) return item;
      this.#call.conversation.delete(item.id ?? '');
    },
    'conversation.item.truncate': (event) => this.#truncate(event),
    'input_audio_buffer.append': () => ({
      code: 'invalid_value',
      message: 'Audio comes over the media track of this connection.',
      param: 'type',
    }),
    'input_audio_buffer.commit': () => {
      if (this.#call.turns.bufferedMs >= SHORTEST_COMMIT_MS) this.#call.turns.commit();
      else return tooShort(this.#call.turns.bufferedMs);
    },
    'input_audio_buffer.clear': () => this.#call.turns.clear(),
    'output_audio_buffer.clear': () => this.#call.clearOutput(),
    'response.create': (event) => this.#respond(event),
    'response.cancel': (event) => this.#cancel(event),
  };

  #update(event: Fields): Refusal | void {
    const call = this.#call;
    const outcome = updateSession(call.session, event['session'], call.responder.hasSpoken);
    if (isRefusal(outcome)) return outcome;
    call.session = outcome;
    call.turns.applySession();
    if (!call.options.scenario.unacknowledged) call.send({ type: 'session.updated', session: outcome });
    call.responder.listMcpTools();
  }

  #create(event: Fields): Refusal | void {
    const fault = ITEM(event['item'], 'item');
    if (fault) return fault;
    const source = event['item'] as ConversationItem;
    const { conversation, responder, stopwatch } = this.#call;
    const { id = newId('item') } = source;
    if (conversation.find(id)) {
      return { code: 'item_id_already_exists', message: `There is an item ${id} already.`, param: 'item.id' };
    }
    if (source.type === 'mcp_approval_response' && !responder.isAskedFor(source.approval_request_id))
      return notFound(source.approval_request_id, 'item.approval_request_id');
    const hasStatus = source.type === 'message' || source.type.startsWith('function_call');
    const item = { ...source, id, ...(hasStatus && { status: 'completed' }) } as ConversationItem;
    const after = event['previous_item_id'] ?? undefined;
    const isPlace = after === undefined || typeof after === 'string';
    if (!isPlace || !conversation.add(item, after)) return notFound(after, 'previous_item_id');
    conversation.done(item);
    if (item.type === 'message' && item.role === 'user') stopwatch.finished();
    if (item.type === 'mcp_approval_response') responder.decided(item);
  }

  #truncate(event: Fields): Refusal | void {
    const item = this.#find(event);
    if (isRefusal(item)) return item;
    const { conversation } = this.#call;
    const id = item.id ?? '';
    if (item.type !== 'message' || item.role !== 'assistant') {
      const message = 'Only model output audio messages can be truncated.';
      return { code: 'invalid_value', message, param: 'item_id' };
    }
    const end = event['audio_end_ms'];
    const soundMs = conversation.soundOf(id);
    if (typeof end !== 'number' || !(end >= 0 && end <= soundMs)) {
      const message = `Audio content of ${soundMs}ms cannot be cut at ${shown(end)}.`;
      return { code: 'invalid_value', message, param: 'audio_end_ms' };
    }
    conversation.truncate(id, end);
  }

  #respond(event: Fields): Refusal | void {
    const { responder } = this.#call;
    const wishes = event['response'] ?? {};
    const refusal = RESPONSE(wishes, 'response');
    if (refusal) return refusal;
    if (responder.activeId !== null) {
      const message = `Conversation already has an active response in progress: ${responder.activeId}.`;
      return { code: 'conversation_already_has_active_response', message, param: null };
    }
    void responder.create(isObject(wishes) ? wishes : {});
  }

  async #cancel(event: Fields): Promise<Refusal | void> {
    const { responder } = this.#call;
    const wanted = event['response_id'] ?? responder.activeId;
    if (wanted !== null && wanted === responder.activeId) return responder.cancel('client_cancelled');
    const message = 'Cancellation failed: no active response found';
    return { code: 'response_cancel_not_active', message, param: null };
  }

  #find(event: Fields): ConversationItem | Refusal {
    const id = event['item_id'];
    const item = typeof id === 'string' ? this.#call.conversation.find(id) : undefined;
    return item ?? notFound(id, 'item_id');
  }
}

function parse(text: string): Fields | null {
  try {
    const event: unknown = JSON.parse(text);
    return isObject(event) && typeof event['type'] === 'string' ? event : null;
  } catch {
    return null;
  }
}

function shortened(event: Fields, length: number): Fields {
  return length > KEPT_CHARACTERS ? { type: event['type'], characters: length } : event;
}

function unknownType(type: string): Refusal {
  return { code: 'invalid_value', message: `Invalid value: ${shown(type)}.`, param: 'type' };
}

function notFound(id: unknown, param: string): Refusal {
  return { code: 'item_not_found', message: `Item not found: ${shown(id)}`, param };
}

function tooShort(ms: number): Refusal {
  const message = `Error committing input audio buffer: buffer too small. Expected at least 100ms of audio, but buffer only has ${ms}ms of audio.`;
  return { code: 'input_audio_buffer_commit_empty', message, param: null };
}
