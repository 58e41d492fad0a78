import type { ConversationItem } from 'openai/resources/realtime/realtime';
import { newId, type Outgoing } from './outgoing.js';

/** The items of a call, in conversation order. */
export class ServerConversation {
  readonly #items: ConversationItem[] = [];

  constructor(private readonly send: (event: Outgoing) => void) {}

  get items(): readonly ConversationItem[] {
    return this.#items;
  }

  get lastId(): string | null {
    return this.#items.at(-1)?.id ?? null;
  }

  find(id: string): ConversationItem | undefined {
    return this.#items.find((item) => item.id === id);
  }

  /**
   * Adds an item and tells of it.
   * @param after the predecessor's id, `'root'` for the first place, absent for the end
   * @returns false when the predecessor is unknown
   */
  add(item: ConversationItem, after?: string): boolean {
    const index = after === 'root' ? -1 : after === undefined ? this.#items.length - 1 : this.#index(after);
    if (after !== undefined && after !== 'root' && index === -1) return false;
    this.#items.splice(index + 1, 0, item);
    this.send({
      type: 'conversation.item.added',
      item,
      previous_item_id: this.#items[index]?.id ?? null,
    } as Outgoing);
    return true;
  }

  /** Tells that an item is final. */
  done(item: ConversationItem): void {
    const index = this.#index(item.id ?? '');
    this.send({
      type: 'conversation.item.done',
      item,
      previous_item_id: this.#items[index - 1]?.id ?? null,
    } as Outgoing);
  }

  delete(id: string): boolean {
    const index = this.#index(id);
    if (index === -1) return false;
    this.#items.splice(index, 1);
    return true;
  }

  #index(id: string): number {
    return this.#items.findIndex((item) => item.id === id);
  }
}

/** A user item of speech whose words are not known yet. */
export function spokenItem(id: string = newId('item')): ConversationItem {
  return {
    id,
    type: 'message',
    status: 'completed',
    role: 'user',
    content: [{ type: 'input_audio', transcript: null as unknown as string }],
  };
}
