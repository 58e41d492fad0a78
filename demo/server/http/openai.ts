import type { Handler } from 'realtime-voice/server';

const LIFETIME_S = 60;

const SESSION = {
  model: 'gpt-realtime-2.1',
  audio: { input: { transcription: { model: 'gpt-transcribe' } }, output: { voice: 'marin' } },
};

/**
 * Mints real secrets with the package's own endpoint: only for pages of its own origin, and the key stays here.
 *
 * @param upstream base URL of the API; OpenAI's by default
 */
export function mintAtOpenAI(apiKey: string, upstream?: string): Handler {
  // Loaded only where there is a key: the path of the package's entry is known to tsx in the project's folder alone.
  const loading = import('realtime-voice/server').then(({ createTokenHandler }) =>
    createTokenHandler({ apiKey, upstream, session: SESSION, tokenLifetime: LIFETIME_S }),
  );
  return async (request, context) => (await loading)(request, context);
}
