/**
 * The HTTP side: tokens, offers, and the lab that tests look into. It knows no media and no protocol of the channel;
 * a call begins here and lives in `call/`.
 */
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import type { Call } from '../call/call.js';
import { PHRASES } from '../speech/phrases.js';
import type { Speech } from '../speech/speech.js';
import { callsEndpoint } from './calls-endpoint.js';
import { Faults, refuse } from './faults.js';
import { lab } from './lab.js';
import { mintAtOpenAI } from './openai.js';
import { tokenEndpoint } from './token-endpoint.js';
import { Tokens } from './tokens.js';

/** What the service needs. */
export interface AppOptions {
  readonly speech: Speech;
  /** With a key, tokens are minted at OpenAI and pages talk to OpenAI. */
  readonly apiKey?: string | undefined;
  /** Base URL of the API that mints secrets; OpenAI's by default. */
  readonly upstream?: string | undefined;
}

/** Everything that the service keeps. */
export interface ServiceState {
  readonly calls: Map<string, Call>;
  readonly counts: { token: number; calls: number; held: number };
  readonly speech: Speech;
}

type App = Hono<{ Bindings: Partial<HttpBindings> }>;

const MAX_BODY = 65_536;
const OPENAI_CALLS = 'https://api.openai.com/v1/realtime/calls';

/** Makes the HTTP side and the state behind it. */
export function createApp({ speech, apiKey, upstream }: AppOptions): { app: App; state: ServiceState } {
  const state: ServiceState = { calls: new Map(), counts: { token: 0, calls: 0, held: 0 }, speech };
  const [tokens, faults] = [new Tokens(), new Faults(() => (state.counts.held += 1))];
  const app: App = new Hono();
  app.onError((_, context) =>
    refuse(context, 500, 'server_error', 'The server had an error while processing your request.'),
  );
  app.notFound((context) => refuse(context, 404, 'not_found', 'Nothing is here.'));
  const onError = (context: Parameters<typeof refuse>[0]): Response =>
    refuse(context, 413, 'request_too_large', `The body is longer than ${MAX_BODY} bytes.`);
  app.use(bodyLimit({ maxSize: MAX_BODY, onError }));
  app.post('/token', async (_, next) => {
    state.counts.token += 1;
    await next();
  });
  if (apiKey) {
    const mint = mintAtOpenAI(apiKey, upstream);
    app.all('/token', ({ req, env }) => mint(req.raw, { address: env.incoming?.socket.remoteAddress }));
  }
  // Below this line everything is pretence, and any page may have it.
  const exposeHeaders = ['Location', 'Retry-After'];
  app.use(cors({ origin: (origin) => origin, credentials: true, exposeHeaders }));
  app.get('/about', (context) =>
    context.json({ phrases: PHRASES, apiUrl: apiKey ? OPENAI_CALLS : '/v1/realtime/calls' }),
  );
  app.route('/token', tokenEndpoint(tokens, faults));
  app.route('/v1/realtime/calls', callsEndpoint(state, tokens, faults));
  app.route('/__lab', lab(state));
  return { app, state };
}
