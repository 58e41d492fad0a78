import { record, text, type JsonRecord } from '../protocol/server-event.js';
import type { Attempt } from './attempt.js';
import type { CallHost } from './call-host.js';
import type { Connection } from './connection.js';
import { RealtimeError } from './realtime-error.js';
import { restoration } from './restore.js';
import { firstUpdate, refusesFirstUpdate } from './told-settings.js';

const GREETING_MS = 8_000;
const ACKNOWLEDGE_MS = 5_000;
const RESTORE_MS = 3_000;

/** A connection that is open and knows nothing yet. */
export interface SetUp {
  readonly connection: Connection;
  readonly attempt: Attempt;
  readonly settings: JsonRecord;
  /** Which connection of the call it is, to take the conversation over from the one before; `null` for the first. */
  readonly restores: number | null;
}

/** Tells a server what the page wants and what was said so far. Rejects when the connection is lost meanwhile. */
export async function setUp(
  host: CallHost,
  { connection, attempt, settings, restores }: SetUp,
): Promise<void> {
  host.phase('configuring');
  const updated = attempt.answerTo(
    (answer) => answer.type === 'session.updated' || refusesFirstUpdate(answer),
    ACKNOWLEDGE_MS,
  );
  host.send(connection, firstUpdate(settings));
  // Azure's filtered channel says nothing until somebody speaks.
  const filtered = host.config().apiUrl?.includes('webrtcfilter') ?? false;
  if (!filtered) {
    await attempt.greeted(GREETING_MS);
    await updated;
  }
  if (restores !== null) await restore(host, connection, attempt, restores);
}

async function restore(
  host: CallHost,
  connection: Connection,
  attempt: Attempt,
  count: number,
): Promise<void> {
  const prefix = `${count}${Math.floor(host.clock.random() * 1e6).toString(36)}`;
  const { events, items } = restoration(host.turns(), prefix);
  host.record({ type: 'local.restored', items });
  const missing = new Set(Object.keys(items));
  const taken = attempt.answerTo((answer) => {
    missing.delete(text(record(answer, 'item'), 'id') ?? '');
    return missing.size === 0;
  }, RESTORE_MS);
  for (const event of events) host.send(connection, event);
  if (missing.size > 0) await taken;
  if (missing.size > 0) host.report(new RealtimeError('session.restore_partial'));
}
