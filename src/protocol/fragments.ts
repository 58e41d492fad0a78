import { isFragment, normalize } from './dialects.js';
import { asRecord, number, text, type ServerEvent } from './server-event.js';

/** Pieces of messages that are not complete yet, by message id. */
export interface Fragments {
  readonly pending: ReadonlyMap<string, readonly (string | undefined)[]>;
}

/** Nothing in pieces. */
export const noPieces: Fragments = Object.freeze({ pending: new Map() });

/** A server that never completes its messages must not fill the memory. */
const MAX_PENDING = 32;
const MAX_PIECES = 4_096;

/**
 * Puts speaches' wrapped messages together. Gives the event inside once its last piece is there (`undefined` until
 * then) and the pieces still open. Any other event comes straight back.
 */
export function joinFragment(
  fragments: Fragments,
  event: ServerEvent,
): { readonly fragments: Fragments; readonly event: ServerEvent | undefined } {
  if (!isFragment(event)) return { fragments, event };
  const data = text(event, 'data') ?? '';
  if (event.type === 'full_message') return { fragments, event: unwrap([data]) ?? event };
  const id = text(event, 'id') ?? '';
  const total = number(event, 'total_fragments') ?? 0;
  const index = number(event, 'fragment_index') ?? -1;
  if (!Number.isInteger(index) || index < 0 || index >= total || total > MAX_PIECES)
    return { fragments, event };

  const pieces = [...(fragments.pending.get(id) ?? Array.from<string | undefined>({ length: total }))];
  pieces[index] = data;
  const pending = new Map(fragments.pending);
  pending.delete(id);
  if (pieces.every((piece) => piece !== undefined))
    return { fragments: { pending }, event: unwrap(pieces) ?? event };
  pending.set(id, pieces);
  for (const oldest of pending.keys()) {
    if (pending.size <= MAX_PENDING) break;
    pending.delete(oldest);
  }
  return { fragments: { pending }, event: undefined };
}

// In every host of this layer, but not in the ECMAScript library that it is compiled against.
declare const atob: (base64: string) => string;
declare const TextDecoder: new () => { decode(bytes: Uint8Array): string };

function unwrap(pieces: readonly string[]): ServerEvent | undefined {
  try {
    // Each piece may be base64 of its own, or a cut of one long base64 text: decoded apart only where padding says so.
    const whole = pieces.some((piece, index) => index < pieces.length - 1 && piece.endsWith('='))
      ? pieces.map((piece) => atob(piece)).join('')
      : atob(pieces.join(''));
    const bytes = Uint8Array.from(whole, (character) => character.charCodeAt(0));
    const event = asRecord(JSON.parse(new TextDecoder().decode(bytes)));
    return typeof event?.['type'] === 'string' ? normalize(event as ServerEvent) : undefined;
  } catch {
    return undefined;
  }
}
