import { createCallEnder, type CallEnderOptions } from './call-ender.js';
import { within } from './deadline.js';
import { createEndpoint, type Visit } from './endpoint.js';
import type { EndpointOptions, Handler } from './endpoint-options.js';
import { createLimiter } from './limits.js';
import { readText } from './read-text.js';
import { Refusal } from './refusal.js';
import { MAX_DURATION_HEADER } from './reply.js';
import { isVoiceOffer } from './sdp-offer.js';
import { sessionPlan } from './session-plan.js';
import { createUpstream, type UpstreamAnswer, type UpstreamRequest } from './upstream.js';

const MAX_OFFER = 32_768;
const DEFAULT_MAX_DURATION_S = 600;
/** Far beyond any session, and within what a timer can wait. */
const LONGEST_MS = 86_400_000;

/** What the session endpoint takes. */
export interface SessionHandlerOptions extends EndpointOptions, CallEnderOptions {}

/** Answers offers (`POST`) and hang-ups (`DELETE ?call_id=<handle>`); never rejects. */
export interface SessionHandler extends Handler {
  /** Ends the call of a handle, for a scheduler that outlives this process. Resolves to whether it is known to be over. */
  hangUp(handle: string): Promise<boolean>;
}

/**
 * The endpoint behind `session-endpoint` (broker mode): takes the browser's SDP offer and returns the answer, so that no
 * token reaches the page, and hangs up at `maxDuration`. The call's `Location` is a sealed handle, not OpenAI's id.
 * A widget that is hung up on before that calls again: whoever is to stay out is refused by `authorize`.
 *
 * @throws TypeError for options that no request could be served with; a missing key is answered with 500 instead
 */
export function createSessionHandler(options: SessionHandlerOptions): SessionHandler {
  const plan = sessionPlan(options);
  const upstream = createUpstream(options.upstream);
  const maxMs = (options.maxDuration ?? DEFAULT_MAX_DURATION_S) * 1_000;
  if (!(maxMs > 0 && maxMs <= LONGEST_MS))
    throw new TypeError('maxDuration: more than 0 seconds, at most a day.');
  const limiter = createLimiter('session', options);
  const ender = createCallEnder(options, upstream, limiter);

  const open = async (visit: Visit): Promise<Response> => {
    const offer = await readOffer(visit);
    const choices = plan.choose(visit.request.url);
    const session = await within(visit.signal, plan.build(choices, visit.user));
    const holder = crypto.randomUUID();
    await limiter.reserve(visit.keys, holder, maxMs, visit.signal);
    try {
      const answer = await upstream(callRequest(visit, offer, session));
      visit.upstreamId = answer.requestId;
      const { sdp, callId } = readAnswer(answer);
      const handle = await ender.watch(visit, { id: callId, holder }, Date.now() + maxMs);
      const headers = {
        'Content-Type': 'application/sdp',
        Location: `?call_id=${handle}`,
        [MAX_DURATION_HEADER]: String(maxMs / 1_000),
      };
      return new Response(sdp, { status: 201, headers });
    } catch (error) {
      await limiter.release(visit.keys, holder);
      throw error;
    }
  };

  const endpoint = createEndpoint('session', options, limiter, {
    POST: { accepts: 'application/sdp', scope: 'start', answer: open },
    DELETE: { accepts: null, scope: 'end', unattended: true, answer: ender.close },
  });
  return Object.assign(endpoint, { hangUp: ender.hangUp });
}

async function readOffer({ request, signal }: Visit): Promise<string> {
  const offer = await readText(request, MAX_OFFER, signal);
  if (offer === null) throw new Refusal('body_too_large');
  if (!isVoiceOffer(offer)) throw new Refusal('invalid_sdp');
  return offer;
}

function callRequest(visit: Visit, offer: string, session: object): UpstreamRequest {
  const body = new FormData();
  body.set('sdp', offer);
  body.set('session', JSON.stringify(session));
  // Not repeated: a call that was made although its answer got lost would be billed twice.
  const { apiKey, pseudonym: safetyId, signal } = visit;
  return { path: '/realtime/calls', apiKey, safetyId, body, signal };
}

/** Without an id the call could never be ended, so an answer that names none is none. */
function readAnswer({ body, location, requestId }: UpstreamAnswer): { sdp: string; callId: string } {
  const callId = callIdOf(location);
  if (body.startsWith('v=0') && callId !== null) return { sdp: body, callId };
  const hint =
    callId === null ? 'The upstream named no call id in `Location`.' : 'The upstream answer is not SDP.';
  throw new Refusal('upstream_bad_answer', { upstreamId: requestId, hint });
}

/** The last segment of the path, or the parameter that Azure is said to use. */
function callIdOf(location: string | null): string | null {
  if (location === null || !URL.canParse(location, 'https://upstream.invalid')) return null;
  const url = new URL(location, 'https://upstream.invalid');
  const id = url.searchParams.get('call_id') ?? url.pathname.split('/').at(-1) ?? '';
  return /^[\w-]{1,128}$/.test(id) ? id : null;
}
