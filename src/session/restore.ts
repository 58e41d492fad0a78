import type { Turn } from '../conversation/turn.js';
import { itemCreate, type ClientEvent } from '../protocol/client-event.js';

/** More is not taken back: each restored item is billed again with every answer. */
const MAX_ITEMS = 20;
const MAX_CHARACTERS = 16_000;

/** What a new session is told of the old one. */
export interface Restoration {
  readonly events: readonly ClientEvent[];
  /** Ids of the new items and the items on screen that they stand for. */
  readonly items: Readonly<Record<string, string>>;
}

/**
 * The conversation so far as items for a new session, in order: text only (the API takes no assistant audio back), only
 * what the visitor has heard, and calls only together with their outputs. The newest turns win where there is a limit, and
 * one that does not fit is left out.
 *
 * @param prefix makes the new ids differ from those of earlier restorations
 */
export function restoration(turns: readonly Turn[], prefix: string): Restoration {
  const kept: Turn[] = [];
  let budget = MAX_CHARACTERS;
  for (const turn of turns.toReversed()) {
    const { length } = contents(turn);
    if (kept.length === MAX_ITEMS) break;
    // One that is too long, like the output of a function, is no reason to forget all that was said before it.
    if (length === 0 || length > budget) continue;
    budget -= length;
    kept.unshift(turn);
  }
  const ids: [string, string][] = kept.map((turn, index) => [`rv_${prefix}_${index}`, turn.id]);
  const events = kept.flatMap((turn, index) => itemsOf(turn, ids[index]?.[0] ?? ''));
  return { events, items: Object.fromEntries(ids) };
}

function itemsOf(turn: Turn, id: string): readonly ClientEvent[] {
  const { tool } = turn;
  if (!tool) {
    const type = turn.role === 'assistant' ? 'output_text' : 'input_text';
    return [itemCreate({ id, type: 'message', role: turn.role, content: [{ type, text: contents(turn) }] })];
  }
  const callId = tool.callId ?? id;
  return [
    itemCreate({ id, type: 'function_call', name: tool.name, call_id: callId, arguments: tool.arguments }),
    itemCreate({ id: `${id}o`, type: 'function_call_output', call_id: callId, output: tool.output ?? '' }),
  ];
}

/** What of a turn is worth taking back; empty for what was never said, never heard or never answered. */
function contents({ role, text, status, heardText, tool }: Turn): string {
  if (tool) return tool.kind === 'function' && tool.output !== undefined ? tool.arguments + tool.output : '';
  if (role !== 'assistant' || status !== 'interrupted') return text;
  const heard = heardText ?? text;
  return heard && `${heard} [interrupted]`;
}

/**
 * True when the visitor has said something that nobody has answered, or that a tool was asked for and nobody else.
 *
 * @param owed an answer was due, or somebody was speaking: not all that is said asks for one
 */
export function awaitsAnswer(turns: readonly Turn[], owed: boolean): boolean {
  const last = turns.at(-1);
  return last?.role === 'tool' || (owed && last?.role === 'user' && last.text !== '');
}
