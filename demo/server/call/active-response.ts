import { randomInt } from 'node:crypto';
import type {
  ConversationItem,
  RealtimeResponse,
  RealtimeResponseStatus,
} from 'openai/resources/realtime/realtime';
import { isObject } from './checks.js';
import { newId } from './outgoing.js';
import type { SessionObject } from './session-object.js';

type Wishes = Readonly<Record<string, unknown>>;

/** Why a response was stopped. */
export type CancelReason = 'turn_detected' | 'client_cancelled';

/** How a response ended. */
export type Outcome =
  | { readonly status: 'completed' }
  | { readonly status: 'cancelled'; readonly reason: CancelReason }
  | { readonly status: 'incomplete' }
  | { readonly status: 'failed'; readonly message: string };

/** A response while it is being made. */
export interface ActiveResponse {
  readonly id: string;
  readonly controller: AbortController;
  /** In output order. */
  readonly output: ConversationItem[];
  /** Kept out of the conversation. */
  readonly outOfBand: boolean;
  readonly textOnly: boolean;
  readonly voice: string;
  readonly speed: number;
  readonly maxTokens: number;
  readonly metadata: NonNullable<RealtimeResponse['metadata']> | null;
  /** Milliseconds of sound generated. */
  audioMs: number;
  words: number;
}

/** Words and their tokens, roughly. */
const TOKENS_PER_WORD = 1.33;
const MS_PER_TOKEN = { heard: 100, spoken: 50 };
const TOKENS_PER_IMAGE = 258;
const TOKENS_PER_ITEM = 12;

/** Begins a response; what its request leaves open is as the session says. */
export function beginResponse(session: SessionObject, wishes: Wishes): ActiveResponse {
  const modalities = wishes['output_modalities'] ?? session.output_modalities;
  const output = { ...session.audio?.output, ...outputOf(wishes) };
  const most = wishes['max_output_tokens'] ?? session.max_output_tokens;
  return {
    id: newId('resp'),
    controller: new AbortController(),
    output: [],
    outOfBand: wishes['conversation'] === 'none',
    textOnly: Array.isArray(modalities) && modalities.includes('text'),
    voice: typeof output.voice === 'string' ? output.voice : '',
    speed: output.speed ?? 1,
    maxTokens: typeof most === 'number' ? most : Infinity,
    metadata: isObject(wishes['metadata']) ? (wishes['metadata'] as Record<string, string>) : null,
    audioMs: 0,
    words: 0,
  };
}

/** Whether a response has said all it may. */
export function isUsedUp({ words, maxTokens }: ActiveResponse): boolean {
  return words * TOKENS_PER_WORD >= maxTokens;
}

/** A response as the events of its beginning and its end show it. */
export function describeResponse(
  active: ActiveResponse,
  outcome: Outcome | null,
  usage?: RealtimeResponse['usage'],
): RealtimeResponse {
  const { id, output, outOfBand, textOnly, metadata } = active;
  const described = {
    id,
    object: 'realtime.response' as const,
    status: outcome?.status ?? ('in_progress' as const),
    status_details: outcome && detailsOf(outcome),
    output: [...output],
    conversation_id: outOfBand ? null : 'conv_local',
    output_modalities: [textOnly ? ('text' as const) : ('audio' as const)],
    metadata,
    usage: usage ?? null,
  };
  // The types have no `null` here, which the service does send.
  return described as unknown as RealtimeResponse;
}

/** Plausible numbers: all that was said before is read again each time, some of it from a cache. */
export function usageOf(
  { audioMs, words }: ActiveResponse,
  items: readonly ConversationItem[],
  heardMs: number,
): NonNullable<RealtimeResponse['usage']> {
  const images = items.flatMap((item) =>
    item.type === 'message' ? [...item.content].filter(({ type }) => type === 'input_image') : [],
  ).length;
  const read = {
    text_tokens: 60 + items.length * TOKENS_PER_ITEM,
    audio_tokens: Math.round(heardMs / MS_PER_TOKEN.heard),
    image_tokens: images * TOKENS_PER_IMAGE,
  };
  const cached = Math.floor(read.text_tokens / 2);
  const written = {
    text_tokens: Math.round(words * TOKENS_PER_WORD),
    audio_tokens: Math.round(audioMs / MS_PER_TOKEN.spoken),
  };
  const input_tokens = read.text_tokens + read.audio_tokens + read.image_tokens;
  const output_tokens = written.text_tokens + written.audio_tokens;
  return {
    input_tokens,
    output_tokens,
    total_tokens: input_tokens + output_tokens,
    input_token_details: {
      ...read,
      cached_tokens: cached,
      cached_tokens_details: { text_tokens: cached, audio_tokens: 0, image_tokens: 0 },
    },
    output_token_details: written,
  };
}

function outputOf(wishes: Wishes): { voice?: unknown; speed?: number } {
  const audio = wishes['audio'];
  return isObject(audio) && isObject(audio['output']) ? audio['output'] : {};
}

function detailsOf(outcome: Outcome): RealtimeResponseStatus | null {
  const { status: type } = outcome;
  if (type === 'completed') return null;
  if (type === 'cancelled') return { type, reason: outcome.reason };
  if (type === 'incomplete') return { type, reason: 'max_output_tokens' };
  const error = { type: 'server_error', code: 'model_error', message: outcome.message };
  return { type, error };
}

/** What is left of a made-up budget. */
export function rateLimit(items: number): {
  name: 'tokens';
  limit: number;
  remaining: number;
  reset_seconds: number;
} {
  return {
    name: 'tokens',
    limit: 40_000,
    remaining: Math.max(0, 39_000 - items * 50),
    reset_seconds: randomInt(1, 4) / 2,
  };
}
