/** Both endpoints with every log on, and as little else as a careless site gives them. */
import { serve } from '@hono/node-server';
import { createSessionHandler, createTokenHandler } from 'realtime-voice/server';

const options = {
  apiKey: process.env['OPENAI_API_KEY'],
  upstream: process.env['OPENAI_BASE_URL'],
  session: {
    model: process.env['MODEL'],
    audio: { input: { transcription: { model: process.env['TRANSCRIPTION_MODEL'] } } },
  },
  limits: { address: { requests: 1e6, concurrent: 1e6 } },
  log: (entry: object) => console.log(JSON.stringify(entry)),
};
const token = createTokenHandler(options);
const session = createSessionHandler(options);

const fetch = (request: Request): Promise<Response> =>
  new URL(request.url).pathname === '/session' ? session(request) : token(request);
serve({ fetch, port: Number(process.env['PORT']) }, ({ port }) => console.log(`http://localhost:${port}`));
