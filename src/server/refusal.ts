/** Own error codes and their HTTP status. They are all a page ever learns of a failure. */
const STATUS = {
  invalid_body: 400,
  invalid_choice: 400,
  invalid_sdp: 400,
  unauthorized: 401,
  origin_not_allowed: 403,
  cross_site: 403,
  missing_header: 403,
  call_not_found: 404,
  method_not_allowed: 405,
  body_too_large: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
  too_many_calls: 429,
  aborted: 499,
  server_error: 500,
  server_misconfigured: 500,
  upstream_refused: 502,
  upstream_rejected: 502,
  upstream_bad_answer: 502,
  upstream_not_found: 502,
  model_not_found: 502,
  insufficient_quota: 502,
  limiter_unavailable: 503,
  timed_out: 503,
  upstream_busy: 503,
  upstream_unavailable: 503,
} as const satisfies Record<string, number>;

/** One of the codes in `{"error": {"code": …}}`. */
export type RefusalCode = keyof typeof STATUS;

const RETRY_AFTER_S = 5;
const MAX_RETRY_AFTER_S = 60;

/** What differs between refusals of one code. */
export interface RefusalDetails {
  /** Seconds; becomes `Retry-After`, within 1…60. 429 and 503 always have one: 5 unless given. */
  readonly retryAfter?: number | undefined;
  /** For the log only: says what the owner of the site may do. Holds no secret. */
  readonly hint?: string;
  /** `x-request-id` of the upstream answer, for the log. */
  readonly upstreamId?: string | undefined;
}

/** Thrown anywhere between a request and its answer; becomes the answer. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly status: number;
  readonly retryAfter: number | undefined;
  readonly hint: string | undefined;
  readonly upstreamId: string | undefined;

  constructor(code: RefusalCode, { retryAfter, hint, upstreamId }: RefusalDetails = {}) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.status = STATUS[code];
    const waits = this.status === 429 || this.status === 503;
    this.retryAfter = waits ? clamp(retryAfter ?? RETRY_AFTER_S) : undefined;
    this.hint = hint;
    this.upstreamId = upstreamId;
  }
}

function clamp(seconds: number): number {
  return Math.min(Math.max(Math.ceil(seconds), 1), MAX_RETRY_AFTER_S);
}
