/** How a request to the token or the calls endpoint goes wrong. */
export interface HttpFault {
  readonly status?: number;
  readonly body?: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Never answers. */
  readonly hang?: boolean;
  readonly delayMs?: number;
  /** Applies to this many requests of one scenario and run, then all is well. */
  readonly times?: number;
}

/** How a call behaves differently from the plain assistant. */
export interface Scenario {
  readonly token?: HttpFault;
  /** For how long a token lives, whatever its request wishes. */
  readonly tokenLifetimeS?: number;
  readonly calls?: HttpFault;
  /** What is done to the answer. */
  readonly answer?: 'unroutable' | 'no-candidates' | 'wrong-fingerprint';
  /** The form of the answer, as other servers have it. */
  readonly answerAs?: 'text' | 'json';
  /** Sends nothing at all. */
  readonly silent?: boolean;
  /** Accepts `session.update` without a word. */
  readonly unacknowledged?: boolean;
  readonly closeAfterMs?: number;
  readonly closeHow?: 'peer' | 'channel';
  /** How long the session may last. */
  readonly expiresInMs?: number;
  readonly transcription?: 'late' | 'failed' | 'empty' | 'never';
  readonly response?: 'stall' | 'fail';
  /** How long it thinks before it answers, and how long it goes on when it is interrupted. */
  readonly thinkMs?: number;
  readonly reactionMs?: number;
  /** `answers`: goes on by itself after an MCP call, or after the refusal of one. */
  readonly mcp?: 'list-fails' | 'call-fails' | 'answers';
  readonly dialect?: 'beta' | 'azure' | 'no-audio-events' | 'twice';
  /** Sends unreadable, binary, huge and unknown messages after `session.created`. */
  readonly garbage?: boolean;
  /** This many deltas a second, for ten seconds, after `session.created`. */
  readonly flood?: number;
}

function json(
  status: number,
  code: string,
  message: string,
  headers?: Readonly<Record<string, string>>,
): HttpFault {
  const type = status === 429 ? code : 'invalid_request_error';
  const body = JSON.stringify({ error: { message, type, code, param: null } });
  return { status, body, type: 'application/json', ...(headers && { headers }) };
}

const INCORRECT_KEY = json(401, 'invalid_api_key', 'Incorrect API key provided: ek_l***.');
const OUT_OF_ORDER = json(500, 'server_error', 'The server had an error while processing your request.');
const RATE_LIMIT = 'Rate limit reached.';
const elsewhere = (location: string): HttpFault => ({
  status: 307,
  body: '',
  headers: { Location: location },
});

/** What goes wrong before there is a token. */
const TOKEN_FAULTS: Readonly<Record<string, Scenario>> = {
  'token-401': { token: json(401, 'unauthorized', 'Who are you?') },
  'token-403': { token: json(403, 'forbidden', 'Not from here.') },
  'token-404': { token: json(404, 'not_found', 'Nothing here.') },
  'token-429': { token: { ...json(429, 'rate_limited', 'Slow down.', { 'Retry-After': '1' }), times: 1 } },
  'token-500': { token: json(500, 'server_error', 'Out of order.') },
  'token-500-once': { token: { ...json(500, 'server_error', 'Out of order.'), times: 1 } },
  'token-html': { token: { body: '<!doctype html><title>Welcome</title>', type: 'text/html' } },
  'token-empty': { token: { body: '{}', type: 'application/json' } },
  'token-huge': {
    token: { body: JSON.stringify({ value: 'x'.repeat(1_000_000) }), type: 'application/json' },
  },
  'token-hang': { token: { hang: true } },
  'token-slow': { token: { delayMs: 1_000 } },
  'token-redirect': { token: elsewhere('/token') },
  'token-standard-key': {
    token: { body: JSON.stringify({ value: 'sk-proj-canary0000000000' }), type: 'application/json' },
  },
  'token-expired': { tokenLifetimeS: -60 },
};

/** What goes wrong when a call is asked for. */
const CALLS_FAULTS: Readonly<Record<string, Scenario>> = {
  'calls-400': { calls: json(400, 'invalid_value', 'The session is not valid.') },
  'calls-401': { calls: INCORRECT_KEY },
  'calls-401-once': { calls: { ...INCORRECT_KEY, times: 1 } },
  'calls-403': { calls: json(403, 'model_not_found', 'Project does not have access to model.') },
  'calls-429': { calls: json(429, 'rate_limit_exceeded', RATE_LIMIT) },
  'calls-429-once': {
    calls: { ...json(429, 'rate_limit_exceeded', RATE_LIMIT, { 'Retry-After': '1' }), times: 1 },
  },
  'calls-429-absurd': {
    calls: json(429, 'rate_limit_exceeded', RATE_LIMIT, { 'Retry-After': '1000000000' }),
  },
  'calls-quota': { calls: json(429, 'insufficient_quota', 'You exceeded your current quota.') },
  'calls-500': { calls: OUT_OF_ORDER },
  'calls-500-once': { calls: { ...OUT_OF_ORDER, times: 1 } },
  'calls-html': { calls: { body: '<html><body>Sign in to the network</body></html>', type: 'text/html' } },
  'calls-garbage': { calls: { status: 201, body: 'v=0\r\nthis is not sdp', type: 'application/sdp' } },
  'calls-huge': { calls: { status: 201, body: 'v=0\r\n'.repeat(1_000_000), type: 'application/sdp' } },
  'calls-hang': { calls: { hang: true } },
  'calls-slow': { calls: { delayMs: 1_500 } },
  'calls-redirect': { calls: elsewhere('/v1/realtime/calls') },
  'answer-text': { answerAs: 'text' },
  'answer-json': { answerAs: 'json' },
  unroutable: { answer: 'unroutable' },
  'no-candidates': { answer: 'no-candidates' },
  'wrong-fingerprint': { answer: 'wrong-fingerprint' },
};

/** What goes wrong, or only differently, during a call. */
const CALL_FAULTS: Readonly<Record<string, Scenario>> = {
  silent: { silent: true },
  unacknowledged: { unacknowledged: true },
  'peer-close': { closeAfterMs: 1_000, closeHow: 'peer' },
  'channel-close': { closeAfterMs: 1_000, closeHow: 'channel' },
  expired: { expiresInMs: 1_000 },
  'expires-soon': { expiresInMs: 125_000 },
  'late-transcription': { transcription: 'late' },
  'failed-transcription': { transcription: 'failed' },
  'empty-transcription': { transcription: 'empty' },
  'no-transcription': { transcription: 'never' },
  'response-stalls': { response: 'stall' },
  'response-fails': { response: 'fail' },
  leisurely: { thinkMs: 1_000, reactionMs: 1_000 },
  'mcp-list-fails': { mcp: 'list-fails' },
  'mcp-call-fails': { mcp: 'call-fails' },
  'mcp-answers': { mcp: 'answers' },
  beta: { dialect: 'beta' },
  azure: { dialect: 'azure' },
  'no-audio-events': { dialect: 'no-audio-events' },
  twice: { dialect: 'twice' },
  garbage: { garbage: true },
  flood: { flood: 1_000 },
};

/** Behaviours that a token can carry. README.md says what each is for. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  normal: {},
  ...TOKEN_FAULTS,
  ...CALLS_FAULTS,
  ...CALL_FAULTS,
};

/** Whether there is a scenario of that name. */
export function isScenario(name: string): boolean {
  return Object.hasOwn(scenarios, name);
}

/** The scenario of that name; the plain assistant for any other. */
export function scenarioNamed(name: string): Scenario {
  return isScenario(name) ? (scenarios[name] ?? {}) : {};
}
