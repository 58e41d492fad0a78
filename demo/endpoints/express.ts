/** Express 5. Put it before any body parser: the endpoint reads the body itself, and no more of it than it allows. */
import { getRequestListener } from '@hono/node-server';
import express from 'express';
import { createTokenHandler } from 'realtime-voice/server';

const token = createTokenHandler({
  apiKey: process.env.OPENAI_API_KEY,
  upstream: process.env.OPENAI_BASE_URL,
  session: { model: 'gpt-realtime-2.1', instructions: 'You are a friendly guide to our shop.' },
  choices: { voice: ['marin', 'cedar'] },
});

const app = express();
app.all('/token', (request, response) => {
  const listener = getRequestListener((webRequest) => token(webRequest, { address: request.ip }));
  return listener(request, response);
});
const server = app.listen(Number(process.env.PORT ?? 3000), () => {
  console.log(`http://localhost:${(server.address() as { port: number }).port}`);
});
