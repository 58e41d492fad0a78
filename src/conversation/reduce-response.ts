import {
  number,
  record,
  records,
  text,
  type JsonRecord,
  type ServerEvent,
} from '../protocol/server-event.js';
import {
  answerFacts,
  charge,
  onItem,
  ownerOf,
  recalled,
  remembering,
  withItem,
  type Conversation,
  type ResponseFacts,
} from './conversation.js';
import {
  appendDelta,
  deltaOf,
  finishPart,
  learn,
  partOf,
  sameFacts,
  sureness,
  type Item,
  type Loose,
} from './item.js';
import { linkCalls } from './link-calls.js';
import { now } from './reduce-input.js';
import { fillItem } from './reduce-items.js';
import type { Handler } from './reduce.js';
import { responseUsage } from './usage.js';

/** One token of the assistant's sound lasts 50 ms. */
const MS_PER_AUDIO_TOKEN = 50;

/** The assistant's side: words and sound of an answer, its end and its bill. */
export const responseHandlers: Readonly<Record<string, Handler>> = {
  'response.created': (c, event) => {
    const response = record(event, 'response');
    const id = text(response, 'id');
    // `null` (not merely absent) marks a response that is kept out of the conversation.
    const outOfBand = response?.['conversation_id'] === null || undefined;
    const known = id ? learnResponse(c, id, { outOfBand }) : c;
    return now(known, { generating: id ?? '', awaiting: false });
  },
  'response.done': (c, event) => finishResponse(c, event),
  'response.output_text.delta': delta,
  'response.output_audio_transcript.delta': delta,
  'response.output_text.done': (c, event, time) => final(c, event, text(event, 'text'), sureness.done, time),
  'response.output_audio_transcript.done': (c, event, time) =>
    final(c, event, text(event, 'transcript'), sureness.done, time),
  'response.content_part.done': (c, event, time) => {
    const part = record(event, 'part');
    return final(c, event, text(part, 'transcript') ?? text(part, 'text'), sureness.part, time);
  },
  'output_audio_buffer.started': (c, event) => {
    const id = text(event, 'response_id') ?? '';
    return now(learnResponse(c, id, { started: true }), {
      speaking: id,
      awaiting: false,
      reportsAudio: true,
    });
  },
  'output_audio_buffer.stopped': (c, event) => silence(c, event, { stopped: true }),
  'output_audio_buffer.cleared': (c, event) => silence(c, event, { cleared: true }),
};

function delta(c: Conversation, event: ServerEvent, time?: number): Conversation {
  const grown = onAnswer(c, event, time, (item) => appendDelta(item, partOf(event), deltaOf(event)));
  return now(grown, { awaiting: false });
}

function final(
  c: Conversation,
  event: ServerEvent,
  words: string | undefined,
  sure: number,
  time?: number,
): Conversation {
  if (words === undefined) return c;
  return onAnswer(c, event, time, (item) => finishPart(item, partOf(event), words, sure));
}

function onAnswer(
  c: Conversation,
  event: ServerEvent,
  time: number | undefined,
  update: (item: Item) => Item,
): Conversation {
  const owned = (item: Item): Item =>
    item.role && item.response
      ? item
      : learn(item, { role: item.role ?? 'assistant', ...ownerOf(c, text(event, 'response_id'), item) });
  return onItem(c, event, time, (item) => update(owned(item)));
}

function finishResponse(c: Conversation, event: ServerEvent): Conversation {
  const source = record(event, 'response');
  const id = text(source, 'id') ?? '';
  const usage = [record(source, 'usage'), record(event, 'usage')].find(
    (one) => Object.keys(one ?? {}).length > 0,
  );
  const tokens = number(record(usage, 'output_token_details'), 'audio_tokens');
  let next = fillOutput(c, id, records(source, 'output'));
  next = learnResponse(next, id, {
    status: text(source, 'status'),
    outOfBand: source?.['conversation_id'] === null || undefined,
    audioMs: tokens ? tokens * MS_PER_AUDIO_TOKEN : undefined,
  });
  // Without any id there is no telling a repetition from the next bill.
  const bill = `response ${id || text(event, 'event_id') || c.usage.responses}`;
  next = charge(next, bill, usage, responseUsage);
  // The end of an older response says nothing about the one that is being generated now.
  return next.moment.generating === id || !id ? now(next, { generating: null, awaiting: false }) : next;
}

/** `response.done` repeats the items: for some servers that is the only place where their text stands. */
function fillOutput(c: Conversation, responseId: string, output: readonly JsonRecord[]): Conversation {
  return output.reduce((filled, source) => {
    const id = text(source, 'id');
    if (!id || filled.aliases.has(id)) return filled;
    const taken = withItem(filled, id, (item) =>
      learn(fillItem(item, source, sureness.response), {
        closed: true,
        ...ownerOf(filled, responseId, item),
      }),
    );
    return taken === filled ? filled : linkCalls(taken, id);
  }, c);
}

function silence(c: Conversation, event: ServerEvent, facts: Partial<ResponseFacts>): Conversation {
  const id = text(event, 'response_id') ?? c.moment.speaking ?? '';
  const known = learnResponse(c, id, facts);
  // A late `stopped` of an older response must not end the sound of the one playing now.
  return now(known, { reportsAudio: true, ...(c.moment.speaking === id && { speaking: null }) });
}

/** Adds facts to a response and hands on to its items what can be seen of them. */
function learnResponse(c: Conversation, id: string, news: Loose<ResponseFacts>): Conversation {
  const known = recalled(c.responses, id);
  const before: ResponseFacts = known ?? { id };
  const after = learn(before, news);
  if (after === known) return c;
  const next = { ...c, responses: remembering(c.responses, id, after) };
  const seen = answerFacts(after);
  if (!id || sameFacts(answerFacts(before), seen)) return next;
  const own = next.items.flatMap((block) => block.filter((item) => item.response?.id === id));
  return own.reduce<Conversation>(
    (filled, { id: itemId }) => withItem(filled, itemId, (item) => ({ ...item, response: seen })),
    next,
  );
}
