import { Hono, type Context } from 'hono';
import { isObject, isRefusal } from '../call/checks.js';
import { createSession } from '../call/session-object.js';
import { isScenario, scenarioNamed } from '../scenarios.js';
import { refuse, type Faults } from './faults.js';
import { readJson } from './read-json.js';
import type { Tokens } from './tokens.js';

const LIFETIME_S = { default: 600, least: 10, most: 7_200 };

/**
 * Mints local tokens in the API's shape. The query's `scenario` chooses what becomes of the calls; a JSON body may hold
 * `session` and `expires_after`, as at OpenAI.
 */
export function tokenEndpoint(tokens: Tokens, faults: Faults): Hono {
  const app = new Hono();
  app.post('/', async (context) => {
    const scenario = context.req.query('scenario') ?? 'normal';
    const run = context.req.query('run') ?? '';
    if (!isScenario(scenario)) {
      return refuse(context, 400, 'invalid_value', `No scenario is called '${scenario}'.`, 'scenario');
    }
    const { token, tokenLifetimeS } = scenarioNamed(scenario);
    const fault = await faults.answer(context, `token ${scenario} ${run}`, token);
    if (fault) return fault;
    const body = readJson(await context.req.text());
    if (!body) return refuse(context, 400, 'invalid_json', 'The body is not a JSON object.');
    const { session: wishes = {}, expires_after: expiry = {} } = body;
    if (!isObject(wishes))
      return refuse(context, 400, 'invalid_type', 'The session is no object.', 'session');
    const session = createSession(wishes);
    if (isRefusal(session)) return refuse(context, 400, session.code, session.message, session.param);
    const seconds = isObject(expiry) ? (expiry['seconds'] ?? LIFETIME_S.default) : NaN;
    if (!isLifetime(seconds)) {
      const message = `It must be ${LIFETIME_S.least} to ${LIFETIME_S.most}.`;
      return refuse(context, 400, 'invalid_value', message, 'expires_after.seconds');
    }
    const { value, grant } = tokens.mint({ scenario, run, session: wishes }, tokenLifetimeS ?? seconds);
    return granted(context, { value, expires_at: grant.expiresAt, session: { ...session, expires_at: 0 } });
  });
  return app;
}

function granted(context: Context, secret: object): Response {
  return context.json(secret, 200, { 'Cache-Control': 'no-store' });
}

function isLifetime(seconds: unknown): seconds is number {
  return (
    Number.isInteger(seconds) && Number(seconds) >= LIFETIME_S.least && Number(seconds) <= LIFETIME_S.most
  );
}
