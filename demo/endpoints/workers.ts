/** Cloudflare Workers. `wrangler secret put OPENAI_API_KEY`. Give `store` one that all isolates share when you go public. */
import { createTokenHandler, type Handler } from 'realtime-voice/server';

interface Env {
  readonly OPENAI_API_KEY?: string;
  readonly OPENAI_BASE_URL?: string;
}

let token: Handler | undefined;

export default {
  fetch(request: Request, env: Env): Promise<Response> {
    token ??= createTokenHandler({
      apiKey: env.OPENAI_API_KEY,
      upstream: env.OPENAI_BASE_URL,
      session: { model: 'gpt-realtime-2.1', instructions: 'You are a friendly guide to our shop.' },
      choices: { voice: ['marin', 'cedar'] },
    });
    return token(request, { address: request.headers.get('CF-Connecting-IP') });
  },
};
