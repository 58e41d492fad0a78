import type { RealtimeSessionCreateRequest } from 'openai/resources/realtime/realtime';
import { isObject, missing, type Refusal } from './checks.js';
import { newId } from './outgoing.js';
import { SESSION } from './shapes.js';

type Fields = Readonly<Record<string, unknown>>;

/** The session of a call, with what the service adds to it. */
export interface SessionObject extends RealtimeSessionCreateRequest {
  readonly id: string;
  readonly object: 'realtime.session';
  /** Seconds since the epoch. */
  readonly expires_at: number;
}

const SESSION_MS = 3_600_000;
const DETECTION_DEFAULTS: Readonly<Record<string, Fields>> = {
  server_vad: {
    threshold: 0.5,
    prefix_padding_ms: 300,
    silence_duration_ms: 500,
    idle_timeout_ms: null,
    create_response: true,
    interrupt_response: true,
  },
  semantic_vad: { eagerness: 'auto', create_response: true, interrupt_response: true },
};

/** A fresh session with the service's defaults, the wishes of whoever minted the token laid over them. */
export function createSession(wishes: Fields, expiresInMs = SESSION_MS): SessionObject | Refusal {
  const session = {
    type: 'realtime',
    object: 'realtime.session',
    id: newId('sess'),
    model: 'local-assistant',
    output_modalities: ['audio'],
    instructions: 'Be brief and friendly.',
    tools: [],
    tool_choice: 'auto',
    max_output_tokens: 'inf',
    tracing: null,
    truncation: 'auto',
    include: null,
    audio: {
      input: {
        format: { type: 'audio/pcm', rate: 24_000 },
        transcription: null,
        noise_reduction: null,
        turn_detection: { type: 'server_vad', ...DETECTION_DEFAULTS['server_vad'] },
      },
      output: { format: { type: 'audio/pcm', rate: 24_000 }, voice: 'marin', speed: 1 },
    },
    expires_at: Math.ceil((Date.now() + expiresInMs) / 1_000),
  };
  return SESSION(wishes, 'session') ?? laidOver(session, wishes);
}

/** The session after an update, or why it is refused as a whole. */
export function updateSession(
  session: SessionObject,
  update: unknown,
  hasSpoken: boolean,
): SessionObject | Refusal {
  if (!isObject(update)) return missing('session');
  if (update['type'] === undefined) return missing('session.type');
  const refusal = SESSION(update, 'session');
  if (refusal) return refusal;
  // The model is bound to the session; clients that repeat the one they would like are not refused for it.
  const updated = laidOver({ ...session }, { ...update, model: session.model });
  const [now, before] = [updated, session].map(({ audio }) => JSON.stringify(audio?.output?.voice));
  if (!hasSpoken || now === before) return updated;
  const message = 'The voice cannot change once the assistant has spoken.';
  return { code: 'cannot_update_voice', message, param: 'session.audio.output.voice' };
}

function laidOver(session: Fields, wishes: Fields): SessionObject {
  const merged = overlay(session, wishes) as unknown as SessionObject;
  const detection = merged.audio?.input?.turn_detection;
  if (!detection) return merged;
  // What an update leaves out of a turn detection has its default, not its old value.
  const complete = { ...DETECTION_DEFAULTS[detection.type], ...detection };
  return overlay(
    { ...merged },
    { audio: { input: { turn_detection: complete } } },
  ) as unknown as SessionObject;
}

const WHOLE = new Set([
  'turn_detection',
  'transcription',
  'noise_reduction',
  'format',
  'voice',
  'tool_choice',
]);

function overlay(base: Fields, over: Fields): Fields {
  const merged = new Map(Object.entries(base));
  for (const [name, value] of Object.entries(over)) {
    const below = merged.get(name);
    merged.set(name, isObject(value) && isObject(below) && !WHOLE.has(name) ? overlay(below, value) : value);
  }
  return Object.fromEntries(merged);
}
