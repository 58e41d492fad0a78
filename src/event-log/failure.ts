import type { Envelope } from '../protocol/envelope.js';

/** True for events that report a failure. */
export function isFailure({ type, event }: Envelope): boolean {
  if (isFailureType(type)) return true;
  if (type !== 'response.done') return false;
  const { response } = event as { response?: { status?: unknown } | null };
  return response?.status === 'failed';
}

/** True for types that are only sent when something failed. */
export function isFailureType(type: string): boolean {
  return type === 'error' || type === 'malformed' || type.endsWith('.failed');
}
