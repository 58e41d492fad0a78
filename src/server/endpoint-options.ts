import type { Limits } from './limits.js';
import type { LogEntry } from './log.js';
import type { SessionOptions } from './session-plan.js';
import type { Store } from './store.js';

/** What a platform knows of a request beside the request. */
export interface RequestContext {
  /** Where the visitor comes from, as the platform says. Never from a header that visitors can write themselves. */
  readonly address?: string | null | undefined;
}

/** Answers requests; never rejects. */
export type Handler = (request: Request, context?: RequestContext) => Promise<Response>;

/** The visitor's user id (an empty or missing one refuses), no user, a refusal (`false`, 401), or an answer of the site's own. */
export type Verdict = { readonly user: string } | boolean | Response;

/** What both endpoints take. */
export interface EndpointOptions extends SessionOptions {
  /** OpenAI's standard key, from the environment; as a function it is read for each request. Never leaves the server. */
  readonly apiKey: string | undefined | (() => string | undefined);
  /**
   * Pages that may ask, as exact origins: `['https://example.com']`. https, or http on localhost.
   * Default: only pages of the endpoint's own origin, which a list has to name, too.
   */
  readonly origins?: readonly string[] | undefined;
  /**
   * Who asks: read a cookie or a header here, never the body. What it throws refuses.
   * Default: everybody on the origins above, counted by address.
   */
  readonly authorize?: ((request: Request) => Verdict | Promise<Verdict>) | undefined;
  /** How often one visitor may ask. */
  readonly limits?: Limits | undefined;
  /** Where limits are counted. Default: `memoryStore()`, which is for one process. */
  readonly store?: Store | undefined;
  /**
   * Makes the hashes under which users and addresses are known to the store, the log and OpenAI, and seals call handles.
   * Default: the API key, so that both change when that is replaced. OpenAI knows that one: set a secret of your own where
   * user ids can be guessed.
   */
  readonly salt?: string | undefined;
  /**
   * For how long a call may last, in seconds: the session endpoint hangs up then (more than 0, at most a day); the
   * token endpoint only tells the page, which ends the call (0: no limit). Default: 600.
   */
  readonly maxDuration?: number | undefined;
  /** Further request headers that pages of other origins send, as in `tokenHeaders`: `['Authorization']`. Default: none. */
  readonly headers?: readonly string[] | undefined;
  /** The whole time an answer may take, in milliseconds. Default: 8000. */
  readonly timeoutMs?: number | undefined;
  /** Gets one entry per request. Default: nothing is logged. */
  readonly log?: ((entry: LogEntry) => void) | undefined;
  /** Base URL of the Realtime API, for Azure and gateways. Default: `https://api.openai.com/v1`. */
  readonly upstream?: string | undefined;
}
