import { redactEnvelope } from '../event-log/redact.js';
import type { Envelope } from '../protocol/envelope.js';
import type { Masking } from './panel-host.js';

/** The event as it may be seen; `null` when it may not be. */
export function presentable(envelope: Envelope, { redact, redactText }: Masking): Envelope | null {
  const allowed = redact ? redact(envelope) : envelope;
  return allowed && redactEnvelope(allowed, { text: redactText });
}
