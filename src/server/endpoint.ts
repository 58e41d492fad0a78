/**
 * What both endpoints have in common: who may ask, how often, in what time, with which answer and which log line. What
 * they do for an admitted visitor is a route. Knows Web APIs only, and nothing of the rest of the package: it runs
 * wherever `fetch` handlers run.
 */
import { addressUnit } from './address.js';
import { withDeadline, within } from './deadline.js';
import type { EndpointOptions, Handler, RequestContext, Verdict } from './endpoint-options.js';
import type { Limiter, LimitKey } from './limits.js';
import { report, type LogEntry } from './log.js';
import { MARK_HEADER, originPolicy, type OriginPolicy } from './origin-policy.js';
import { Refusal } from './refusal.js';
import { refuse, seal } from './reply.js';
import { secretsFrom, type Secrets } from './secrets.js';

const TIMEOUT_MS = 8_000;

/** An admitted request. */
export interface Visit {
  readonly request: Request;
  readonly apiKey: string;
  readonly secrets: Secrets;
  /** As `authorize` named it; goes nowhere but into the site's own `session` function. */
  readonly user: string | null;
  /** HMAC of the user. */
  readonly pseudonym: string | null;
  /** Under which names the visitor is counted; never empty. */
  readonly keys: readonly LimitKey[];
  /** Aborts with a `Refusal` when the visitor leaves or the time is up. */
  readonly signal: AbortSignal;
  /** Told for the log. */
  upstreamId: string | undefined;
}

/** What to do for one method. */
export interface Route {
  /** The media type of the body; `null` when there is none to speak of. */
  readonly accepts: string | null;
  /** Whether the type may be missing, for requests without a body. */
  readonly optional?: boolean;
  /** Counted apart from other routes of another scope. */
  readonly scope: string;
  /** Whether it is done even when the visitor has gone meanwhile. */
  readonly unattended?: boolean;
  readonly answer: (visit: Visit) => Promise<Response>;
}

/** Builds a handler of the routes, by method. */
export function createEndpoint(
  kind: LogEntry['endpoint'],
  options: EndpointOptions,
  limiter: Limiter,
  routes: Readonly<Record<string, Route>>,
): Handler {
  const policy = originPolicy(options.origins);
  const methods = [...Object.keys(routes), 'OPTIONS'].join(', ');
  const deadline = options.timeoutMs ?? TIMEOUT_MS;
  return async (request, context) => {
    const started = Date.now();
    const seen: Seen = { apiKey: '', pseudonym: null, visit: undefined, refusal: undefined };
    const origin = policy.allows(request) ? request.headers.get('Origin') : null;
    const route = Object.hasOwn(routes, request.method) ? routes[request.method] : undefined;
    const visitor = route?.unattended ? new AbortController().signal : request.signal;
    const response = await withDeadline(visitor, deadline, async (signal) => {
      if (request.method === 'OPTIONS') return preflight(request, policy, methods, options.headers ?? []);
      if (!route) throw new Refusal('method_not_allowed');
      const visit = await admit({ request, context, signal, options, policy, limiter, route, seen });
      return visit instanceof Response ? visit : route.answer(visit);
    }).catch((error: unknown) => {
      seen.refusal = asRefusal(error);
      return refuse(seen.refusal);
    });
    if (seen.refusal?.code === 'method_not_allowed') response.headers.set('Allow', methods);
    report(options.log, entryFor(kind, request, response, seen, started), seen.apiKey);
    return seal(response, origin);
  };
}

/** What is known of a request by the time it is logged. */
interface Seen {
  apiKey: string;
  pseudonym: string | null;
  visit: Visit | undefined;
  refusal: Refusal | undefined;
}

interface Admission {
  readonly request: Request;
  readonly context: RequestContext | undefined;
  readonly signal: AbortSignal;
  readonly options: EndpointOptions;
  readonly policy: OriginPolicy;
  readonly limiter: Limiter;
  readonly route: Route;
  readonly seen: Seen;
}

/** Cheapest checks first: a foreign page costs no hash, no store and no upstream. */
async function admit(admission: Admission): Promise<Visit | Response> {
  const { request, context, signal, options, policy, limiter, route, seen } = admission;
  policy.check(request);
  checkType(request, route);
  const apiKey = requireKey(options);
  seen.apiKey = apiKey;
  const secrets = secretsFrom(options.salt ?? apiKey);
  const address = addressUnit(context?.address);
  const addressKey = address === null ? null : await keyFor(secrets, 'address', address);
  if (addressKey) await limiter.count(route.scope, addressKey, signal);

  const verdict = await within(signal, Promise.resolve(options.authorize?.(request) ?? !options.authorize));
  if (verdict instanceof Response) return verdict;
  const user = userOf(verdict);
  const userKey = user === null ? null : await keyFor(secrets, 'user', user);
  const pseudonym = userKey?.name ?? null;
  seen.pseudonym = pseudonym;
  const unknown = addressKey || userKey ? null : await keyFor(secrets, 'address', 'unknown');
  if (unknown) warnOfUnknown();
  for (const key of [userKey, unknown]) if (key) await limiter.count(route.scope, key, signal);

  const keys = [userKey, addressKey, unknown].filter((key) => key !== null);
  seen.visit = { request, apiKey, secrets, user, pseudonym, keys, signal, upstreamId: undefined };
  return seen.visit;
}

/** Whoever names a user without a name has looked for one in vain. */
function userOf(verdict: Exclude<Verdict, Response>): string | null {
  if (verdict === true) return null;
  const user: unknown = verdict ? verdict.user : undefined;
  if (typeof user !== 'string' || user === '') throw new Refusal('unauthorized');
  return user;
}

let warned = false;

function warnOfUnknown(): void {
  if (warned) return;
  warned = true;
  console.warn(
    '[realtime-voice] A request came without an address, so all such visitors share one limit. ' +
      'Give the handler what your platform knows: handler(request, { address }).',
  );
}

async function keyFor(secrets: Secrets, kind: LimitKey['kind'], value: string): Promise<LimitKey> {
  return { kind, name: await secrets.pseudonym(kind, value) };
}

function checkType({ headers }: Request, { accepts, optional }: Route): void {
  const type = headers.get('Content-Type')?.split(';')[0]?.trim().toLowerCase();
  const missing = type === undefined && optional;
  if (accepts !== null && type !== accepts && !missing) throw new Refusal('unsupported_media_type');
}

/** The key of this moment. @throws Refusal `server_misconfigured` */
export function requireKey({ apiKey }: EndpointOptions): string {
  const key = typeof apiKey === 'function' ? apiKey() : apiKey;
  // Also keeps characters out that `fetch` would quote in its complaint about a bad header.
  if (key && /^[\x21-\x7e]+$/.test(key)) return key;
  throw new Refusal('server_misconfigured', {
    hint: '`apiKey` is missing: is its environment variable set?',
  });
}

function preflight(
  request: Request,
  policy: OriginPolicy,
  methods: string,
  headers: readonly string[],
): Response {
  if (!policy.allows(request)) throw new Refusal('origin_not_allowed');
  return new Response(null, {
    status: 204,
    headers: {
      'Access-Control-Allow-Methods': methods,
      'Access-Control-Allow-Headers': ['Content-Type', MARK_HEADER, ...headers].join(', '),
      'Access-Control-Max-Age': '600',
    },
  });
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  // The name only: messages of foreign errors may quote anything.
  return new Refusal('server_error', { hint: error instanceof Error ? error.name : 'unknown' });
}

function entryFor(
  endpoint: LogEntry['endpoint'],
  { method, headers }: Request,
  { status }: Response,
  { pseudonym, visit, refusal }: Seen,
  started: number,
): LogEntry {
  const origin = headers.get('Origin');
  const upstreamId = refusal?.upstreamId ?? visit?.upstreamId;
  return {
    at: new Date(started).toISOString(),
    id: crypto.randomUUID(),
    endpoint,
    event: 'request',
    code: refusal?.code ?? 'ok',
    ms: Date.now() - started,
    method,
    status,
    ...(origin !== null && { origin }),
    ...(pseudonym !== null && { user: pseudonym }),
    ...(upstreamId !== undefined && { upstreamId }),
    ...(refusal?.hint !== undefined && { hint: refusal.hint }),
  };
}
