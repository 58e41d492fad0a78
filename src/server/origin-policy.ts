import { Refusal } from './refusal.js';

/** Who may ask: decided from headers that a page cannot set. Scripts outside browsers can, so limits remain the real guard. */
export interface OriginPolicy {
  /** Whether a page of the request's `Origin` may read the answer. */
  allows(request: Request): boolean;
  /** @throws Refusal unless a page of an allowed origin sent this by `fetch`, with the preflight-forcing header */
  check(request: Request): void;
}

/** What the element sends with each request: no form can, so browsers ask first when the origins differ. */
export const MARK_HEADER = 'X-Realtime-Voice';

/**
 * A policy for the listed origins, or for the endpoint's own when there is no list.
 *
 * @throws TypeError for anything but `https://host[:port]` and `http://localhost[:port]`; `*` is no origin
 */
export function originPolicy(origins?: readonly string[]): OriginPolicy {
  const listed = origins && new Set(origins.map(requireOrigin));
  const allows = (request: Request): boolean => {
    const origin = request.headers.get('Origin');
    if (origin === null) return false;
    return listed ? listed.has(origin) : isSameOrigin(origin, request.url);
  };
  return {
    allows,
    check(request) {
      if (!allows(request)) throw new Refusal('origin_not_allowed', { hint: ORIGIN_HINT });
      checkFetchMetadata(request.headers, listed !== undefined);
      if (request.headers.get(MARK_HEADER) !== '1') throw new Refusal('missing_header');
    },
  };
}

const ORIGIN_HINT =
  'List the page’s origin in `origins`. Without a list only the origin of the request’s own URL passes, ' +
  'which a proxy that changes the Host header hides.';

function requireOrigin(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : null;
  const exact = url !== null && url.href === `${url.origin}/` && !url.hostname.includes('*');
  if (exact && isSecure(url)) return url.origin;
  throw new TypeError(`origins: "${value}" is not an exact origin such as "https://example.com".`);
}

/**
 * Compares hosts rather than whole origins, since TLS often ends before this server and its own URL then says http.
 * The page's origin must be secure all the same: that is what keeps a rebound DNS name with a Host of its own out.
 */
function isSameOrigin(origin: string, requestUrl: string): boolean {
  const page = URL.canParse(origin) ? new URL(origin) : null;
  return page !== null && page.origin === origin && isSecure(page) && page.host === new URL(requestUrl).host;
}

/** https, or http to the machine itself. */
export function isSecure({ protocol, hostname }: URL): boolean {
  const local = /^(localhost|127(\.\d+){3}|\[::1\]|.+\.localhost)$/.test(hostname);
  return protocol === 'https:' || (protocol === 'http:' && local);
}

/** Browsers add these to every request and let no page set them; older browsers and other clients send none. */
function checkFetchMetadata(headers: Headers, crossOrigin: boolean): void {
  const site = headers.get('Sec-Fetch-Site') ?? 'same-origin';
  const mode = headers.get('Sec-Fetch-Mode') ?? 'cors';
  const sites = crossOrigin ? ['same-origin', 'same-site', 'cross-site'] : ['same-origin'];
  if (!sites.includes(site) || !['cors', 'same-origin'].includes(mode)) throw new Refusal('cross_site');
}
