import { asRecord, number, record, text, type JsonRecord } from '../protocol/server-event.js';
import { abortable, withDeadline, type Clock } from './clock.js';
import type { ErrorCode } from './error-codes.js';
import { readHeaders, refusedWith, requestError, requireSafeUrl, send } from './http.js';
import { RealtimeError } from './realtime-error.js';
import type { ConnectReason, SessionConfig } from './session-config.js';

const TOKEN_DEADLINE_MS = 10_000;

/** What is needed to ask for a token. */
export interface TokenRequest {
  readonly config: SessionConfig;
  readonly reason: ConnectReason;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** Told how many seconds a call may last, where the answer says so. */
  readonly cap: (seconds: number) => void;
  readonly signal: AbortSignal;
}

/**
 * A fresh short-lived token from the page's provider or its endpoint. Nothing is kept: each connection asks anew.
 *
 * @throws RealtimeError `token.*` or `config.*`
 */
export async function fetchToken(request: TokenRequest): Promise<string> {
  const { clock, signal } = request;
  const expired = (): RealtimeError => new RealtimeError('token.timeout');
  return withDeadline(clock, TOKEN_DEADLINE_MS, expired, signal, async (limited) => {
    const ask = (): Promise<unknown> => answer({ ...request, signal: limited });
    let given = await ask();
    // A token that is over already comes from a cache on the way; the second one is used whatever it says, because a
    // clock that is wrong says the same of every token.
    if (isExpired(given, clock.now())) given = await ask();
    const seconds = number(asRecord(asRecord(given)?.['session']), 'max_duration_s');
    if (seconds && seconds > 0) request.cap(seconds);
    return readToken(given);
  });
}

async function answer(request: TokenRequest): Promise<unknown> {
  const { tokenProvider } = request.config;
  return tokenProvider ? fromProvider(request, tokenProvider) : fromEndpoint(request);
}

async function fromProvider(
  { reason, signal }: TokenRequest,
  provider: NonNullable<SessionConfig['tokenProvider']>,
): Promise<unknown> {
  try {
    return await abortable(Promise.resolve(provider({ reason, signal })), signal);
  } catch (error) {
    throw RealtimeError.from(error, 'token.provider_failed');
  }
}

async function fromEndpoint({ config, fetch, signal }: TokenRequest): Promise<unknown> {
  if (!config.tokenEndpoint) throw new RealtimeError('config.missing_endpoint');
  const url = requireSafeUrl(config.tokenEndpoint, 'token-endpoint');
  const { response, body } = await send(fetch, 'token', url, {
    ...wishes(config),
    credentials: config.credentials,
    signal,
  });
  if (response.ok) return parse(body);
  const code = STATUS_CODES[response.status] ?? serverOr(response.status);
  throw requestError(code, response, refusedWith(text(record(asRecord(parse(body)), 'error'), 'code')));
}

/** The model is bound to the token, so the page's wish for one goes to the endpoint, which is free to refuse it. */
function wishes({ model, voice, tokenHeaders }: Readonly<SessionConfig>): {
  headers: Headers;
  body?: string;
} {
  const headers = readHeaders(tokenHeaders);
  if (!model && !voice) return { headers };
  headers.set('Content-Type', 'application/json');
  return { headers, body: JSON.stringify({ ...(model && { model }), ...(voice && { voice }) }) };
}

const STATUS_CODES: Readonly<Record<number, ErrorCode>> = {
  401: 'token.unauthorized',
  403: 'token.forbidden',
  404: 'token.not_found',
  405: 'token.not_found',
  429: 'token.rate_limited',
};

function serverOr(status: number): ErrorCode {
  return status >= 500 ? 'token.server_error' : 'token.bad_response';
}

/** Endpoints answer JSON of some shape, a JSON string, or the bare token. */
function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body.trim();
  }
}

function isExpired(given: unknown, now: number): boolean {
  const source = asRecord(given);
  const seconds = number(source, 'expires_in');
  // Said so, it does not depend on the visitor's clock.
  if (seconds !== undefined) return seconds <= 0;
  const expiry = source?.['expires_at'] ?? asRecord(source?.['client_secret'])?.['expires_at'];
  return typeof expiry === 'number' && expiry > 0 && expiry * 1_000 <= now;
}

const FIELDS = [
  'value',
  'token',
  'client_secret',
  'ephemeralKey',
  'ephemeral_key',
  'key',
  'apiKey',
  'api_key',
] as const;

/**
 * The token in any of the shapes that endpoints answer with: GA's `{value}`, the beta's `{client_secret: {value}}`,
 * `{token}` and other hand-written ones, or bare text. The prefix `ek_` is not asked for, since gateways have their own.
 */
function readToken(given: unknown): string {
  const token = typeof given === 'string' ? given : tokenIn(asRecord(given));
  // One word, as a header can carry it: half of some JSON or a page of HTML is none.
  if (!token || !/^[!#-;=?-z|~]{1,8192}$/.test(token)) {
    throw new RealtimeError('token.bad_response');
  }
  if (token.startsWith('sk-')) {
    const error = new RealtimeError('token.standard_key_exposed');
    console.error('[realtime-voice]', error.message);
    throw error;
  }
  return token;
}

function tokenIn(source: JsonRecord | undefined): string | undefined {
  for (const field of FIELDS) {
    const token = text(source, field) ?? text(asRecord(source?.[field]), 'value');
    if (token) return token;
  }
  return undefined;
}
