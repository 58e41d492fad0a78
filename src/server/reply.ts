import type { Refusal } from './refusal.js';

/** For how many seconds the call may last that a session endpoint has opened. */
export const MAX_DURATION_HEADER = 'X-Realtime-Voice-Max-Duration';

const ALWAYS = {
  'Cache-Control': 'no-store',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  Vary: 'Origin',
  'X-Content-Type-Options': 'nosniff',
};

/** A JSON answer. */
export function json(status: number, value: unknown): Response {
  return new Response(JSON.stringify(value), { status, headers: { 'Content-Type': 'application/json' } });
}

/** `{"error": {"code"}}`, with `Retry-After` where waiting helps. */
export function refuse({ code, status, retryAfter }: Refusal): Response {
  const response = json(status, { error: { code } });
  if (retryAfter !== undefined) response.headers.set('Retry-After', String(retryAfter));
  return response;
}

/** The answer with the headers that every answer has, and with those that let a page of `origin` read it. */
export function seal(response: Response, origin: string | null): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(ALWAYS)) headers.set(name, value);
  headers.delete('ETag');
  if (origin !== null) {
    headers.set('Access-Control-Allow-Origin', origin);
    headers.set('Access-Control-Allow-Credentials', 'true');
    headers.set('Access-Control-Expose-Headers', `Retry-After, Location, ${MAX_DURATION_HEADER}`);
  }
  return new Response(response.body, { status: response.status, headers });
}
