/** A server knows no browser: its types do without `DOM`. */
import { createSessionHandler, createTokenHandler, type Handler } from 'realtime-voice/server';

export const token: Handler = createTokenHandler({ apiKey: process.env['OPENAI_API_KEY'] });
export const session = createSessionHandler({
  apiKey: process.env['OPENAI_API_KEY'],
  authorize: (request: Request) => (request.headers.get('Cookie') ? { user: 'ada' } : false),
});

// @ts-expect-error A choice is one of a list.
createTokenHandler({ apiKey: '', choices: { voice: 'marin' } });
