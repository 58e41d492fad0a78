import type { RealtimeSessionCreateRequest } from 'openai/resources/realtime/realtime';
import { newId } from './outgoing.js';

type Fields = { readonly [name: string]: unknown };

/** The session of a call, with what the service adds to it. */
export type SessionObject = RealtimeSessionCreateRequest & {
  id: string;
  object: 'realtime.session';
  expires_at: number;
};

/** Why an update is refused. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly param: string;
}

const OBJECT = Symbol('any object');
type Shape = true | typeof OBJECT | { readonly [name: string]: Shape };

/** Every field that an update may have. One more, and the whole update is refused. */
const SHAPE: { readonly [name: string]: Shape } = {
  type: true,
  model: true,
  instructions: true,
  output_modalities: true,
  audio: {
    input: { format: OBJECT, noise_reduction: OBJECT, transcription: OBJECT, turn_detection: OBJECT },
    output: { format: OBJECT, voice: OBJECT, speed: true },
  },
  tools: true,
  tool_choice: OBJECT,
  parallel_tool_calls: true,
  reasoning: OBJECT,
  max_output_tokens: true,
  include: true,
  prompt: OBJECT,
  tracing: OBJECT,
  truncation: OBJECT,
};

const SESSION_SECONDS = 3_600;
const DETECTION_DEFAULTS = {
  threshold: 0.5,
  prefix_padding_ms: 300,
  silence_duration_ms: 500,
  idle_timeout_ms: null,
  create_response: true,
  interrupt_response: true,
};

/** A fresh session with the service's defaults, the wishes of whoever minted the token laid over them. */
export function createSession(wishes: Fields, expiresInMs?: number): SessionObject {
  const now = Math.floor(Date.now() / 1_000);
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
        turn_detection: { type: 'server_vad', ...DETECTION_DEFAULTS },
      },
      output: { format: { type: 'audio/pcm', rate: 24_000 }, voice: 'marin', speed: 1 },
    },
    expires_at:
      expiresInMs === undefined ? now + SESSION_SECONDS : Math.ceil((Date.now() + expiresInMs) / 1_000),
  };
  return overlay(session, wishes) as unknown as SessionObject;
}

/** The session after an update, or why it is refused as a whole. */
export function updateSession(
  session: SessionObject,
  update: unknown,
  hasSpoken: boolean,
): SessionObject | Refusal {
  if (!isObject(update))
    return refuse('missing_required_parameter', 'Missing required parameter: session.', 'session');
  if (update['type'] !== 'realtime') {
    return refuse(
      'missing_required_parameter',
      "Missing required parameter: 'session.type'.",
      'session.type',
    );
  }
  const unknown = unknownField(update, SHAPE, 'session');
  if (unknown) return refuse('unknown_parameter', `Unknown parameter: '${unknown}'.`, unknown);
  const voice = pick(update, 'audio', 'output', 'voice');
  const present = pick(session as unknown as Fields, 'audio', 'output', 'voice');
  if (hasSpoken && voice !== undefined && JSON.stringify(voice) !== JSON.stringify(present)) {
    return refuse(
      'cannot_update_voice',
      'The voice cannot change once the assistant has spoken.',
      'session.audio.output.voice',
    );
  }
  const updated = overlay(session as unknown as Fields, update);
  return withDetectionDefaults(updated) as unknown as SessionObject;
}

/** True for the outcome of {@link updateSession} that is a refusal. */
export function isRefusal(outcome: SessionObject | Refusal): outcome is Refusal {
  return 'param' in outcome;
}

function refuse(code: string, message: string, param: string): Refusal {
  return { code, message, param };
}

function unknownField(
  fields: Fields,
  shape: { readonly [name: string]: Shape },
  path: string,
): string | undefined {
  for (const [name, value] of Object.entries(fields)) {
    const inner = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (inner === undefined) return `${path}.${name}`;
    if (typeof inner === 'object' && isObject(value)) {
      const found = unknownField(value, inner, `${path}.${name}`);
      if (found) return found;
    }
  }
  return undefined;
}

/** What an update leaves out of a turn detection has its default, not its old value. */
function withDetectionDefaults(session: Fields): Fields {
  const detection = pick(session, 'audio', 'input', 'turn_detection');
  if (!isObject(detection)) return session;
  const defaults =
    detection['type'] === 'server_vad'
      ? DETECTION_DEFAULTS
      : { create_response: true, interrupt_response: true };
  return overlay(session, { audio: { input: { turn_detection: { ...defaults, ...detection } } } });
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

function pick(fields: Fields, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), fields);
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
