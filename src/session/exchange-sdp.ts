import { asRecord, record, text } from '../protocol/server-event.js';
import { withDeadline, type Clock } from './clock.js';
import type { ErrorCode } from './error-codes.js';
import { readHeaders, refusedWith, requestError, requireSafeUrl, send } from './http.js';
import { RealtimeError } from './realtime-error.js';
import type { SessionConfig } from './session-config.js';

/** Where OpenAI's GA interface takes the offer. */
export const OPENAI_CALLS_URL = 'https://api.openai.com/v1/realtime/calls';

const SDP_DEADLINE_MS = 10_000;

/** The other side's answer. */
export interface SdpAnswer {
  readonly sdp: string;
  readonly callId: string | null;
  /** After how many seconds the server hangs up, where it says so. */
  readonly maxDuration: number | null;
  /** Tells the page's own endpoint that the call is over; `null` where there is none to tell. */
  readonly hangUp: (() => void) | null;
}

/** What it takes to exchange an offer for an answer. */
export interface SdpExchange {
  readonly config: Readonly<SessionConfig>;
  /** `null` in broker mode, where the page's own endpoint holds the key. */
  readonly token: string | null;
  readonly offer: string;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * POSTs the offer to the session endpoint or to the API and gives the answer.
 *
 * @throws RealtimeError `signaling.*` or `config.invalid_url`
 */
export async function exchangeSdp({
  config,
  token,
  offer,
  fetch,
  clock,
  signal,
}: SdpExchange): Promise<SdpAnswer> {
  const url =
    token === null
      ? requireSafeUrl(config.sessionEndpoint ?? '', 'session-endpoint')
      : requireSafeUrl(config.apiUrl ?? OPENAI_CALLS_URL, 'api-url');
  const headers = readHeaders(token === null ? config.tokenHeaders : { Authorization: `Bearer ${token}` });
  const secrets = [...headers.values()];
  headers.set('Content-Type', 'application/sdp');
  const credentials = token === null ? config.credentials : 'omit';
  const expired = (): RealtimeError => new RealtimeError('signaling.timeout');
  const { response, body } = await withDeadline(clock, SDP_DEADLINE_MS, expired, signal, (limited) =>
    // OpenAI's CORS allows just these two headers, so the mark of our own endpoints stays out.
    send(fetch, 'signaling', url, {
      headers,
      body: offer,
      credentials,
      signal: limited,
      marked: token === null,
    }),
  );
  if (!response.ok) throw refusal(response, body, secrets, token === null);
  const sdp = readSdp(body);
  if (!sdp.startsWith('v=0')) throw new RealtimeError('signaling.bad_answer', { status: response.status });
  const location = response.headers.get('Location');
  // One that cannot be read is none: the call is as good without.
  const call = location && URL.canParse(location, url) ? new URL(location, url) : null;
  // What the endpoint made, where it is the endpoint itself that keeps it.
  const isKept = token === null && call?.origin === url.origin && call.pathname.startsWith(url.pathname);
  const hangUp = call && isKept ? () => endCall(fetch, call, headers, credentials) : null;
  const maxDuration = Number(response.headers.get('X-Realtime-Voice-Max-Duration')) || null;
  return { sdp, callId: call && callIdOf(call), maxDuration, hangUp };
}

/** Sent even when the page is going away. Nobody waits for it: without it the call ends at its own deadline. */
function endCall(
  fetch: SdpExchange['fetch'],
  call: URL,
  headers: Headers,
  credentials: RequestCredentials | undefined,
): void {
  headers.delete('Content-Type');
  const options = { method: 'DELETE', headers, credentials, keepalive: true } as const;
  send(fetch, 'signaling', call, options).catch(() => {});
}

/** Most servers answer with bare SDP, some with `{"sdp": …}`. */
function readSdp(body: string): string {
  if (!body.trimStart().startsWith('{')) return body.trimStart();
  try {
    return text(asRecord(JSON.parse(body)), 'sdp') ?? '';
  } catch {
    return '';
  }
}

/** The last segment of the path, or the `call_id` parameter that Azure uses. */
function callIdOf({ searchParams, pathname }: URL): string | null {
  return searchParams.get('call_id') ?? pathname.split('/').findLast((segment) => segment !== '') ?? null;
}

const STATUS_CODES: Readonly<Record<number, ErrorCode>> = {
  401: 'signaling.unauthorized',
  403: 'signaling.forbidden',
  404: 'signaling.model_unavailable',
  429: 'signaling.rate_limited',
};

/** The same of the page's own endpoint: there is no token at fault, and no model at an address where nothing answers. */
const ENDPOINT_CODES: Readonly<Record<number, ErrorCode>> = {
  401: 'token.unauthorized',
  404: 'token.not_found',
  405: 'token.not_found',
};

const PROVIDER_CODES: Readonly<Record<string, ErrorCode>> = {
  insufficient_quota: 'signaling.quota_exhausted',
  model_not_found: 'signaling.model_unavailable',
  invalid_model: 'signaling.model_unavailable',
};

/** The server's own code says more than the status; its message is quoted for the developer, the raw body never. */
function refusal(
  response: Response,
  body: string,
  secrets: readonly string[],
  isEndpoint: boolean,
): RealtimeError {
  const { status } = response;
  const { code, message } = providerError(body);
  const known =
    PROVIDER_CODES[code] ?? (isEndpoint ? ENDPOINT_CODES[status] : undefined) ?? STATUS_CODES[status];
  const fallback = status >= 500 ? 'signaling.server_error' : 'signaling.rejected';
  const words = message && without(secrets, message);
  return requestError(known ?? fallback, response, words ?? refusedWith(code));
}

/** Some quote what they were sent. What is shorter is no secret, and would be found in words. */
function without(secrets: readonly string[], words: string): string {
  const told = secrets.flatMap((secret) => secret.split(/\s+/)).filter(({ length }) => length >= 8);
  return told.reduce((clean, secret) => clean.replaceAll(secret, '[redacted]'), words);
}

function providerError(body: string): { code: string; message: string | undefined } {
  try {
    const source = asRecord(JSON.parse(body));
    const error = record(source, 'error');
    return { code: text(error, 'code') ?? '', message: text(error, 'message') ?? text(source, 'error') };
  } catch {
    return { code: '', message: undefined };
  }
}
