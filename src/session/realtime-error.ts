import { errorCodes, type ErrorCode, type Retry } from './error-codes.js';

/** What is known beside the code. Nothing here may hold a key, a token, raw SDP or a raw provider body. */
export interface ErrorFacts {
  /** Replaces the standing hint where more is known, for example the name of a refused field. */
  readonly detail?: string | undefined;
  /** HTTP status, where there was one. */
  readonly status?: number | undefined;
  /** How long the server asked us to wait, in milliseconds. Nobody waits longer than a minute: then the call fails. */
  readonly retryAfterMs?: number | undefined;
  /** The `name` of the exception behind it. Its message is never taken: it may quote SDP or a key. */
  readonly cause?: unknown;
  readonly retry?: Retry | undefined;
  readonly fatal?: boolean | undefined;
}

/**
 * The only error of this package. `code` is for programs, the elements turn it into a sentence for visitors,
 * `hint` is for developers.
 */
export class RealtimeError extends Error {
  override readonly name = 'RealtimeError';
  readonly code: ErrorCode;
  readonly retry: Retry;
  /** True when the error ends (or has prevented) the call. */
  readonly fatal: boolean;
  readonly hint: string;
  readonly status?: number;
  readonly retryAfterMs?: number;
  readonly causeName?: string;

  constructor(code: ErrorCode, facts: ErrorFacts = {}) {
    const known = errorCodes[code];
    super(facts.detail ? `${code}: ${redact(facts.detail)}` : `${code}: ${known.hint}`);
    this.code = code;
    this.retry = facts.retry ?? known.retry;
    this.fatal = facts.fatal ?? known.fatal;
    this.hint = known.hint;
    if (facts.status !== undefined) this.status = facts.status;
    if (facts.retryAfterMs !== undefined) this.retryAfterMs = facts.retryAfterMs;
    const causeName = nameOf(facts.cause);
    if (causeName) this.causeName = causeName;
  }

  /** The error itself when it is one of ours, otherwise `code` with the name of what was thrown. */
  static from(thrown: unknown, code: ErrorCode = 'internal.error'): RealtimeError {
    return thrown instanceof RealtimeError ? thrown : new RealtimeError(code, { cause: thrown });
  }
}

/** The same error where the call goes on all the same. */
export function harmless({ code, message, causeName: name, ...facts }: RealtimeError): RealtimeError {
  const detail = message.slice(`${code}: `.length);
  return new RealtimeError(code, { ...facts, detail, cause: { name }, fatal: false });
}

const STRUCK = '[redacted]';

/** Where an offer or an answer begins, or a piece of one: what follows is of the same kind, however its lines end. */
const SDP = /\b(?:v=0|[acmo]=[a-z\d-]|candidate:\S|ice-(?:pwd|ufrag):)[^]*/i;
const KEYS = /\b(?:sk|ek)[-_][\w-]{4,}|\bBearer\s+\S+/gi;

/**
 * Servers quote what they were sent: keys, tokens and SDP in their words are struck out, the rest is cut at 500
 * characters. Tokens of gateways have no mark of their own, but are long, and no word has all of these characters.
 */
function redact(detail: string): string {
  const isToken = (run: string): boolean => [/[a-z]/, /[A-Z]/, /\d/].every((kind) => kind.test(run));
  return detail
    .replace(SDP, STRUCK)
    .replace(KEYS, STRUCK)
    .replace(/[\w.~+=-]{32,}/g, (run) => (isToken(run) ? STRUCK : run))
    .slice(0, 500);
}

function nameOf(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null) return undefined;
  const { name } = thrown as { name?: unknown };
  return typeof name === 'string' ? name : undefined;
}
