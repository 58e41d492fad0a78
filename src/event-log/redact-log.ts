import type { Envelope } from '../protocol/envelope.js';
import { text } from '../protocol/server-event.js';
import { redactEnvelope, redactText, type Redaction } from './redact.js';

/**
 * The events without what must not leave the page, see {@link redactEnvelope}. A secret that arrived in pieces, a few
 * letters a delta, is found too: such a run keeps its number of events and their rhythm, and its clean text stands in
 * the first of them.
 */
export function redactLog(envelopes: readonly Envelope[], redaction: Redaction = {}): readonly Envelope[] {
  const leaking = leakingRuns(envelopes);
  return envelopes.map((envelope) => {
    const run = runOf(envelope);
    const clean = run === undefined ? undefined : leaking.get(run);
    if (run === undefined || clean === undefined) return redactEnvelope(envelope, redaction);
    leaking.set(run, '');
    return redactEnvelope({ ...envelope, event: { ...envelope.event, delta: clean } }, redaction);
  });
}

/** The runs whose text is only seen to hold a secret when it is put together, with their clean text. */
function leakingRuns(envelopes: readonly Envelope[]): Map<string, string> {
  const texts = new Map<string, string>();
  for (const envelope of envelopes) {
    const run = runOf(envelope);
    if (run !== undefined) texts.set(run, (texts.get(run) ?? '') + (text(envelope.event, 'delta') ?? ''));
  }
  const leaking = new Map<string, string>();
  for (const [run, whole] of texts) {
    const clean = redactText(whole);
    if (clean !== whole) leaking.set(run, clean);
  }
  return leaking;
}

function runOf({ origin, type, event }: Envelope): string | undefined {
  if (!type.endsWith('.delta') || type.endsWith('audio.delta')) return undefined;
  const ids = [event['response_id'], event['item_id'], event['content_index']];
  return JSON.stringify([origin, type, ...ids]);
}
