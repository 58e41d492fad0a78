import { findItem, withItem, type Conversation } from './conversation.js';
import { learn, mergeCall, type Item, type ItemCall } from './item.js';

/**
 * A call and its outcome are items of their own. This hands the outcome to the call, whichever came first, so that a
 * reader sees one turn: called, approved or not, answered.
 */
export function linkCalls(c: Conversation, id: string): Conversation {
  const item = findItem(c, id);
  const type = item?.call && item.type;
  return item && type && Object.hasOwn(links, type) ? (links[type]?.(c, item) ?? c) : c;
}

const links: Readonly<Record<string, (c: Conversation, item: Item) => Conversation>> = {
  function_call: (c, item) => {
    const output = c.items
      .flat()
      .find((other) => other.type === 'function_call_output' && sameCall(other, item));
    return output ? answer(c, item, output) : c;
  },
  function_call_output: (c, item) => {
    const call = c.items.flat().find((other) => other.type === 'function_call' && sameCall(other, item));
    return call ? answer(c, call, item) : c;
  },
  mcp_approval_request: (c, item) =>
    c.items
      .flat()
      .filter((other) => other.call?.approvalRequestId === item.id)
      .reduce(resolve, c),
  mcp_approval_response: resolve,
  mcp_call: resolve,
};

function sameCall(a: Item, b: Item): boolean {
  return a.call?.callId !== undefined && a.call.callId === b.call?.callId;
}

function answer(c: Conversation, call: Item, output: Item): Conversation {
  const words = output.call?.output ?? '';
  return change(c, call.id, { output: words, state: isError(words) ? 'failed' : 'done' });
}

/** An answered request turns into the call itself, or stays as a refusal. */
function resolve(c: Conversation, { type, call }: Item): Conversation {
  const request = call?.approvalRequestId ? findItem(c, call.approvalRequestId) : undefined;
  if (request?.type !== 'mcp_approval_request') return c;
  if (type === 'mcp_call') return withItem(c, request.id, (item) => learn(item, { deleted: true }));
  return change(c, request.id, { state: call?.approved ? 'running' : 'rejected' });
}

function change(c: Conversation, id: string, news: ItemCall): Conversation {
  return withItem(c, id, (item) => learn(item, { call: mergeCall(item.call, news) }));
}

/** The widget reports a failed function to the model as `{"error": …}`. */
function isError(output: string): boolean {
  return /^\s*\{\s*"error"\s*:(?!\s*(?:null|false)\b)/.test(output);
}
