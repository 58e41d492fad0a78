import type { ComplexAttributeConverter } from 'lit';

/** Tells a developer, once for each attribute and value, what is wrong with it. Bad values never throw. */
const warned = new Set<string>();

function warn(attribute: string, value: unknown, allowed: string): void {
  const key = `${attribute} ${String(value)}`;
  if (warned.has(key)) return;
  warned.add(key);
  const message = `${attribute}="${String(value)}" is not understood. Allowed: ${allowed}.`;
  console.warn(`[realtime-voice] <realtime-voice> ${message}`);
}

/** Present or absent; `="false"` is absent too, since templates of frameworks write it. */
export const flag: ComplexAttributeConverter<boolean> = {
  fromAttribute: (value) => value !== null && value !== 'false',
  toAttribute: (value) => (value ? '' : null),
};

/** One of a few words; any other reads as the default. */
export function oneOf<Word extends string>(
  attribute: string,
  words: readonly Word[],
  fallback?: Word,
): ComplexAttributeConverter<Word | undefined> {
  return {
    fromAttribute(value) {
      if (value === null) return fallback;
      const word = words.find((allowed) => allowed === value.trim().toLowerCase());
      if (!word) warn(attribute, value, words.join(', '));
      return word ?? fallback;
    },
  };
}

/** A number that is not negative. */
export function amount(attribute: string, fallback?: number): ComplexAttributeConverter<number | undefined> {
  return {
    fromAttribute(value) {
      const number = value === null || value.trim() === '' ? NaN : Number(value);
      if (Number.isFinite(number) && number >= 0) return number;
      if (value !== null) warn(attribute, value, 'a number from 0 on');
      return fallback;
    },
  };
}

/** Words from a list, separated by blanks; others are left out. */
export function tokens(
  attribute: string,
  words: readonly string[],
  fallback: string,
): ComplexAttributeConverter<string> {
  return {
    fromAttribute(value) {
      if (value === null) return fallback;
      const given = value.trim().split(/\s+/).filter(Boolean);
      for (const word of given) if (!words.includes(word)) warn(attribute, word, words.join(' '));
      return given.filter((word) => words.includes(word)).join(' ');
    },
  };
}

/** JSON that may hold credentials, so it is never written back into the page. */
export function json(attribute: string): ComplexAttributeConverter {
  return {
    fromAttribute(value) {
      if (value === null || value.trim() === '') return undefined;
      try {
        return JSON.parse(value);
      } catch {
        // The value stays out of the warning: it may hold a password.
        warn(attribute, '…', 'JSON');
        return undefined;
      }
    },
  };
}
