import { Hono, type Context } from 'hono';
import { cors } from 'hono/cors';
import { Call } from '../call/call.js';
import { newId } from '../call/outgoing.js';
import { BadOffer } from '../media/peer.js';
import { PHRASES } from '../speech/phrases.js';
import type { Speech } from '../speech/speech.js';
import { scenarioNamed, type HttpFault } from '../scenarios.js';
import { applyFault, refuse } from './faults.js';
import { lab } from './lab.js';
import { mintAtOpenAI } from './openai.js';
import { Tokens, type Grant } from './tokens.js';

/** What the service needs. */
export interface AppOptions {
  readonly speech: Speech;
  /** With a key, tokens are minted at OpenAI and pages talk to OpenAI. */
  readonly apiKey?: string | undefined;
  /** Where OpenAI mints secrets. */
  readonly upstream?: string | undefined;
}

/** Everything that the service keeps. */
export interface ServiceState {
  readonly calls: Map<string, Call>;
  readonly counts: { token: number; calls: number };
  readonly speech: Speech;
}

const MAX_SDP = 65_536;

/** The HTTP side of the local realtime service. */
export function createApp({ speech, apiKey, upstream }: AppOptions): { app: Hono; state: ServiceState } {
  const state: ServiceState = { calls: new Map(), counts: { token: 0, calls: 0 }, speech };
  const tokens = new Tokens();
  const used = new Map<string, number>();
  const app = new Hono();
  app.use(
    cors({ origin: (origin) => origin, credentials: true, exposeHeaders: ['Location', 'Retry-After'] }),
  );
  app.onError((_, context) =>
    refuse(context, 500, 'server_error', 'The server had an error while processing your request.'),
  );
  app.notFound((context) => refuse(context, 404, 'not_found', 'Nothing is here.'));

  const faulty = async (
    context: Context,
    key: string,
    fault: HttpFault | undefined,
  ): Promise<Response | null> => {
    const times = used.get(key) ?? 0;
    if (!fault || times >= (fault.times ?? Infinity)) return null;
    used.set(key, times + 1);
    return applyFault(context, fault);
  };

  app.get('/about', (context) =>
    context.json({
      phrases: PHRASES,
      apiUrl: apiKey ? 'https://api.openai.com/v1/realtime/calls' : '/v1/realtime/calls',
    }),
  );
  app.post('/token', async (context) => {
    state.counts.token += 1;
    if (apiKey) return mintAtOpenAI(context, apiKey, upstream);
    const name = context.req.query('scenario') ?? 'normal';
    const fault = await faulty(
      context,
      `token ${name} ${context.req.query('run') ?? ''}`,
      scenarioNamed(name).token,
    );
    if (fault) return fault;
    const { value, grant } = tokens.mint(name.replace(/_/g, '-'), await sessionIn(context));
    const session = {
      type: 'realtime',
      object: 'realtime.session',
      model: 'local-assistant',
      ...grant.session,
    };
    return context.json({ value, expires_at: grant.expiresAt, session }, 200, {
      'Cache-Control': 'no-store',
    });
  });

  app.post('/v1/realtime/calls', async (context) => {
    state.counts.calls += 1;
    const bearer = /^Bearer (.+)$/.exec(context.req.header('Authorization') ?? '')?.[1];
    const grant = bearer ? tokens.verify(bearer) : null;
    if (!bearer || !grant)
      return refuse(context, 401, 'invalid_api_key', 'Missing or incorrect API key provided.');
    if (grant === 'expired') return refuse(context, 401, 'token_expired', 'The client secret has expired.');
    const fault = await faulty(context, `calls ${grant.scenario}`, scenarioNamed(grant.scenario).calls);
    if (fault) return fault;
    if (context.req.query('model')) {
      return refuse(
        context,
        400,
        'invalid_value',
        'The model is bound to the client secret and cannot be given here.',
        'model',
      );
    }
    return openCall(context, grant, state);
  });

  const hangUp = (context: Context): Response => {
    const call = state.calls.get(context.req.param('id') ?? '');
    if (!call) return refuse(context, 404, 'call_id_not_found', 'No call with this id.');
    call.end();
    return context.body(null, 200);
  };
  app.delete('/v1/realtime/calls/:id', hangUp);
  app.post('/v1/realtime/calls/:id/hangup', hangUp);
  app.route('/__lab', lab(state));
  return { app, state };
}

async function sessionIn(context: Context): Promise<Readonly<Record<string, unknown>>> {
  const body: unknown = await context.req.json().catch(() => null);
  const session = typeof body === 'object' && body !== null && 'session' in body ? body.session : null;
  return typeof session === 'object' && session !== null
    ? (session as Readonly<Record<string, unknown>>)
    : {};
}

async function openCall(context: Context, grant: Grant, state: ServiceState): Promise<Response> {
  const offer = await readOffer(context);
  if (!offer.sdp.startsWith('v=0') || offer.sdp.length > MAX_SDP) {
    return refuse(context, 400, 'invalid_offer', 'The request body is not an SDP offer.');
  }
  const id = newId('rtc');
  const call = new Call({
    id,
    scenarioName: grant.scenario,
    scenario: scenarioNamed(grant.scenario),
    session: { ...grant.session, ...offer.session },
    speech: state.speech,
    // Remembered for a while after its end, so that a test can ask what became of it.
    ended: () => setTimeout(() => state.calls.delete(id), 60_000).unref(),
  });
  state.calls.set(id, call);
  try {
    const answer = spoil(await call.peer.answer(offer.sdp), call.options.scenario.answer);
    const headers = { 'Content-Type': 'application/sdp', Location: `/v1/realtime/calls/${id}` };
    return context.body(answer, 201, headers);
  } catch (error) {
    call.end();
    if (error instanceof BadOffer)
      return refuse(context, 400, 'invalid_offer', 'The SDP offer cannot be answered.');
    throw error;
  }
}

async function readOffer(
  context: Context,
): Promise<{ sdp: string; session: Readonly<Record<string, unknown>> }> {
  if (!context.req.header('Content-Type')?.startsWith('multipart/form-data')) {
    return { sdp: await context.req.text(), session: {} };
  }
  const form = await context.req.parseBody();
  const part = async (name: string): Promise<string> => {
    const value = form[name];
    return value instanceof File ? value.text() : typeof value === 'string' ? value : '';
  };
  const session = JSON.parse((await part('session')) || '{}') as Readonly<Record<string, unknown>>;
  return { sdp: await part('sdp'), session };
}

/** An answer that leads nowhere. */
function spoil(sdp: string, how: 'unroutable' | 'wrong-fingerprint' | undefined): string {
  if (how === 'unroutable') return sdp.replace(/^(a=candidate:\S+ \d UDP \d+ )\S+ \d+/gim, '$1192.0.2.1 9');
  if (how === 'wrong-fingerprint') return sdp.replace(/^(a=fingerprint:sha-256 )../gim, '$100');
  return sdp;
}
