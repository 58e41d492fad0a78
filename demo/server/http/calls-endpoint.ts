import { Hono, type Context } from 'hono';
import { Call } from '../call/call.js';
import { isRefusal } from '../call/checks.js';
import { newId } from '../call/outgoing.js';
import { createSession } from '../call/session-object.js';
import { BadOffer } from '../media/peer.js';
import { scenarioNamed, type Scenario } from '../scenarios.js';
import type { ServiceState } from './app.js';
import { refuse, type Faults } from './faults.js';
import { readJson } from './read-json.js';
import type { Grant, Tokens } from './tokens.js';

/** Remembered for a while after its end, so that a test can ask what became of it. */
const REMEMBERED_MS = 60_000;

interface Offer {
  readonly sdp: string;
  /** `null` when it cannot be read. */
  readonly session: Readonly<Record<string, unknown>> | null;
}

/** Takes offers and ends calls, as `/v1/realtime/calls` does. */
export function callsEndpoint(state: ServiceState, tokens: Tokens, faults: Faults): Hono {
  const app = new Hono();
  app.post('/', async (context) => {
    state.counts.calls += 1;
    const bearer = /^Bearer (\S+)$/.exec(context.req.header('Authorization') ?? '')?.[1];
    const grant = bearer === undefined ? null : tokens.verify(bearer);
    if (!grant) return refuse(context, 401, 'invalid_api_key', 'Missing or incorrect API key provided.');
    if (grant === 'expired') return refuse(context, 401, 'token_expired', 'The client secret has expired.');
    const { calls } = scenarioNamed(grant.scenario);
    const fault = await faults.answer(context, `calls ${grant.scenario} ${grant.run}`, calls);
    if (fault) return fault;
    if (context.req.query('model') !== undefined) {
      const message = 'The model is bound to the client secret and cannot be given here.';
      return refuse(context, 400, 'invalid_value', message, 'model');
    }
    return openCall(context, grant, state);
  });
  const hangUp = (context: Context): Response => {
    const call = state.calls.get(context.req.param('id') ?? '');
    if (!call?.alive) return refuse(context, 404, 'call_id_not_found', 'No call with this id.');
    call.end();
    return context.body(null, 200);
  };
  app.delete('/:id', hangUp);
  app.post('/:id/hangup', hangUp);
  return app;
}

async function openCall(context: Context, grant: Grant, state: ServiceState): Promise<Response> {
  const offer = await readOffer(context);
  if (!offer) {
    const message = 'Expected application/sdp, or multipart/form-data with the parts sdp and session.';
    return refuse(context, 400, 'unsupported_content_type', message);
  }
  if (!offer.sdp.startsWith('v=0'))
    return refuse(context, 400, 'invalid_offer', 'The request body is not an SDP offer.', 'sdp');
  if (!offer.session)
    return refuse(context, 400, 'invalid_json', 'The session is not a JSON object.', 'session');
  const scenario = scenarioNamed(grant.scenario);
  const session = createSession({ ...grant.session, ...offer.session }, scenario.expiresInMs);
  if (isRefusal(session)) return refuse(context, 400, session.code, session.message, session.param);
  const id = newId('rtc');
  const call = new Call({
    id,
    scenarioName: grant.scenario,
    scenario,
    session,
    speech: state.speech,
    ended: () => setTimeout(() => state.calls.delete(id), REMEMBERED_MS).unref(),
  });
  state.calls.set(id, call);
  try {
    return answered(context, await call.peer.answer(heard(offer.sdp, scenario)), id, scenario);
  } catch (error) {
    call.end();
    if (!(error instanceof BadOffer)) throw error;
    return refuse(context, 400, 'invalid_offer', 'The SDP offer cannot be answered.', 'sdp');
  }
}

async function readOffer(context: Context): Promise<Offer | null> {
  const type = context.req.header('Content-Type') ?? '';
  if (type.startsWith('application/sdp')) return { sdp: await context.req.text(), session: {} };
  if (!type.startsWith('multipart/form-data')) return null;
  const form: Readonly<Record<string, unknown>> = await context.req.parseBody().catch(() => ({}));
  return { sdp: await part(form['sdp']), session: readJson(await part(form['session'])) };
}

async function part(value: unknown): Promise<string> {
  if (value instanceof File) return value.text();
  return typeof value === 'string' ? value : '';
}

function answered(context: Context, sdp: string, id: string, { answer, answerAs }: Scenario): Response {
  const spoiled = answer ? SPOILS[answer](sdp) : sdp;
  // Other servers answer with 200, without a Location, or in JSON.
  if (answerAs === 'text') return context.body(spoiled, 200, { 'Content-Type': 'text/plain' });
  if (answerAs === 'json') return context.json({ sdp: spoiled, session_id: id }, 201);
  const headers = { 'Content-Type': 'application/sdp', Location: `/v1/realtime/calls/${id}` };
  return context.body(spoiled, 201, headers);
}

/** An answer without a path is one from a server that finds none itself: its own checks would be answered. */
function heard(offer: string, { answer }: Scenario): string {
  const isPathless = answer === 'unroutable' || answer === 'no-candidates';
  return isPathless ? withoutCandidates(offer) : offer;
}

const withoutCandidates = (sdp: string): string => sdp.replace(/^a=candidate:.*\r?\n/gim, '');

/** Answers that lead nowhere. Browsers do not even try most ports below 1024. */
const SPOILS: Readonly<Record<NonNullable<Scenario['answer']>, (sdp: string) => string>> = {
  unroutable: (sdp) => sdp.replace(/^(a=candidate:\S+ \d UDP \d+ )\S+ \d+/gim, '$1192.0.2.1 50000'),
  'no-candidates': withoutCandidates,
  'wrong-fingerprint': (sdp) => sdp.replace(/^(a=fingerprint:sha-256 )../gim, '$100'),
};
