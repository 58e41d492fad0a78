import { emptyConversation, type Conversation } from '../../src/conversation/conversation.js';
import { reduce } from '../../src/conversation/reduce.js';
import { transcript } from '../../src/conversation/transcript.js';
import { parseServerEvent } from '../../src/protocol/parse-server-event.js';

/** The conversation after these messages, each through its text, as they come over a channel. */
export function fold(events: readonly object[], from: Conversation = emptyConversation): Conversation {
  return events.reduce(
    (conversation: Conversation, event) => reduce(conversation, parseServerEvent(JSON.stringify(event))),
    from,
  );
}

/** Each turn in a line: role, status and words, what was heard after a bar. */
export function lines(conversation: Conversation): readonly string[] {
  return transcript(conversation).map(({ role, status, text, heardText, tool }) =>
    tool
      ? `${role} ${tool.state}: ${tool.name}(${tool.arguments})${tool.output === undefined ? '' : ` = ${tool.output}`}`
      : `${role} ${status}: ${text}${heardText === undefined ? '' : ` | ${heardText}`}`,
  );
}
