import { number, record, text, type JsonRecord } from '../protocol/server-event.js';

/** Tokens of one kind: fresh, read from the cache, and made by the model. */
export interface TokenCount {
  /** Input tokens billed in full. */
  readonly input: number;
  /** Input tokens read from the prompt cache; not contained in `input`. */
  readonly cached: number;
  readonly output: number;
}

/** Tokens of one response, or the sum over a call. */
export interface Usage {
  readonly text: TokenCount;
  readonly audio: TokenCount;
  readonly image: TokenCount;
  /** Input transcription is another model with a bill of its own. */
  readonly transcription: { readonly input: number; readonly output: number; readonly seconds: number };
  /** Responses counted. */
  readonly responses: number;
}

/** Prices in US dollars: per million tokens, and per minute for transcribers that are billed by time. */
export interface Pricing {
  readonly text?: Partial<TokenCount>;
  readonly audio?: Partial<TokenCount>;
  readonly image?: Partial<TokenCount>;
  readonly transcription?: { readonly input?: number; readonly output?: number; readonly minute?: number };
}

const NONE: TokenCount = Object.freeze({ input: 0, cached: 0, output: 0 });

/** Nothing used yet. */
export const noUsage: Usage = Object.freeze({
  text: NONE,
  audio: NONE,
  image: NONE,
  transcription: Object.freeze({ input: 0, output: 0, seconds: 0 }),
  responses: 0,
});

const KINDS = ['text', 'audio', 'image'] as const;

/**
 * Reads the `usage` of a `response.done`. Every field of it is optional; what is missing counts as zero, and tokens of
 * which only the sum is given count as text.
 */
export function responseUsage(usage: JsonRecord | undefined): Usage {
  const input = byKind(usage, 'input_tokens', 'input_token_details');
  const output = byKind(usage, 'output_tokens', 'output_token_details');
  const cached = byKind(record(usage, 'input_token_details'), 'cached_tokens', 'cached_tokens_details');
  const count = (kind: Kind): TokenCount => {
    const reused = Math.min(input[kind], cached[kind]);
    return { input: input[kind] - reused, cached: reused, output: output[kind] };
  };
  return { ...noUsage, text: count('text'), audio: count('audio'), image: count('image'), responses: 1 };
}

type Kind = (typeof KINDS)[number];

function byKind(
  source: JsonRecord | undefined,
  total: string,
  details: string,
): Readonly<Record<Kind, number>> {
  const detail = record(source, details);
  const [text, audio, image] = KINDS.map((kind) => tokens(detail, `${kind}_tokens`)) as [
    number,
    number,
    number,
  ];
  const rest = Math.max(0, tokens(source, total) - text - audio - image);
  return { text: text + rest, audio, image };
}

/** Reads the `usage` of a finished input transcription, by tokens or by duration. */
export function transcriptionUsage(usage: JsonRecord | undefined): Usage {
  const byTime = text(usage, 'type') === 'duration';
  const transcription = byTime
    ? { input: 0, output: 0, seconds: tokens(usage, 'seconds') }
    : { input: tokens(usage, 'input_tokens'), output: tokens(usage, 'output_tokens'), seconds: 0 };
  return { ...noUsage, transcription };
}

/** The sum of two usages: of each number in them. */
export function addUsage(a: Usage, b: Usage): Usage {
  return sum(a, b);
}

function sum<Counts>(a: Counts, b: Counts): Counts {
  if (typeof a === 'number') return (a + Number(b)) as Counts;
  const names = Object.keys(a as object) as (keyof Counts)[];
  return Object.fromEntries(names.map((name) => [name, sum(a[name], b[name])])) as Counts;
}

/** What the usage costs at these prices, in US dollars. A price that is not given counts as zero. */
export function cost(usage: Usage, pricing: Pricing): number {
  let millionths = 0;
  for (const kind of KINDS) {
    const price = pricing[kind];
    const used = usage[kind];
    millionths += used.input * (price?.input ?? 0) + used.output * (price?.output ?? 0);
    millionths += used.cached * (price?.cached ?? price?.input ?? 0);
  }
  const { transcription: price } = pricing;
  const { transcription: used } = usage;
  millionths += used.input * (price?.input ?? 0) + used.output * (price?.output ?? 0);
  return millionths / 1e6 + (used.seconds / 60) * (price?.minute ?? 0);
}

/** Counts are never negative and can be added up, whatever a server says. */
function tokens(source: JsonRecord | undefined, field: string): number {
  return Math.min(Math.max(0, number(source, field) ?? 0), Number.MAX_SAFE_INTEGER);
}
