import { sessionUpdate, type ClientEvent } from '../protocol/client-event.js';
import { asRecord, record, text, type JsonRecord, type ServerEvent } from '../protocol/server-event.js';
import { RealtimeError } from './realtime-error.js';
import type { ConnectReason, SessionConfig } from './session-config.js';
import type { SessionEventDetails } from './session-events.js';
import { DETECTION, sessionSettings } from './session-update.js';
import { checkTools } from './tools.js';

/** What the settings need of the session around them. */
export interface SettingsHost {
  config(): Readonly<SessionConfig>;
  /** Lets the page edit what a new session is told; false when it forbids the connection. */
  offer(detail: SessionEventDetails['beforeconnect']): boolean;
  /** @throws RealtimeError what kept it from being sent */
  send(event: ClientEvent): void;
  report(error: RealtimeError): void;
}

/** By which a refusal of the first update is known. */
const FIRST_ID = 'rv_configure';
/** By which those of later ones are: so many are told apart. */
const LATER_ID = 'rv_update_';
const LATER_IDS = 8;

/** What a new session is told first. */
export function firstUpdate(settings: JsonRecord): ClientEvent {
  return { ...sessionUpdate(settings), event_id: FIRST_ID };
}

/** The server has taken nothing of {@link firstUpdate}. */
export function refusesFirstUpdate(event: ServerEvent): boolean {
  return refused(event) === FIRST_ID;
}

function refused(event: ServerEvent): string | undefined {
  return text(record(event, 'error'), 'event_id');
}

/**
 * Tells the server what the page wants: a new session all of it, and one that is there the fields that have changed and
 * no others, so that whatever else it was told, by the page's own hand too, stays as it is.
 */
export class ToldSettings {
  readonly #host: SettingsHost;
  /** What is wanted of a session that is still being made, and what it is told after the page has had a look. */
  #first: JsonRecord = {};
  #told: JsonRecord = {};
  /** What is wanted of the one that carries the call. */
  #wanted: JsonRecord = {};
  /**
   * What is to be told once more from: the server takes nothing of an update for a single field that it does not know.
   * Once and no more, so that one that it never takes does not hold up all others.
   */
  #owed: JsonRecord | null = null;
  /** What was wanted before each of the last updates, by their ids. */
  readonly #before: Record<string, JsonRecord> = {};
  #count = 0;
  /** The session as it was before it was told anything. */
  #made: JsonRecord = {};

  constructor(host: SettingsHost) {
    this.#host = host;
  }

  /**
   * What a new session is told; the page may have edited it, at any depth.
   * @throws RealtimeError `config.invalid_value`, `tool.*`, or `lifecycle.aborted` when the page forbids the connection
   */
  first(reason: ConnectReason): JsonRecord {
    const config = this.#host.config();
    checkTools(config.tools ?? []);
    this.#first = wanted(config);
    const session: Record<string, unknown> = wanted(config);
    [this.#told, this.#owed] = [session, null];
    if (this.#host.offer({ reason, session })) return session;
    throw new RealtimeError('lifecycle.aborted', { detail: 'realtime-before-connect was prevented.' });
  }

  /** A new session tells what it is like before it has read what it is told. */
  observe(event: ServerEvent): void {
    if (event.type === 'session.created') this.#made = record(event, 'session') ?? {};
    // What the page has edited by hand is not to be undone, so it is not for us to try that again.
    else if (refusesFirstUpdate(event)) this.#owed = isSame(this.#told, this.#first) ? {} : null;
    else this.#owed ??= this.#before[refused(event) ?? ''] ?? null;
  }

  /** The new session carries the call from now on. The page may have changed its mind while it was made. */
  taken(): void {
    this.#wanted = this.#first;
    this.update();
  }

  /** Tells the session what has changed; what keeps it from being told is reported. */
  update(): void {
    try {
      const before = this.#wanted;
      const change = this.#change();
      if (!change) return;
      const id = `${LATER_ID}${this.#count++ % LATER_IDS}`;
      this.#before[id] = before;
      this.#host.send({ ...sessionUpdate(change), event_id: id });
    } catch (error) {
      this.#host.report(settingsError(error));
    }
  }

  #change(): JsonRecord | null {
    const after = wanted(this.#host.config());
    if (isSame(this.#wanted, after)) return null;
    const before = this.#owed ?? this.#wanted;
    this.#owed = null;
    this.#wanted = after;
    const listens = { turn_detection: DETECTION.server, ...inputOf(this.#made) };
    const input = changed(inputOf(before), inputOf(after), listens);
    const others = { tools: [], tool_choice: 'auto', output_modalities: ['audio'], ...this.#made };
    const fields = changed(withoutAudio(before), withoutAudio(after), others);
    if (!fields && !input) return null;
    const { type } = after;
    return { ...(type !== undefined && { type }), ...fields, ...(input && { audio: { input } }) };
  }
}

/** Settings that no channel carries are no message that somebody could make shorter. */
export function settingsError(thrown: unknown): RealtimeError {
  const isOurs = thrown instanceof RealtimeError;
  if (isOurs && thrown.code !== 'channel.too_large') return thrown;
  const detail = isOurs
    ? 'The settings are larger than the channel can carry.'
    : 'The settings are not JSON.';
  return new RealtimeError('config.invalid_value', { cause: thrown, detail });
}

/** As it crosses the wire, and nobody else's to change. */
function wanted(config: Readonly<SessionConfig>): JsonRecord {
  try {
    return JSON.parse(JSON.stringify(sessionSettings(config))) as JsonRecord;
  } catch (error) {
    throw new RealtimeError('config.invalid_value', { cause: error, detail: 'The settings are not JSON.' });
  }
}

/**
 * The fields of `after` that are not those of `before`. What is not wanted any more becomes what it is in `others`, and
 * stays as it is where nobody knows what that would be.
 */
function changed(before: JsonRecord, after: JsonRecord, others: JsonRecord): JsonRecord | undefined {
  const fields = Object.keys({ ...before, ...after }).flatMap((name) => {
    const value = Object.hasOwn(after, name) ? after[name] : others[name];
    return !isSame(before[name], after[name]) && value !== undefined ? [[name, value] as const] : [];
  });
  return fields.length > 0 ? Object.fromEntries(fields) : undefined;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What may change in a call of how it listens. How it speaks is fixed once it has spoken. */
function inputOf(settings: JsonRecord): JsonRecord {
  return record(asRecord(settings['audio']), 'input') ?? {};
}

function withoutAudio(settings: JsonRecord): JsonRecord {
  const { audio: _, ...fields } = settings;
  return fields;
}
