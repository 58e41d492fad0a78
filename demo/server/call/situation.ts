import type { ConversationItem } from 'openai/resources/realtime/realtime';
import type { Situation } from '../mind/reply.js';
import { PHRASES } from '../speech/phrases.js';
import { isObject } from './checks.js';
import type { SessionObject } from './session-object.js';
import type { Transcriber } from './transcriber.js';

type Wishes = Readonly<Record<string, unknown>>;
type Message = Extract<ConversationItem, { type: 'message' }>;

/** Reads from the conversation what the assistant needs to answer; waits for words that are still being recognised. */
export async function readSituation(
  session: SessionObject,
  conversation: readonly ConversationItem[],
  wishes: Wishes,
  transcriber: Transcriber,
): Promise<Situation> {
  const items = Array.isArray(wishes['input']) ? itemsIn(wishes['input'], conversation) : conversation;
  const user = items.findLastIndex((item) => item.type === 'message' && item.role === 'user');
  const answer = items.findLastIndex((item) => item.type === 'message' && item.role === 'assistant');
  const since = items.slice(Math.max(user, answer) + 1);
  const results = since.flatMap((item) => resultOf(item));
  const refused = since.some((item) => item.type === 'mcp_approval_response' && !item.approve);
  const question = items[user];
  const tools = toolsIn(wishes['tool_choice'] === 'none' ? [] : (wishes['tools'] ?? session.tools));
  return {
    hasQuestion: results.length > 0 || refused || user > answer,
    isFirst: user === -1 && answer === -1,
    words: question?.type === 'message' ? await wordsOf(question, transcriber) : '',
    results,
    refused,
    tools: tools
      .filter(({ type }) => type === 'function')
      .map(({ name, description }) => ({ name: textOf(name), description: textOf(description) })),
    mcp: tools.some(({ type }) => type === 'mcp'),
    instructions: typeof wishes['instructions'] === 'string' ? wishes['instructions'] : null,
    sawImage: question?.type === 'message' && question.content.some((part) => part.type === 'input_image'),
    phrases: PHRASES,
    now: new Date(),
  };
}

/** The checked input of a response: items, or references to items of the conversation. */
function itemsIn(input: readonly unknown[], conversation: readonly ConversationItem[]): ConversationItem[] {
  return input.filter(isObject).flatMap((entry) => {
    if (entry['type'] === 'item_reference') return conversation.filter(({ id }) => id === entry['id']);
    return [entry as unknown as ConversationItem];
  });
}

function toolsIn(tools: unknown): Wishes[] {
  return Array.isArray(tools) ? tools.filter(isObject) : [];
}

async function wordsOf({ id = '', content }: Message, transcriber: Transcriber): Promise<string | null> {
  const typed = content.map((part) => ('text' in part ? textOf(part.text) : '')).join(' ');
  if (typed.trim() !== '') return typed.trim();
  const isSpoken = content.some(({ type }) => type === 'input_audio');
  return isSpoken ? transcriber.words(id) : '';
}

function resultOf(item: ConversationItem): readonly string[] {
  if (item.type === 'function_call_output') return [item.output];
  if (item.type !== 'mcp_call') return [];
  return item.output ? [item.output] : ['The library does not answer.'];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
