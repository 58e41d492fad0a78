import { shutdownWarner } from './model-shutdowns.js';
import { Refusal } from './refusal.js';

/** The `session` object of OpenAI's Realtime API, GA layout. */
export type SessionSettings = Readonly<Record<string, unknown>>;

/** What a visitor chose, by name; each value is one of those listed. */
export type ChosenValues = Readonly<Partial<Record<string, string>>>;

/** What a visitor's choice may be, and what it does. */
export interface SessionOptions {
  /**
   * What every call is. Fixed here: no page can set the model, the instructions or the tools through the endpoint.
   * As a function, which may be asynchronous, it gets the visitor's choices and the user that `authorize` named.
   * A page sees its session, instructions included, and can change it during a call: put no secrets in it.
   *
   * Default: `{model: 'gpt-realtime-2.1'}`.
   */
  readonly session?:
    | SessionSettings
    | ((choices: ChosenValues, user: string | null) => SessionSettings | Promise<SessionSettings>)
    | undefined;
  /**
   * What visitors may choose, in the endpoint's query (`?voice=cedar`) or in a JSON body: `{voice: ['marin', 'cedar']}`.
   * `model`, `voice` and `language` have their place in the session; other names need `session` to be a function.
   *
   * Default: nothing.
   */
  readonly choices?: Readonly<Record<string, readonly string[]>> | undefined;
}

const DEFAULT_MODEL = 'gpt-realtime-2.1';
const DEFAULT_TRANSCRIPTION_MODEL = 'gpt-transcribe';

/** Makes a session of the site's settings and a visitor's choices. */
export interface SessionPlan {
  /**
   * Reads the choices from the endpoint's own URL and from the body, which wins. Names that are not listed are ignored.
   *
   * @throws Refusal `invalid_choice` for a value that is not listed
   */
  choose(url: string, body?: object): ChosenValues;
  /** A complete `session`, always with `type` and `model`. */
  build(choices: ChosenValues, user: string | null): Promise<SessionSettings & { readonly model: string }>;
}

/**
 * Reads the options once, at start.
 *
 * @throws TypeError for a choice that has no place in a fixed session
 */
export function sessionPlan({ session = {}, choices = {} }: SessionOptions): SessionPlan {
  const warn = shutdownWarner();
  const settle = (settings: SessionSettings): SessionSettings & { model: string } => {
    const model = typeof settings['model'] === 'string' ? settings['model'] : DEFAULT_MODEL;
    warn([model, ...transcriptionModel(settings)]);
    return { ...settings, type: 'realtime', model };
  };
  if (typeof session !== 'function') {
    for (const name of Object.keys(choices))
      if (!Object.hasOwn(PLACES, name)) throw new TypeError(placeless(name));
    settle(session);
  }
  return {
    choose: (url, body) => choose(choices, { ...Object.fromEntries(new URL(url).searchParams), ...body }),
    build: async (chosen, user) =>
      settle(typeof session === 'function' ? await session(chosen, user) : place(session, chosen)),
  };
}

function choose(
  choices: Readonly<Record<string, readonly string[]>>,
  given: Readonly<Record<string, unknown>>,
): ChosenValues {
  const chosen: Record<string, string> = {};
  for (const [name, values] of Object.entries(choices)) {
    if (!Object.hasOwn(given, name)) continue;
    const value = values.find((value) => value === given[name]);
    if (value === undefined) throw new Refusal('invalid_choice');
    chosen[name] = value;
  }
  return chosen;
}

function placeless(name: string): string {
  return `choices: "${name}" has no place of its own in the session. Give \`session\` as a function that uses it.`;
}

/** Where the usual choices go. */
const PLACES: Readonly<Record<string, (session: SessionSettings, value: string) => SessionSettings>> = {
  model: (session, model) => ({ ...session, model }),
  voice: (session, voice) => {
    const audio = asSettings(session['audio']);
    return { ...session, audio: { ...audio, output: { ...asSettings(audio['output']), voice } } };
  },
  language: (session, language) => {
    const audio = asSettings(session['audio']);
    const input = asSettings(audio['input']);
    if (input['transcription'] === null) return session;
    const transcription = {
      model: DEFAULT_TRANSCRIPTION_MODEL,
      ...asSettings(input['transcription']),
      language,
    };
    return { ...session, audio: { ...audio, input: { ...input, transcription } } };
  },
};

function place(session: SessionSettings, choices: ChosenValues): SessionSettings {
  let placed = session;
  for (const [name, value] of Object.entries(choices)) placed = PLACES[name]?.(placed, value ?? '') ?? placed;
  return placed;
}

function transcriptionModel(session: SessionSettings): string[] {
  const model = asSettings(asSettings(asSettings(session['audio'])['input'])['transcription'])['model'];
  return typeof model === 'string' ? [model] : [];
}

function asSettings(value: unknown): SessionSettings {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as SessionSettings)
    : {};
}
