import { asRecord, type JsonRecord } from '../protocol/server-event.js';
import type { SessionConfig, Tool } from './session-config.js';

/**
 * Transcribes the visitor unless the page chooses another. Its predecessors (`whisper-1`, the `gpt-4o` transcribers)
 * end on 2027-02-26; this one has no announced end.
 */
export const DEFAULT_TRANSCRIPTION_MODEL = 'gpt-transcribe';

/**
 * The `session` of the first `session.update`, in GA's layout. Only what the page asked for is in it, and transcription,
 * unless that is `off`: the server refuses an update as a whole for a single field that it does not know, and the endpoint
 * has set everything else.
 */
export function sessionSettings(config: Readonly<SessionConfig>): JsonRecord {
  const { instructions, output, tools, session } = config;
  const settings = {
    ...(instructions && { instructions }),
    ...(output && { output_modalities: [output] }),
    ...(tools?.length && { tools: tools.map(declaration), tool_choice: 'auto' }),
    audio: { input: input(config), ...(config.voice && { output: { voice: config.voice } }) },
  };
  return merge(settings, session ?? {});
}

function input({
  transcriptionModel,
  language,
  turnDetection,
  pushToTalk,
}: Readonly<SessionConfig>): JsonRecord {
  const model = transcriptionModel || DEFAULT_TRANSCRIPTION_MODEL;
  const hint = primaryLanguage(language);
  return {
    transcription: model === 'off' ? null : { model, ...(hint && { language: hint }) },
    ...(pushToTalk
      ? { turn_detection: null }
      : turnDetection && { turn_detection: DETECTION[turnDetection] }),
  };
}

/** What the element calls them, and the API. */
export const DETECTION = {
  semantic: { type: 'semantic_vad' },
  server: { type: 'server_vad' },
  none: null,
} as const;

function declaration({ name, description, parameters }: Tool): JsonRecord {
  return {
    type: 'function',
    name,
    ...(description && { description }),
    parameters: parameters ?? { type: 'object', properties: {} },
  };
}

/** The transcribers take ISO 639 codes: `ja` of `ja-JP`. */
function primaryLanguage(language: string | undefined): string | undefined {
  const primary = language?.split('-')[0]?.toLowerCase();
  return primary && /^[a-z]{2,3}$/.test(primary) ? primary : undefined;
}

/** Objects are merged field by field, everything else is replaced. Never walks into prototypes. */
function merge(base: JsonRecord, over: JsonRecord): JsonRecord {
  const merged = new Map(Object.entries(base));
  for (const [name, value] of Object.entries(over)) {
    const [below, above] = [asRecord(merged.get(name)), asRecord(value)];
    merged.set(name, below && above ? merge(below, above) : value);
  }
  return Object.fromEntries(merged);
}
