import type { ErrorCode } from './error-codes.js';
import { RealtimeError } from './realtime-error.js';

/** Longer answers are no token and no SDP. */
const MAX_BODY = 65_536;

/** The two kinds of requests; each has its own family of error codes. */
export type RequestFamily = 'token' | 'signaling';

/** What may differ between requests. */
export interface RequestOptions {
  /** Default POST. */
  readonly method?: 'POST' | 'DELETE';
  /** Goes out even though the page goes away. */
  readonly keepalive?: boolean;
  readonly headers?: HeadersInit | undefined;
  readonly body?: string;
  readonly credentials?: RequestCredentials | undefined;
  readonly signal?: AbortSignal;
  /** Off for requests to servers whose CORS allows two headers only. */
  readonly marked?: boolean;
}

/**
 * Sends and reads the answer, which is empty when it is longer than 64 kB. Redirects are refused: a token or an offer goes
 * where the page said.
 *
 * @throws RealtimeError `<family>.network`, or what the signal was aborted with
 */
export async function send(
  fetch: typeof globalThis.fetch,
  family: RequestFamily,
  url: URL,
  { headers, credentials = 'same-origin', marked = true, method = 'POST', ...rest }: RequestOptions,
): Promise<{ response: Response; body: string }> {
  const sent = new Headers(headers);
  // Makes browsers ask permission first, so that no foreign page can order a token with a plain form.
  if (marked) sent.set('X-Realtime-Voice', '1');
  try {
    const init = { ...rest, method, headers: sent, credentials } as const;
    const response = await fetch(url, { ...init, redirect: 'error', cache: 'no-store' });
    return { response, body: await readBody(response) };
  } catch (error) {
    if (rest.signal?.aborted) throw RealtimeError.from(rest.signal.reason, 'lifecycle.aborted');
    throw new RealtimeError(`${family}.network`, { cause: error });
  }
}

/** The page's own headers. @throws RealtimeError `config.invalid_value` for what no header can carry */
export function readHeaders(given: HeadersInit | undefined): Headers {
  try {
    return new Headers(given);
  } catch (cause) {
    throw new RealtimeError('config.invalid_value', {
      cause,
      detail: 'tokenHeaders has what no header can carry.',
    });
  }
}

async function readBody(response: Response): Promise<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let body = '';
  for (let chunk = await reader?.read(); chunk && !chunk.done; chunk = await reader?.read()) {
    body += chunk.value;
    if (body.length <= MAX_BODY) continue;
    await reader?.cancel();
    // Cut off, it might still pass for a whole answer.
    return '';
  }
  return body;
}

/** For the developer: why an endpoint refused, where it says so in a word, as this package's own endpoints do. */
export function refusedWith(code: string | undefined): string | undefined {
  return code && /^[a-z_]{1,40}$/.test(code) ? `The endpoint refused: ${code}.` : undefined;
}

/** The error for an answer that is not `ok`. The body stays out of it. */
export function requestError(code: ErrorCode, response: Response, detail?: string): RealtimeError {
  return new RealtimeError(code, { status: response.status, retryAfterMs: retryAfter(response), detail });
}

/** `Retry-After` in milliseconds, from seconds or a date. Unreadable across origins unless exposed. */
export function retryAfter(response: Response, now: number = Date.now()): number | undefined {
  const header = response.headers.get('Retry-After');
  if (!header) return undefined;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - now;
  return ms >= 0 ? ms : undefined;
}

/** The URL, when a secret may travel to it. */
export function requireSafeUrl(url: string, name: string): URL {
  const base = (globalThis as { document?: { baseURI: string } }).document?.baseURI;
  let parsed: URL;
  try {
    parsed = new URL(url, base);
  } catch {
    throw new RealtimeError('config.invalid_url', { detail: `${name} is not a URL.` });
  }
  const local = /^(localhost|127(\.\d+){3}|\[::1\]|.*\.localhost)$/.test(parsed.hostname);
  if (parsed.protocol === 'https:' || (parsed.protocol === 'http:' && local)) return parsed;
  throw new RealtimeError('config.invalid_url', { detail: `${name} must be https, or http on localhost.` });
}
