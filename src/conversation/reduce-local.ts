import { asRecord, record, text, type JsonRecord, type ServerEvent } from '../protocol/server-event.js';
import { findItem, quiet, withItem, type Conversation, type SessionFacts } from './conversation.js';
import { learn, mergeCall, type Item, type Loose } from './item.js';
import type { Handler } from './reduce.js';
import type { ToolState } from './turn.js';

/**
 * Session events, and the widget's own steps that bear on the transcript. The steps are recorded in the log like any
 * other event, so a replay gives the same transcript.
 */
export const localHandlers: Readonly<Record<string, Handler>> = {
  'session.created': begin,
  'session.updated': update,
  'transcription_session.created': begin,
  'transcription_session.updated': update,
  // Nobody knows when a transcriber has given up; the session waits a while and then says so.
  'local.transcription_timeout': (c, event) =>
    onKnown(c, event, (item) => (item.transcription ? item : learn(item, { transcription: 'timed_out' }))),
  // A function that needs a person's yes waits for it on the page; the server knows nothing of that.
  'local.approval_request': (c, event) => setState(c, event, 'approval'),
  'local.approval': (c, event) => setState(c, event, event['approved'] === true ? 'running' : 'rejected'),
  'local.restored': (c, event) => {
    const aliases = Object.entries(asRecord(event['items']) ?? {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    return aliases.length === 0 ? c : { ...c, aliases: new Map([...c.aliases, ...aliases]) };
  },
  'local.ended': (c) => {
    const over = c.moment === quiet ? c : { ...c, moment: quiet };
    return over.items
      .flat()
      .filter((item) => item.turn?.status === 'streaming' && !item.abandoned)
      .reduce((ended, { id }) => withItem(ended, id, (item) => learn(item, { abandoned: true })), over);
  },
};

function begin(c: Conversation, event: ServerEvent): Conversation {
  const session = record(event, 'session');
  const id = text(session, 'id') ?? c.session.id;
  // Another session in the same stream is a reconnection: its first item follows all that was said before.
  const renewed = c.session.id !== undefined && id !== c.session.id;
  const next = renewed ? { ...c, epoch: c.epoch + 1, moment: quiet } : c;
  return learnSession(next, { ...sessionFacts(session), id });
}

function update(c: Conversation, event: ServerEvent): Conversation {
  return learnSession(c, sessionFacts(record(event, 'session')));
}

function setState(c: Conversation, event: ServerEvent, state: ToolState): Conversation {
  return onKnown(c, event, (item) => learn(item, { call: mergeCall(item.call, { state }) }));
}

function onKnown(c: Conversation, event: ServerEvent, update: (item: Item) => Item): Conversation {
  const id = text(event, 'item_id');
  return id !== undefined && findItem(c, id) ? withItem(c, id, update) : c;
}

function learnSession(c: Conversation, news: Loose<SessionFacts>): Conversation {
  const session = learn<SessionFacts>(c.session, news);
  return session === c.session ? c : { ...c, session };
}

/** Reads the GA layout (`audio.input.…`) and the flat one of the beta. */
function sessionFacts(session: JsonRecord | undefined): Loose<SessionFacts> {
  const input = record(record(session, 'audio'), 'input') ?? session;
  const transcription = input?.['transcription'] ?? input?.['input_audio_transcription'];
  const modalities = session?.['output_modalities'] ?? session?.['modalities'];
  return {
    writes: Array.isArray(modalities) ? !modalities.includes('audio') : undefined,
    transcribes: transcription === undefined ? undefined : transcription !== null,
    answers: text(session, 'type') === 'transcription' ? false : answersBy(input?.['turn_detection']),
  };
}

function answersBy(detection: unknown): boolean | undefined {
  if (detection === undefined) return undefined;
  const settings = asRecord(detection);
  return settings !== undefined && settings['type'] !== null && settings['create_response'] !== false;
}
