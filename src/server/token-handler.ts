import { within } from './deadline.js';
import { createEndpoint, type Visit } from './endpoint.js';
import type { EndpointOptions, Handler } from './endpoint-options.js';
import { createLimiter, type Limiter } from './limits.js';
import { readText } from './read-text.js';
import { Refusal } from './refusal.js';
import { json } from './reply.js';
import { sessionPlan } from './session-plan.js';
import { createUpstream, type UpstreamAnswer } from './upstream.js';

const MAX_BODY = 4_096;
const DEFAULT_LIFETIME_S = 30;
const DEFAULT_MAX_DURATION_S = 600;
/** A token request holds its place no longer than this, even if its process dies. */
const LEASE_MS = 30_000;

/** What the token endpoint takes. */
export interface TokenHandlerOptions extends EndpointOptions {
  /** For how long the token can start calls, in seconds, 10…7200. A token works more than once: keep it short. Default: 30. */
  readonly tokenLifetime?: number | undefined;
}

/** What the token endpoint answers. Nothing else of what OpenAI says is passed on. */
export interface TokenAnswer {
  /** The token itself. */
  readonly value: string;
  /** Epoch seconds. */
  readonly expires_at: number;
  /** Seconds from now: for browsers whose clock is wrong. */
  readonly expires_in: number;
  readonly model: string;
  /** The element ends calls by the shorter of this and its own `max-duration`. */
  readonly session: { readonly max_duration_s: number };
}

/**
 * The endpoint behind `token-endpoint`: mints a short-lived token for a session that the site has fixed.
 * It cannot end calls: the page asks OpenAI for them directly. `createSessionHandler` can.
 *
 * @throws TypeError for options that no request could be served with; a missing key is answered with 500 instead
 */
export function createTokenHandler(options: TokenHandlerOptions): Handler {
  const plan = sessionPlan(options);
  const upstream = createUpstream(options.upstream);
  const lifetime = options.tokenLifetime ?? DEFAULT_LIFETIME_S;
  if (!(lifetime >= 10 && lifetime <= 7_200))
    throw new TypeError('tokenLifetime: must be 10 to 7200 seconds.');
  const maxDuration = options.maxDuration ?? DEFAULT_MAX_DURATION_S;
  if (!(maxDuration >= 0 && maxDuration < Infinity))
    throw new TypeError('maxDuration: a number of seconds, 0 for no limit.');

  const mint = async (visit: Visit): Promise<Response> => {
    const choices = plan.choose(visit.request.url, await readChoices(visit));
    const session = await within(visit.signal, plan.build(choices, visit.user));
    const started = Date.now();
    const answer = await upstream({
      path: '/realtime/client_secrets',
      apiKey: visit.apiKey,
      headers: { 'Content-Type': 'application/json' },
      safetyId: visit.pseudonym,
      body: JSON.stringify({ expires_after: { anchor: 'created_at', seconds: lifetime }, session }),
      signal: visit.signal,
      repeatable: true,
    });
    visit.upstreamId = answer.requestId;
    const { value, expiresAt } = readSecret(answer);
    const age = Math.ceil((Date.now() - started) / 1_000);
    return json(200, {
      value,
      expires_at: expiresAt,
      expires_in: Math.max(lifetime - age, 0),
      model: session.model,
      session: { max_duration_s: maxDuration },
    } satisfies TokenAnswer);
  };

  const limiter = createLimiter('token', options);
  const answer = (visit: Visit): Promise<Response> => reserving(limiter, visit, mint);
  return createEndpoint('token', options, limiter, {
    POST: { accepts: 'application/json', optional: true, scope: 'start', answer },
  });
}

async function reserving(
  limiter: Limiter,
  visit: Visit,
  work: (visit: Visit) => Promise<Response>,
): Promise<Response> {
  const holder = crypto.randomUUID();
  await limiter.reserve(visit.keys, holder, LEASE_MS, visit.signal);
  try {
    return await work(visit);
  } finally {
    await limiter.release(visit.keys, holder);
  }
}

async function readChoices({ request, signal }: Visit): Promise<object> {
  const text = await readText(request, MAX_BODY, signal);
  if (text === null) throw new Refusal('body_too_large');
  if (text.trim() === '') return {};
  if (!request.headers.has('Content-Type')) throw new Refusal('unsupported_media_type');
  return parseObject(text);
}

function parseObject(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    /* not JSON: refused below, like JSON that is no object */
  }
  throw new Refusal('invalid_body');
}

function readSecret({ body, requestId }: UpstreamAnswer): { value: string; expiresAt: number } {
  const { value, expires_at: expiresAt } = secretFields(body);
  const usable = typeof value === 'string' && /^[\x21-\x7e]{1,8192}$/.test(value) && !value.startsWith('sk-');
  if (usable && typeof expiresAt === 'number' && Number.isFinite(expiresAt)) return { value, expiresAt };
  const hint = 'The upstream answer holds no usable `value` and `expires_at`.';
  throw new Refusal('upstream_bad_answer', { upstreamId: requestId, hint });
}

function secretFields(body: string): { value?: unknown; expires_at?: unknown } {
  try {
    const answer: unknown = JSON.parse(body);
    return typeof answer === 'object' && answer !== null ? answer : {};
  } catch {
    return {};
  }
}
