import type { Envelope } from '../protocol/envelope.js';
import { redactString } from './redact-string.js';

/** What to leave out beyond what is always left out. */
export interface Redaction {
  /** Also mask what was said and written; its shape stays, letter for letter. Default false. */
  readonly text?: boolean;
}

/** Stands for what was left out. */
export const MASK = '•••';

/** Fields whose value is a secret whatever it looks like; their names as {@link plainName} gives them. */
const SECRET_FIELDS = new RegExp(
  [
    '(^|-)(authori[sz]ation|password|passwd|passphrase|credentials?|cookies?|signature|jwt|bearer|headers)$',
    '(^|-)((client|app)?-?secret|(access|refresh|id|session|auth|bearer)?-?token)$',
    '(^|-)(api|private|access|secret|signing|ephemeral)-?key$',
    '^x-.*key$',
    '^ice-?(pwd|ufrag|servers)$',
    // Of an MCP server: its path or query often is the key.
    '^server-?url$',
  ].join('|'),
);

/** The site's own prompt: not needed to play a log again, and nobody else's business. */
const PRIVATE_FIELDS: ReadonlySet<string> = new Set(['instructions']);

/** Fields with something said or written in them; `raw` of what could not be read, `data` of what came in pieces. */
const TEXT_FIELDS: ReadonlySet<string> = new Set([
  'transcript',
  'text',
  'delta',
  'arguments',
  'output',
  'prompt',
  'refusal',
  'raw',
  'data',
]);

/** The same in items of an MCP server; elsewhere these say why a response or a session ended. */
const TOOL_FIELDS: ReadonlySet<string> = new Set(['message', 'reason']);

/** Deeper than any event of the protocol, and no deeper than the stack. */
const DEEPEST = 64;

/**
 * The event without what must not leave the page: tokens, keys and passwords, headers, instructions, network addresses,
 * audio and images. What is left keeps its shape, so that the log can be read, counted and played again. The event
 * itself is not changed, and comes back as it is when there is nothing to leave out.
 */
export function redactEnvelope(envelope: Envelope, redaction: Redaction = {}): Envelope {
  const audio = envelope.type.endsWith('audio.delta');
  const event = redactObject(envelope.event, { text: redaction.text ?? false, audio, tool: false }, 0);
  return event === envelope.event ? envelope : { ...envelope, event: event as Envelope['event'] };
}

interface Rules {
  readonly text: boolean;
  /** The deltas of this event are sound. */
  readonly audio: boolean;
  /** Within an item of an MCP server. */
  readonly tool: boolean;
}

function redactObject(source: object, outer: Rules, depth: number): object {
  let changed = false;
  const rules = { ...outer, tool: outer.tool || ('type' in source && `${source.type}`.startsWith('mcp_')) };
  const entries = Object.entries(source).map(([key, value]) => {
    const name = key.length > 8 ? redactString(key) : key;
    const kept = redactValue(value, key, rules, depth + 1);
    changed ||= kept !== value || name !== key;
    return [name, kept] as const;
  });
  return changed ? Object.fromEntries(entries) : source;
}

function redactValue(value: unknown, field: string, rules: Rules, depth: number): unknown {
  if (value === null || value === '' || typeof value === 'boolean') return value;
  const name = plainName(field);
  if (SECRET_FIELDS.test(name) || depth > DEEPEST) return MASK;
  if (typeof value === 'string') return redactField(value, name, rules, depth);
  // What a token of the transcript is made of.
  if (typeof value === 'number') return rules.text && name === 'bytes' ? 0 : value;
  if (typeof value !== 'object') return value;
  if (!Array.isArray(value)) return PRIVATE_FIELDS.has(name) ? MASK : redactObject(value, rules, depth);
  const items = value.map((item) => redactValue(item, field, rules, depth + 1));
  return items.some((item, index) => item !== value[index]) ? items : value;
}

/** `apiKey`, `API_KEY` and `Api-Key` are one name: `api-key`. */
function plainName(field: string): string {
  return field
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .replace(/[_.\s]/g, '-')
    .toLowerCase();
}

function redactField(value: string, field: string, { text, audio, tool }: Rules, depth: number): string {
  if (field === 'audio' || (audio && field === 'delta')) return `[${value.length} characters of data]`;
  if (PRIVATE_FIELDS.has(field)) return `[${value.length} characters of instructions]`;
  const clean = redactText(value, depth);
  const said = TEXT_FIELDS.has(field) || (tool && TOOL_FIELDS.has(field));
  return text && said ? clean.replaceAll(/[\p{L}\p{M}\p{N}]/gu, '•') : clean;
}

/** A text without secrets. Arguments and outputs of tools are JSON in a text, with fields of their own. */
export function redactText(text: string, depth = 0): string {
  const value = depth < DEEPEST ? embedded(text) : undefined;
  if (value === undefined) return redactString(text);
  const clean = redactValue(value, '', { text: false, audio: false, tool: false }, depth + 1);
  return clean === value ? text : JSON.stringify(clean);
}

function embedded(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
