import type { RefusalCode } from './refusal.js';

/** One line for the site's own log. Holds no key, token, SDP, address or user id, and nothing the upstream wrote. */
export interface LogEntry {
  /** ISO 8601. */
  readonly at: string;
  /** Random; one per request. */
  readonly id: string;
  readonly endpoint: 'token' | 'session';
  /** `hangup` is one that no visitor ordered: at the deadline, or since no appointment for it could be made. */
  readonly event: 'request' | 'hangup';
  readonly code: 'ok' | RefusalCode;
  /** Time taken, in milliseconds. */
  readonly ms: number;
  readonly method?: string;
  readonly status?: number;
  /** As sent, printable characters only, cut at 200. */
  readonly origin?: string;
  /** HMAC of the user id; also what OpenAI gets as the safety identifier. */
  readonly user?: string;
  /** OpenAI's `x-request-id`. */
  readonly upstreamId?: string;
  /** For the owner of the site: what to look at. */
  readonly hint?: string;
}

/** Gives the entry to the site's logger. A logger that fails, at once or later, costs nobody a call. */
export function report(log: ((entry: LogEntry) => void) | undefined, entry: LogEntry, apiKey = ''): void {
  try {
    const told: unknown = log?.(redactAll(entry, apiKey));
    Promise.resolve(told).catch(() => undefined);
  } catch {
    /* nothing is left to tell it to */
  }
}

function redactAll(entry: LogEntry, apiKey: string): LogEntry {
  const clean = Object.entries(entry).map(([name, value]) => [
    name,
    typeof value === 'string' ? redact(value, apiKey) : value,
  ]);
  return Object.fromEntries(clean);
}

/** A second net: what goes into an entry is chosen, but a visitor can write a stolen token into an `Origin`. */
function redact(text: string, apiKey: string): string {
  const known = apiKey === '' ? text : text.replaceAll(apiKey, '[redacted]');
  return known
    .replace(/\b(ek_|sk-)[\w-]+/gi, '$1[redacted]')
    .replace(/\bbearer\s+\S+/gi, 'Bearer [redacted]')
    .replace(/[^\x20-\x7e]/g, '?')
    .slice(0, 200);
}
