import { asRecord, record, text } from '../protocol/server-event.js';
import { quiet, withItem, type Conversation, type SessionFacts } from './conversation.js';
import { defined, learn } from './item.js';
import type { Handler } from './reduce.js';
import type { ToolState } from './turn.js';

/**
 * Session events, and the widget's own steps that bear on the transcript. The steps are recorded in the log like any
 * other event, so a replay gives the same transcript.
 */
export const localHandlers: Readonly<Record<string, Handler>> = {
  'session.created': (c, event) => {
    const session = record(event, 'session');
    const id = text(session, 'id') ?? c.session.id;
    // Another session in the same stream is a reconnection: its first item follows all that was said before.
    const renewed = c.session.id !== undefined && id !== c.session.id;
    const next = renewed ? { ...c, epoch: c.epoch + 1, moment: quiet } : c;
    return learnSession(next, { ...sessionFacts(session), ...(id !== undefined && { id }) });
  },
  'session.updated': (c, event) => learnSession(c, sessionFacts(record(event, 'session'))),
  // Nobody knows when a transcriber has given up; the session waits a while and then says so.
  'local.transcription_timeout': (c, event, time) =>
    withItem(
      c,
      text(event, 'item_id') ?? '',
      (item) => (item.transcription ? item : learn(item, { transcription: 'timed_out' })),
      time,
    ),
  'local.approval_request': (c, event) => approve(c, text(event, 'item_id'), 'approval'),
  'local.approval': (c, event) =>
    approve(c, text(event, 'item_id'), event['approved'] === true ? 'running' : 'rejected'),
  'local.restored': (c, event) => {
    const aliases = Object.entries(asRecord(event['items']) ?? {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    return aliases.length === 0 ? c : { ...c, aliases: new Map([...c.aliases, ...aliases]) };
  },
  'local.ended': (c) => {
    const over = c.moment === quiet ? c : { ...c, moment: quiet };
    return over.items
      .filter((item) => item.turn?.status === 'streaming' && !item.abandoned)
      .reduce((ended, { id }) => withItem(ended, id, (item) => learn(item, { abandoned: true })), over);
  },
};

/** A function that needs a person's yes waits for it on the page; the server knows nothing of that. */
function approve(c: Conversation, id: string | undefined, state: ToolState): Conversation {
  const known = id !== undefined && c.places.has(id);
  return known ? withItem(c, id, (item) => ({ ...item, call: { ...item.call, state } })) : c;
}

function learnSession(c: Conversation, news: SessionFacts): Conversation {
  const known = c.session as Record<string, unknown>;
  const same = Object.entries(news).every(([name, value]) => known[name] === value);
  return same ? c : { ...c, session: { ...c.session, ...news } };
}

/** Reads the GA layout (`audio.input.…`) and the flat one of the beta. */
function sessionFacts(session: ReturnType<typeof record>): SessionFacts {
  const input = record(record(session, 'audio'), 'input') ?? session;
  const transcription = input?.['transcription'] ?? input?.['input_audio_transcription'];
  const detection = input?.['turn_detection'];
  return defined<SessionFacts>({
    transcribes: transcription === undefined ? undefined : transcription !== null,
    answers:
      detection === undefined
        ? undefined
        : asRecord(detection)?.['create_response'] !== false && detection !== null,
  });
}
