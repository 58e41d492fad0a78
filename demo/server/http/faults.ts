import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { HttpFault } from '../scenarios.js';

/** A refusal with the API's body. */
export function refuse(
  context: Context,
  status: ContentfulStatusCode,
  code: string,
  message: string,
  param: string | null = null,
): Response {
  return context.json({ error: { message, type: 'invalid_request_error', code, param } }, status);
}

/** Answers as the fault says; `null` when it only delays. */
export async function applyFault(context: Context, fault: HttpFault): Promise<Response | null> {
  const { signal } = context.req.raw;
  if (fault.hang)
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  if (fault.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
  if (fault.body === undefined) return null;
  const headers = { 'Content-Type': fault.type ?? 'text/plain', ...fault.headers };
  return context.body(fault.body, (fault.status ?? 200) as ContentfulStatusCode, headers);
}
