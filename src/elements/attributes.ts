import type { ComplexAttributeConverter, PropertyDeclaration } from 'lit';

/** Tells a developer, once for each attribute and value, what is wrong with it. Bad values never throw. */
const warned = new Set<string>();

function warn(attribute: string, value: unknown, allowed: string): void {
  const key = `${attribute} ${String(value)}`;
  if (warned.has(key)) return;
  warned.add(key);
  console.warn(`[realtime-voice] ${attribute}="${String(value)}" is not understood. Allowed: ${allowed}.`);
}

/** Text, absent by default. */
export function text(attribute: string): PropertyDeclaration {
  return { attribute, reflect: true };
}

/** Present or absent; `="false"` is absent too, since templates of frameworks write it. */
export function flag(attribute: string): PropertyDeclaration {
  const converter: ComplexAttributeConverter<boolean> = {
    fromAttribute: (value) => value !== null && value !== 'false',
    toAttribute: (value) => (value ? '' : null),
  };
  return { attribute, converter, reflect: true };
}

/** One of a few words. */
export function oneOf<Word extends string>(
  attribute: string,
  words: readonly Word[],
  fallback?: Word,
): PropertyDeclaration {
  const read = (value: string | null): Word | undefined => {
    if (value === null) return fallback;
    const word = words.find((allowed) => allowed === value.trim().toLowerCase());
    if (!word) warn(attribute, value, words.join(', '));
    return word ?? fallback;
  };
  return { attribute, converter: { fromAttribute: read }, reflect: true, useDefault: true };
}

/** A number that is not negative. */
export function amount(attribute: string, fallback?: number): PropertyDeclaration {
  const read = (value: string | null): number | undefined => {
    const number = value === null || value.trim() === '' ? NaN : Number(value);
    if (Number.isFinite(number) && number >= 0) return number;
    if (value !== null) warn(attribute, value, 'a number from 0 on');
    return fallback;
  };
  return { attribute, converter: { fromAttribute: read }, reflect: true, useDefault: true };
}

/** Words from a list, separated by blanks. */
export function tokens(attribute: string, words: readonly string[], fallback: string): PropertyDeclaration {
  const read = (value: string | null): string => {
    if (value === null) return fallback;
    const given = value.trim().split(/\s+/).filter(Boolean);
    for (const word of given) if (!words.includes(word)) warn(attribute, word, words.join(' '));
    return given.filter((word) => words.includes(word)).join(' ');
  };
  return { attribute, converter: { fromAttribute: read }, reflect: true, useDefault: true };
}

/** JSON that may hold credentials, so it is never written back into the page. */
export function json(attribute: string): PropertyDeclaration {
  const read = (value: string | null): unknown => {
    if (value === null || value.trim() === '') return undefined;
    try {
      return JSON.parse(value);
    } catch {
      // The value stays out of the warning: it may hold a password.
      warn(attribute, '…', 'JSON');
      return undefined;
    }
  };
  return { attribute, converter: { fromAttribute: read } };
}
