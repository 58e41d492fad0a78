import type { ConversationItem } from 'openai/resources/realtime/realtime';
import { newId, type Outgoing } from './outgoing.js';

/** The items of a call, in conversation order. */
export class ServerConversation {
  readonly #send: (event: Outgoing) => void;
  #items: ConversationItem[] = [];
  /** Generated sound of spoken answers, by item, in milliseconds. */
  readonly #sound = new Map<string, number>();
  readonly #truncated = new Set<string>();

  constructor(send: (event: Outgoing) => void) {
    this.#send = send;
  }

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
    const previous_item_id = this.#items[index]?.id ?? null;
    this.#send({ type: 'conversation.item.added', item, previous_item_id });
    return true;
  }

  /** Tells that an item is final. */
  done(item: ConversationItem): void {
    const previous_item_id = this.#items[this.#index(item.id ?? '') - 1]?.id ?? null;
    this.#send({ type: 'conversation.item.done', item, previous_item_id });
    if (this.#truncated.has(item.id ?? '')) this.#forgetWords(item);
  }

  /** Notes that sound was made for an item. */
  addSound(id: string, ms: number): void {
    this.#sound.set(id, this.soundOf(id) + ms);
  }

  /** How much sound an item has, in milliseconds. */
  soundOf(id: string): number {
    return this.#sound.get(id) ?? 0;
  }

  /** Cuts a spoken item where it was heard, and tells of it. What it said is forgotten, since nobody heard all of it. */
  truncate(id: string, audioEndMs: number): void {
    const item = this.find(id);
    this.#send({
      type: 'conversation.item.truncated',
      item_id: id,
      content_index: 0,
      audio_end_ms: Math.round(audioEndMs),
    });
    this.#sound.set(id, audioEndMs);
    this.#truncated.add(id);
    if (item) this.#forgetWords(item);
  }

  delete(id: string): void {
    this.#items = this.#items.filter((item) => item.id !== id);
    this.#send({ type: 'conversation.item.deleted', item_id: id });
  }

  /** The response keeps its own copy with all the words. */
  #forgetWords(item: ConversationItem): void {
    const index = this.#index(item.id ?? '');
    if (item.type !== 'message' || item.role !== 'assistant' || index === -1) return;
    this.#items[index] = { ...item, content: [{ type: 'output_audio' }] };
  }

  #index(id: string): number {
    return this.#items.findIndex((item) => item.id === id);
  }
}

/** A user item of speech whose words are not known yet. */
export function spokenItem(id: string = newId('item')): ConversationItem {
  // The types have no `null` here, which the service does send.
  const transcript = null as unknown as string;
  return {
    id,
    type: 'message',
    status: 'completed',
    role: 'user',
    content: [{ type: 'input_audio', transcript }],
  };
}
