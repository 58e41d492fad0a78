import { record, text, type ServerEvent } from '../protocol/server-event.js';

/** The calls of one response and what has become of them. */
interface Round {
  /** Calls without a result. */
  readonly open: Set<string>;
  /** Calls with one. */
  readonly settled: Set<string>;
  /** Nobody has spoken of the results yet. */
  owed: boolean;
  /** No server answers by itself to what the page's own functions give. */
  sure: boolean;
}

/**
 * Asks for the one answer that follows when all calls of a response have their results: those to the page's functions,
 * and those that the server makes to MCP servers. After the latter OpenAI says nothing until it is asked to, while other
 * servers go on by themselves, in the same response or in another.
 */
export class FollowUp {
  readonly #respond: (sure: boolean) => void;
  readonly #rounds = new Map<string, Round>();
  /** The response to which an MCP call belongs, by item; no response for calls that were approved later on. */
  readonly #homes = new Map<string, string>();
  readonly #generating = new Set<string>();

  /** @param respond told whether only this answer can be the one, or a server may be giving it already */
  constructor(respond: (sure: boolean) => void) {
    this.#respond = respond;
  }

  /** A call has no result yet. */
  get waits(): boolean {
    return [...this.#rounds.values()].some(({ open }) => open.size > 0);
  }

  /** Takes note of MCP calls, and of answers that come by themselves. */
  observe(event: ServerEvent): void {
    // What is no part of the conversation answers nothing in it.
    if (record(event, 'response')?.['conversation_id'] === null) return;
    if (Object.hasOwn(this.#meanings, event.type)) this.#meanings[event.type]?.(event);
    this.#ask();
  }

  /** A call to one of the page's functions begins. */
  begin(responseId: string, callId: string): void {
    this.#round(responseId).open.add(callId);
  }

  /** The result of such a call has been sent. */
  end(responseId: string, callId: string): void {
    this.#settle(responseId, callId, true);
    this.#ask();
  }

  /** The server was told that a person refused an MCP call. */
  refused(itemId: string): void {
    this.#settle('', itemId, false);
    this.#ask();
  }

  /** The connection is another one. */
  reset(): void {
    this.#rounds.clear();
    this.#homes.clear();
    this.#generating.clear();
  }

  readonly #meanings: Readonly<Record<string, (event: ServerEvent) => void>> = {
    'response.created': (event) => {
      this.#generating.add(responseOf(event));
      for (const [id, round] of this.#rounds)
        if (!round.sure && round.open.size === 0) this.#rounds.delete(id);
    },
    'response.done': (event) => {
      const id = responseOf(event);
      this.#generating.delete(id);
      // Whoever interrupted has something else to say.
      if (text(record(event, 'response'), 'status') !== 'completed') this.#rounds.delete(id);
    },
    'response.output_item.added': (event) => this.#appeared(event, text(event, 'response_id') ?? ''),
    'conversation.item.added': (event) => this.#appeared(event),
    'response.output_item.done': (event) => this.#finished(event),
    'conversation.item.done': (event) => this.#finished(event),
    'response.mcp_call.completed': (event) => this.#settleMcp(text(event, 'item_id')),
    'response.mcp_call.failed': (event) => this.#settleMcp(text(event, 'item_id')),
  };

  #appeared(event: ServerEvent, responseId?: string): void {
    const item = record(event, 'item');
    const [id, type] = [text(item, 'id'), text(item, 'type')];
    if (type === 'mcp_call' && id && !this.#homes.has(id)) {
      this.#homes.set(id, responseId ?? '');
      this.#round(responseId ?? '').open.add(id);
    } else if (type === 'message' && text(item, 'role') === 'assistant' && responseId !== undefined) {
      const round = this.#rounds.get(responseId);
      if (round) round.owed &&= round.sure;
    }
  }

  #finished(event: ServerEvent): void {
    const item = record(event, 'item');
    const hasResult = [item?.['output'], item?.['error']].some(
      (result) => result !== undefined && result !== null,
    );
    if (text(item, 'type') === 'mcp_call' && hasResult) this.#settleMcp(text(item, 'id'));
  }

  #settleMcp(itemId: string | undefined): void {
    if (itemId !== undefined) this.#settle(this.#homes.get(itemId) ?? '', itemId, false);
  }

  #settle(responseId: string, callId: string, sure: boolean): void {
    const round = this.#round(responseId);
    if (round.settled.has(callId)) return;
    round.settled.add(callId);
    round.open.delete(callId);
    round.owed = true;
    round.sure ||= sure;
  }

  #round(id: string): Round {
    const known = this.#rounds.get(id);
    if (known) return known;
    const round = { open: new Set<string>(), settled: new Set<string>(), owed: false, sure: false };
    this.#rounds.set(id, round);
    return round;
  }

  #ask(): void {
    for (const round of this.#rounds.values()) {
      // While a response is being generated the server may still go on by itself.
      const isDue = round.sure || this.#generating.size === 0;
      if (!round.owed || round.open.size > 0 || !isDue) continue;
      round.owed = false;
      this.#respond(round.sure);
      round.sure = false;
    }
  }
}

function responseOf(event: ServerEvent): string {
  return text(record(event, 'response'), 'id') ?? '';
}
