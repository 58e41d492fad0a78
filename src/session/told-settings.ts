import { asRecord, type JsonRecord } from '../protocol/server-event.js';
import type { SessionConfig } from './session-config.js';
import { DETECTION, merge, sessionSettings } from './session-update.js';

/** Keeps what the server was told of the settings, and finds what it has to be told when they change. */
export class ToldSettings {
  #told: JsonRecord = {};
  /** What a session is told that is still being made. */
  #first: JsonRecord = {};

  /** What a new session is told. */
  first(config: Readonly<SessionConfig>): JsonRecord {
    this.#first = sessionSettings(config);
    return this.#first;
  }

  /** The new session carries the call from now on. */
  taken(): void {
    this.#told = this.#first;
  }

  /** What has changed since; `null` when nothing has. */
  change(config: Readonly<SessionConfig>): JsonRecord | null {
    const before = this.#told;
    this.#told = sessionSettings(config);
    return settingsChange(before, this.#told);
  }
}

/**
 * What to tell a server that has `before` of settings, so that it has those of `after`; `null` when nothing differs. Fields
 * that are left out stay as they are there, so what is taken back has to be said.
 */
function settingsChange(before: JsonRecord, after: JsonRecord): JsonRecord | null {
  const [old, wanted] = [withoutVoice(before), withoutVoice(after)];
  if (JSON.stringify(old) === JSON.stringify(wanted)) return null;
  const listens = { audio: { input: { turn_detection: DETECTION.server } } };
  return merge(
    {
      ...(old['tools'] !== undefined && { tools: [] }),
      ...(detection(old) !== undefined && detection(wanted) === undefined && listens),
    },
    wanted,
  );
}

function detection(settings: JsonRecord): unknown {
  return asRecord(asRecord(settings['audio'])?.['input'])?.['turn_detection'];
}

/** The settings that may change in a call: the voice is fixed once it has spoken. */
function withoutVoice(settings: JsonRecord): JsonRecord {
  const { output: _, ...audio } = asRecord(settings['audio']) ?? {};
  return { ...settings, audio };
}
