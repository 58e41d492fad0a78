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

/** Makes requests go wrong, some of them only so many times. */
export class Faults {
  readonly #used = new Map<string, number>();
  readonly #held: () => void;

  /** @param held called for a request that gets no answer */
  constructor(held: () => void) {
    this.#held = held;
  }

  /** The faulty answer; `null` when there is none, or no longer, or when it is only slow. @param key what is counted */
  async answer(context: Context, key: string, fault: HttpFault | undefined): Promise<Response | null> {
    if (!fault) return null;
    if (fault.times !== undefined) {
      const used = this.#used.get(key) ?? 0;
      if (used >= fault.times) return null;
      this.#used.set(key, used + 1);
    }
    if (fault.hang) this.#held();
    return applyFault(context, fault);
  }
}

async function applyFault(context: Context, fault: HttpFault): Promise<Response | null> {
  const { signal } = context.req.raw;
  if (fault.hang) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  if (fault.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
  if (fault.body === undefined) return null;
  const headers = { 'Content-Type': fault.type ?? 'text/plain', ...fault.headers };
  return context.body(fault.body, (fault.status ?? 200) as ContentfulStatusCode, headers);
}
