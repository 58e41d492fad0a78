import { isSecure } from './origin-policy.js';
import { readText } from './read-text.js';
import { Refusal, type RefusalDetails } from './refusal.js';

const OPENAI_URL = 'https://api.openai.com/v1';
const MAX_ANSWER = 65_536;
const RETRY_DELAY_MS = { least: 100, most: 300 };

/** A request to the Realtime API. */
export interface UpstreamRequest {
  /** Below the base URL, for example `/realtime/calls`. Never made of what a visitor sent, except sealed call ids. */
  readonly path: string;
  readonly apiKey: string;
  readonly body?: NonNullable<RequestInit['body']>;
  readonly headers?: Readonly<Record<string, string>>;
  /** The hashed user, by which OpenAI can single out one abuser instead of the whole site. */
  readonly safetyId?: string | null;
  /** Its reason must be a `Refusal`. */
  readonly signal: AbortSignal;
  /** Whether a second try after a fault of the network or the server is harmless. At most one is made. */
  readonly repeatable?: boolean;
}

/** A successful answer, whole. */
export interface UpstreamAnswer {
  readonly body: string;
  readonly location: string | null;
  readonly requestId: string | undefined;
}

/** POSTs to the Realtime API. @throws Refusal in the site's own codes; what the API wrote goes nowhere */
export type Upstream = (request: UpstreamRequest) => Promise<UpstreamAnswer>;

/**
 * Binds the base URL, which no request can change.
 *
 * @throws TypeError unless it is https, or http on localhost
 */
export function createUpstream(baseUrl: string = OPENAI_URL): Upstream {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  if (!url || !isSecure(url)) throw new TypeError('upstream: must be an https URL, or http on localhost.');
  const base = url.href.replace(/\/+$/, '');
  return async (request) => {
    const first = await attempt(base, request);
    if (first.kind === 'answer') return first.answer;
    if (!first.mayRepeat || !request.repeatable) throw first.refusal;
    await pause(request.signal);
    const second = await attempt(base, request);
    if (second.kind === 'answer') return second.answer;
    throw second.refusal;
  };
}

type Attempt =
  | { readonly kind: 'answer'; readonly answer: UpstreamAnswer }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly mayRepeat: boolean };

async function attempt(base: string, request: UpstreamRequest): Promise<Attempt> {
  try {
    const response = await post(base, request);
    const body = await readText(response, MAX_ANSWER, request.signal);
    return judge(response, body);
  } catch (error) {
    if (request.signal.aborted) throw request.signal.reason;
    const hint = `The upstream could not be reached (${error instanceof Error ? error.name : 'unknown'}).`;
    return { kind: 'refused', refusal: new Refusal('upstream_unavailable', { hint }), mayRepeat: true };
  }
}

function post(
  base: string,
  { path, apiKey, safetyId, body, headers, signal }: UpstreamRequest,
): Promise<Response> {
  const url = base + path;
  return fetch(url, {
    method: 'POST',
    headers: {
      ...headers,
      ...authorization(url, apiKey),
      ...(safetyId && { 'OpenAI-Safety-Identifier': safetyId }),
    },
    ...(body !== undefined && { body }),
    signal,
    // Redirects are refused. Not by 'error', which Cloudflare Workers do not know: a 3xx is simply no success.
    redirect: 'manual',
  });
}

/** Azure takes its keys in a header of its own. */
export function authorization(url: string, apiKey: string): Record<string, string> {
  return new URL(url).hostname.endsWith('.azure.com')
    ? { 'api-key': apiKey }
    : { Authorization: `Bearer ${apiKey}` };
}

function judge(response: Response, body: string | null): Attempt {
  const { status, headers } = response;
  const requestId = safeId(headers.get('x-request-id'));
  if (response.ok && body !== null) {
    return { kind: 'answer', answer: { body, location: headers.get('Location'), requestId } };
  }
  const retryAfter = seconds(headers.get('Retry-After'));
  const details = { retryAfter, upstreamId: requestId, hint: `The upstream answered with status ${status}.` };
  // A server that names a time asks for patience: then the visitor's browser waits instead of us.
  return {
    kind: 'refused',
    refusal: refusalFor(status, errorCode(body), details),
    mayRepeat: status >= 500 && retryAfter === undefined,
  };
}

function refusalFor(status: number, code: string, details: RefusalDetails): Refusal {
  if (code === 'insufficient_quota') return new Refusal(code, details);
  if (code === 'model_not_found' || code === 'invalid_model') return new Refusal('model_not_found', details);
  if (status === 401 || status === 403) {
    return new Refusal('upstream_refused', { ...details, hint: 'The upstream refused the API key.' });
  }
  if (status === 404) return new Refusal('upstream_not_found', details);
  if (status === 429) return new Refusal('upstream_busy', details);
  if (status >= 500) return new Refusal('upstream_unavailable', details);
  return new Refusal(status >= 400 ? 'upstream_rejected' : 'upstream_bad_answer', details);
}

/** The API's own code, to be compared with a few known ones and then forgotten. */
function errorCode(body: string | null): string {
  try {
    const code: unknown = JSON.parse(body ?? '')?.error?.code;
    return typeof code === 'string' ? code : '';
  } catch {
    return '';
  }
}

function seconds(retryAfter: string | null): number | undefined {
  return retryAfter !== null && /^\d{1,9}$/.test(retryAfter.trim()) ? Number(retryAfter) : undefined;
}

function safeId(id: string | null): string | undefined {
  return id !== null && /^[\w-]{1,100}$/.test(id) ? id : undefined;
}

/** A short random pause, so that the second tries of many requests do not arrive together. */
function pause(signal: AbortSignal): Promise<void> {
  const { least, most } = RETRY_DELAY_MS;
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(
      () => {
        signal.removeEventListener('abort', stop);
        resolve();
      },
      least + Math.random() * (most - least),
    );
    signal.addEventListener('abort', stop, { once: true });
  });
}
