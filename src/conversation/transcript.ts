import type { Conversation } from './conversation.js';
import { heardText } from './heard-text.js';
import { MAX_TEXT, defined, isFinal, sameFacts, type Item } from './item.js';
import type { ToolCall, ToolState, Turn, TurnStatus } from './turn.js';

const transcripts = new WeakMap<Conversation, readonly Turn[]>();

/**
 * What was said, in conversation order. Turns with nothing to show are left out. The same conversation gives the same
 * array, and a turn is the same object as long as nothing in it changed.
 */
export function transcript(conversation: Conversation): readonly Turn[] {
  const known = transcripts.get(conversation);
  if (known) return known;
  const turns = turnsOf(conversation.items.flat(), conversation);
  transcripts.set(conversation, turns);
  return turns;
}

/** The turns to be seen of items that follow one another. */
export function turnsOf(items: readonly Item[], { session }: Conversation): Turn[] {
  const turns: Turn[] = [];
  items.forEach((item, place) => {
    const { turn } = item;
    // When nobody speaks for a while the server puts a system message before the silence that it commits: words to the
    // model, not part of what was said.
    const isNudge = item.role === 'system' && items[place + 1]?.idle;
    if (turn && !isNudge && (session.transcribes === true || !isPlaceholder(turn))) turns.push(turn);
  });
  return turns;
}

/** The item with its turn brought up to date: the same turn when a reader would see no difference. */
export function withTurn(item: Item): Item {
  const turn = turnOf(item);
  if (turn && item.turn && sameTurn(turn, item.turn)) return item;
  if (!turn && !item.turn) return item;
  if (turn) return { ...item, turn: Object.freeze(turn) };
  const { turn: _, ...rest } = item;
  return rest;
}

/** A spoken turn whose words are still awaited. It is shown only where they can be expected to come. */
function isPlaceholder(turn: Turn): boolean {
  return turn.status === 'streaming' && turn.role === 'user' && turn.text === '';
}

function turnOf(item: Item): Turn | undefined {
  if (item.deleted || isOutside(item)) return undefined;
  const text = wordsOf(item);
  // Words are shown even where a server gives a message and a call the same id.
  if (text === '' && item.type !== undefined && item.type !== 'message') return toolTurn(item);
  const role = item.role ?? 'assistant';
  const status = statusOf(item, role);
  if (text === '' && !isAwaited(item, status) && !item.images) return undefined;
  // By hand, since it is made for every word.
  const turn: { -readonly [Name in keyof Turn]: Turn[Name] } = { id: item.id, role, text, status };
  const heardText = status === 'interrupted' ? heard(item, text) : undefined;
  if (heardText !== undefined) turn.heardText = heardText;
  if (role === 'user') turn.via = item.spoken ? 'speech' : 'typing';
  if (item.images) turn.images = item.images;
  if (item.startedAt !== undefined) turn.startedAt = item.startedAt;
  return turn;
}

/** Answers made outside the conversation stay outside, unless the server put them in. */
function isOutside(item: Item): boolean {
  return item.response?.outOfBand === true && !item.added;
}

/** Speech whose words are still to come, or will not come any more. */
function isAwaited(item: Item, status: TurnStatus): boolean {
  const lost = item.discarded && !item.added;
  return (
    item.role === 'user' && item.spoken === true && !lost && (status === 'streaming' || status === 'failed')
  );
}

function wordsOf(item: Item): string {
  // Some servers count the guesses of a transcriber as parts of their own: its final word replaces them all.
  const guessed = item.spoken && item.transcription === 'completed';
  let all = '';
  for (const { final, streamed } of item.parts) {
    const words = final ?? (guessed ? '' : streamed);
    all = all && words ? joined(all, words) : all + words;
  }
  return all.trim().slice(0, MAX_TEXT);
}

/** Parts are said one after the other: a space keeps their words apart where neither brings one. */
function joined(all: string, part: string): string {
  return /\s$/.test(all) || /^\s/.test(part) ? all + part : `${all} ${part}`;
}

function statusOf(item: Item, role: Turn['role']): TurnStatus {
  if (role === 'assistant') return answerStatus(item);
  if (role === 'user' && item.spoken && !isFinal(item)) return spokenStatus(item);
  return 'done';
}

function spokenStatus(item: Item): TurnStatus {
  if (item.transcription === 'completed') return 'done';
  return item.transcription || item.abandoned ? 'failed' : 'streaming';
}

function answerStatus(item: Item): TurnStatus {
  const { response, status } = item;
  if (item.truncated || response?.cut || response?.status === 'cancelled') return 'interrupted';
  if (response?.status === 'failed' && status !== 'completed') return 'failed';
  const over = item.closed || (response?.status !== undefined && response.status !== 'in_progress');
  // Some servers call an item incomplete from its beginning.
  if (status === 'incomplete' && over) return 'interrupted';
  if (over || status === 'completed' || isFinal(item)) return 'done';
  return item.abandoned ? 'interrupted' : 'streaming';
}

function heard(item: Item, text: string): string | undefined {
  return item.truncatedAtMs === undefined
    ? undefined
    : heardText(text, item.truncatedAtMs, item.response?.audioMs);
}

const TOOL_STATUS: Readonly<Record<ToolState, TurnStatus>> = {
  pending: 'streaming',
  approval: 'streaming',
  running: 'streaming',
  done: 'done',
  failed: 'failed',
  rejected: 'failed',
};

function toolTurn(item: Item): Turn | undefined {
  if (item.type !== 'function_call' && item.type !== 'mcp_call' && item.type !== 'mcp_approval_request')
    return undefined;
  // A call that was cut off before its arguments were complete never happened.
  const cut = item.response?.status === 'cancelled' && item.status !== 'completed';
  if (item.status === 'incomplete' || cut) return undefined;
  const { call = {} } = item;
  const state =
    call.state ?? (item.type === 'mcp_approval_request' ? 'approval' : item.closed ? 'running' : 'pending');
  const status = TOOL_STATUS[state];
  return defined<Turn>({
    id: item.id,
    role: 'tool',
    text: '',
    status: status === 'streaming' && item.abandoned ? 'interrupted' : status,
    tool: defined<ToolCall>({
      kind: item.type === 'function_call' ? 'function' : 'mcp',
      name: call.name ?? '',
      arguments: call.arguments ?? call.streamed ?? '',
      output: call.output,
      state,
      approvalId: state === 'approval' && !item.abandoned ? item.id : undefined,
      callId: call.callId,
    }),
    startedAt: item.startedAt,
  });
}

function sameTurn(a: Turn, b: Turn): boolean {
  return a.text === b.text && sameFacts(a, b, sameDetails);
}

/** Images and tools. */
function sameDetails(a: unknown, b: unknown): boolean {
  return typeof a === 'object' && typeof b === 'object' && sameFacts(Object(a), Object(b));
}
