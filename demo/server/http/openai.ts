import type { Context } from 'hono';
import { refuse } from './faults.js';

const CLIENT_SECRETS = 'https://api.openai.com/v1/realtime/client_secrets';
const TIMEOUT_MS = 10_000;

const SESSION = {
  type: 'realtime',
  model: 'gpt-realtime-2.1',
  audio: { input: { transcription: { model: 'gpt-transcribe' } }, output: { voice: 'marin' } },
};

/** Mints a real secret. Nothing of the key, and nothing of what OpenAI says about it, reaches the page. */
export async function mintAtOpenAI(
  context: Context,
  apiKey: string,
  upstream = CLIENT_SECRETS,
): Promise<Response> {
  try {
    const response = await fetch(upstream, {
      method: 'POST',
      headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ expires_after: { anchor: 'created_at', seconds: 60 }, session: SESSION }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
      redirect: 'error',
    });
    const secret = (await response.json()) as { value?: unknown; expires_at?: unknown };
    if (!response.ok || typeof secret.value !== 'string') throw new Error('refused');
    const { value, expires_at } = secret;
    return context.json({ value, expires_at }, 200, {
      'Cache-Control': 'no-store',
    });
  } catch {
    return refuse(context, 502, 'upstream_error', 'OpenAI did not give a client secret. Is the key valid?');
  }
}
