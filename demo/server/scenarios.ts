/** How a request to the token or the calls endpoint goes wrong. */
export interface HttpFault {
  readonly status?: number;
  readonly body?: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Never answers. */
  readonly hang?: boolean;
  readonly delayMs?: number;
  /** Applies to this many requests of one token (or, at the token endpoint, of one scenario), then all is well. */
  readonly times?: number;
}

/** How a call behaves differently from the plain assistant. */
export interface Scenario {
  readonly token?: HttpFault;
  readonly calls?: HttpFault;
  /** What is done to the answer. */
  readonly answer?: 'unroutable' | 'wrong-fingerprint';
  /** Sends nothing at all. */
  readonly silent?: boolean;
  /** Accepts `session.update` without a word. */
  readonly unacknowledged?: boolean;
  readonly closeAfterMs?: number;
  readonly closeHow?: 'peer' | 'channel';
  readonly expiresInMs?: number;
  readonly transcription?: 'late' | 'failed' | 'empty' | 'never';
  readonly response?: 'stall' | 'fail';
  readonly dialect?: 'beta' | 'azure' | 'no-audio-events';
  /** Sent after `session.created`, as they are. */
  readonly garbage?: boolean;
  /** This many deltas a second, for ten seconds, after `session.created`. */
  readonly flood?: number;
}

const json = (
  status: number,
  code: string,
  message: string,
  headers?: Record<string, string>,
): HttpFault => ({
  status,
  body: JSON.stringify({ error: { message, type: 'invalid_request_error', code, param: null } }),
  type: 'application/json',
  ...(headers && { headers }),
});

/** Behaviours that a token can carry. A plain token has none of them. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  'token-401': { token: json(401, 'unauthorized', 'Who are you?') },
  'token-403': { token: json(403, 'forbidden', 'Not from here.') },
  'token-404': { token: json(404, 'not_found', 'Nothing here.') },
  'token-429': { token: { ...json(429, 'rate_limited', 'Slow down.', { 'Retry-After': '1' }), times: 1 } },
  'token-500': { token: json(500, 'server_error', 'Out of order.') },
  'token-html': { token: { body: '<!doctype html><title>Welcome</title>', type: 'text/html' } },
  'token-empty': { token: { body: '{}', type: 'application/json' } },
  'token-hang': { token: { hang: true } },
  'token-slow': { token: { delayMs: 1_000 } },
  'token-standard-key': {
    token: { body: JSON.stringify({ value: 'sk-proj-canary0000000000' }), type: 'application/json' },
  },
  'calls-400': { calls: json(400, 'invalid_value', 'The session is not valid.') },
  'calls-401': { calls: json(401, 'invalid_api_key', 'Incorrect API key provided: ek_l***.') },
  'calls-401-once': { calls: { ...json(401, 'invalid_api_key', 'Incorrect API key provided.'), times: 1 } },
  'calls-403': { calls: json(403, 'model_not_found', 'Project does not have access to model.') },
  'calls-429': { calls: json(429, 'rate_limit_exceeded', 'Rate limit reached.') },
  'calls-quota': { calls: json(429, 'insufficient_quota', 'You exceeded your current quota.') },
  'calls-500': { calls: json(500, 'server_error', 'The server had an error.') },
  'calls-html': { calls: { body: '<html><body>Sign in to the network</body></html>', type: 'text/html' } },
  'calls-garbage': { calls: { status: 201, body: 'v=0\r\nthis is not sdp', type: 'application/sdp' } },
  'calls-hang': { calls: { hang: true } },
  'calls-slow': { calls: { delayMs: 1_500 } },
  unroutable: { answer: 'unroutable' },
  'wrong-fingerprint': { answer: 'wrong-fingerprint' },
  silent: { silent: true },
  unacknowledged: { unacknowledged: true },
  'peer-close': { closeAfterMs: 1_000, closeHow: 'peer' },
  'channel-close': { closeAfterMs: 1_000, closeHow: 'channel' },
  expired: { expiresInMs: 1_000 },
  'late-transcription': { transcription: 'late' },
  'failed-transcription': { transcription: 'failed' },
  'empty-transcription': { transcription: 'empty' },
  'no-transcription': { transcription: 'never' },
  'response-stalls': { response: 'stall' },
  'response-fails': { response: 'fail' },
  beta: { dialect: 'beta' },
  azure: { dialect: 'azure' },
  'no-audio-events': { dialect: 'no-audio-events' },
  garbage: { garbage: true },
  flood: { flood: 1_000 },
};

/** The scenario of that name; the plain assistant for any other. */
export function scenarioNamed(name: string): Scenario {
  return Object.hasOwn(scenarios, name) ? (scenarios[name] ?? {}) : {};
}
