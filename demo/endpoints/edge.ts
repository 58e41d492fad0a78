/** A plain edge function (Vercel, Netlify and others): a request in, a response out. */
import { createTokenHandler } from 'realtime-voice/server';

const token = createTokenHandler({
  apiKey: process.env.OPENAI_API_KEY,
  upstream: process.env.OPENAI_BASE_URL,
  session: { model: 'gpt-realtime-2.1', instructions: 'You are a friendly guide to our shop.' },
  choices: { voice: ['marin', 'cedar'], language: ['en', 'ja'] },
});

/** The platform sets the header; take the one that yours documents, since visitors can write the others. */
export default (request: Request): Promise<Response> =>
  token(request, { address: request.headers.get('x-real-ip') });

/** Read by Vercel; other platforms ignore it. */
export const config = { runtime: 'edge' };
