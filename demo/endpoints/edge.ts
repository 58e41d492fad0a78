/** An edge function of Vercel: save it as `api/token.ts`, and the element has `token-endpoint="/api/token"`. */
import { createTokenHandler } from 'realtime-voice/server';

const token = createTokenHandler({
  apiKey: process.env.OPENAI_API_KEY,
  upstream: process.env.OPENAI_BASE_URL,
  session: { model: 'gpt-realtime-2.1', instructions: 'You are a friendly guide to our shop.' },
  choices: { voice: ['marin', 'cedar'] },
});

/** Vercel overwrites this header. Elsewhere take what your platform documents: visitors can write all others. */
export default (request: Request): Promise<Response> =>
  token(request, { address: request.headers.get('x-real-ip') });

export const config = { runtime: 'edge' };
