/**
 * A message from the server. Only `type` is promised: other people's servers leave fields out, add their own and
 * invent types, so every reader asks for a field with {@link text}, {@link number} or {@link record} and gets
 * `undefined` when it is not there.
 */
export interface ServerEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** The type of {@link parseServerEvent}'s result for a message that is not a JSON object with a `type`. */
export const MALFORMED = 'malformed';

/** A message that could not be read. Kept, counted and shown; the reducer ignores it. */
export interface MalformedEvent extends ServerEvent {
  readonly type: typeof MALFORMED;
  /** The beginning of what was received, at most 4,096 characters. */
  readonly raw: string;
  /** Length of what was received, in characters. */
  readonly size: number;
}

/** Any JSON object. */
export type JsonRecord = { readonly [field: string]: unknown };

/** The field as a string, or `undefined` when it is missing or something else. */
export function text(source: JsonRecord | undefined, field: string): string | undefined {
  const value = source?.[field];
  return typeof value === 'string' ? value : undefined;
}

/** The field as a finite number, or `undefined`. */
export function number(source: JsonRecord | undefined, field: string): number | undefined {
  const value = source?.[field];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The field as a plain object, or `undefined`. */
export function record(source: JsonRecord | undefined, field: string): JsonRecord | undefined {
  return asRecord(source?.[field]);
}

/** The field as an array of plain objects; anything else in it is left out. */
export function records(source: JsonRecord | undefined, field: string): readonly JsonRecord[] {
  const value = source?.[field];
  return Array.isArray(value) ? value.filter((entry) => asRecord(entry) !== undefined) : [];
}

/** The value itself when it is a plain object (not an array, not null). */
export function asRecord(value: unknown): JsonRecord | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonRecord)
    : undefined;
}
