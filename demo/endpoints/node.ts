/** Node, with Hono. `OPENAI_API_KEY=… npx tsx node.ts`. Both endpoints: delete the one that your page does not use. */
import { serve } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import { Hono } from 'hono';
import { createSessionHandler, createTokenHandler } from 'realtime-voice/server';

const options = {
  apiKey: process.env.OPENAI_API_KEY,
  upstream: process.env.OPENAI_BASE_URL,
  session: { model: 'gpt-realtime-2.1', instructions: 'You are a friendly guide to our shop.' },
  choices: { voice: ['marin', 'cedar'] },
  log: (entry: object) => console.log(JSON.stringify(entry)),
};
const token = createTokenHandler(options);
const session = createSessionHandler(options);

const app = new Hono();
app.all('/token', (c) => token(c.req.raw, getConnInfo(c).remote));
app.all('/session', (c) => session(c.req.raw, getConnInfo(c).remote));
serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) }, ({ port }) => {
  console.log(`http://localhost:${port}`);
});
