import type { Envelope } from '../protocol/envelope.js';
import { redactString } from './redact-string.js';

/** What to leave out beyond what is always left out. */
export interface Redaction {
  /** Also mask what was said and written; its shape stays, letter for letter. Default false. */
  readonly text?: boolean;
}

/** Stands for what was left out. */
export const MASK = '•••';

/** Fields whose value is a secret whatever it looks like. */
const SECRET_FIELDS =
  /^(authori[sz]ation|.*(api|private|access|secret|signing)[-_]?key|(.*[-_])?(secret|token|password|passwd|passphrase|credentials?|cookies?|signature|jwt|bearer|headers)|(client|app)secret|(access|refresh|id|session|auth|bearer)token|x-.*key|ephemeral_?key|ice[-_]?(pwd|ufrag))$/i;

/** The site's own prompt: not needed to play a log again, and nobody else's business. */
const PRIVATE_FIELDS: ReadonlySet<string> = new Set(['instructions']);

/** Fields with something said or written in them. */
const TEXT_FIELDS: ReadonlySet<string> = new Set([
  'transcript',
  'text',
  'delta',
  'arguments',
  'output',
  'prompt',
  'refusal',
]);

/** Deeper than any event of the protocol, and no deeper than the stack. */
const DEEPEST = 64;

/**
 * The event without what must not leave the page: tokens, keys and passwords, headers, instructions, network addresses,
 * audio and images. What is left keeps its shape, so that the log can be read, counted and played again. The event
 * itself is not changed, and comes back as it is when there is nothing to leave out.
 */
export function redactEnvelope(envelope: Envelope, redaction: Redaction = {}): Envelope {
  const audio = envelope.type.endsWith('audio.delta');
  const event = redactObject(envelope.event, { text: redaction.text ?? false, audio }, 0);
  return event === envelope.event ? envelope : { ...envelope, event: event as Envelope['event'] };
}

interface Rules {
  readonly text: boolean;
  /** The deltas of this event are sound. */
  readonly audio: boolean;
}

function redactObject(source: object, rules: Rules, depth: number): object {
  let changed = false;
  const entries = Object.entries(source).map(([key, value]) => {
    const name = key.length > 8 ? redactString(key) : key;
    const kept = redactValue(value, key, rules, depth + 1);
    changed ||= kept !== value || name !== key;
    return [name, kept] as const;
  });
  return changed ? Object.fromEntries(entries) : source;
}

function redactValue(value: unknown, field: string, rules: Rules, depth: number): unknown {
  if (typeof value !== 'string' && (typeof value !== 'object' || value === null)) return value;
  if (value === '') return value;
  if (SECRET_FIELDS.test(field) || depth > DEEPEST) return MASK;
  if (typeof value === 'string') return redactField(value, field, rules);
  if (!Array.isArray(value)) return redactObject(value, rules, depth);
  const items = value.map((item) => redactValue(item, field, rules, depth + 1));
  return items.some((item, index) => item !== value[index]) ? items : value;
}

function redactField(value: string, field: string, { text, audio }: Rules): string {
  if (field === 'audio' || (audio && field === 'delta')) return `[${value.length} characters of data]`;
  if (PRIVATE_FIELDS.has(field)) return `[${value.length} characters of instructions]`;
  const clean = redactString(value);
  return text && TEXT_FIELDS.has(field) ? clean.replaceAll(/[\p{L}\p{N}]/gu, '•') : clean;
}
