import { LitElement, type ComplexAttributeConverter } from 'lit';

type Warn = (attribute: string, value: unknown, allowed: string) => void;

/** Present or absent; `="false"` is absent too, since templates of frameworks write it. */
export const flag: ComplexAttributeConverter<boolean> = {
  fromAttribute: (value) => value !== null && value !== 'false',
  toAttribute: (value) => (value ? '' : null),
};

/** Its properties are as forgiving as its attributes: frameworks set them to `undefined`, and to whatever was typed. */
export class ForgivingElement extends LitElement {
  /** @ignore */
  protected static override finalize(): void {
    if (Object.hasOwn(this, 'finalized')) return;
    super.finalize();
    for (const [name, { converter }] of this.elementProperties) {
      const own = Object.getOwnPropertyDescriptor(this.prototype, name);
      // What is not text, like JSON, is converted by a function.
      if (!own || typeof converter !== 'object') continue;
      Object.defineProperty(this.prototype, name, {
        ...own,
        set(value: unknown) {
          const text = value === null || value === undefined ? null : String(value);
          own.set?.call(this, converter.fromAttribute?.(text));
        },
      });
    }
  }
}

/** The other kinds of attributes. Bad values never throw: they read as the default, with a warning that names the element. */
export function attributesOf(tag: string) {
  const warn = warner(tag);
  return { warn, oneOf: oneOf(warn), amount: amount(warn), tokens: tokens(warn), json: json(warn) };
}

/** Tells a developer, once for each attribute and value, what is wrong with it. */
function warner(tag: string): Warn {
  const warned = new Set<string>();
  return (attribute, value, allowed) => {
    const key = `${attribute} ${String(value)}`;
    if (warned.has(key)) return;
    warned.add(key);
    const message = `${attribute}="${String(value)}" is not understood. Allowed: ${allowed}.`;
    console.warn(`[realtime-voice] <${tag}> ${message}`);
  };
}

/** One of a few words; any other reads as the default. */
const oneOf =
  (warn: Warn) =>
  <Word extends string>(
    attribute: string,
    words: readonly Word[],
    fallback?: Word,
  ): ComplexAttributeConverter<Word | undefined> => ({
    fromAttribute(value) {
      if (value === null) return fallback;
      const word = words.find((allowed) => allowed === value.trim().toLowerCase());
      if (!word) warn(attribute, value, words.join(', '));
      return word ?? fallback;
    },
  });

/** A number that is not negative. */
const amount =
  (warn: Warn) =>
  (attribute: string, fallback?: number): ComplexAttributeConverter<number | undefined> => ({
    fromAttribute(value) {
      const number = value === null || value.trim() === '' ? NaN : Number(value);
      if (Number.isFinite(number) && number >= 0) return number;
      if (value !== null) warn(attribute, value, 'a number from 0 on');
      return fallback;
    },
  });

/** Words from a list, separated by blanks or commas; others are left out. Nothing but others reads as the default. */
const tokens =
  (warn: Warn) =>
  (attribute: string, words: readonly string[], fallback: string): ComplexAttributeConverter<string> => ({
    fromAttribute(value) {
      if (value === null) return fallback;
      const given = value.match(/[^\s,]+/g) ?? [];
      const known = given.filter((word) => words.includes(word));
      for (const word of given) if (!words.includes(word)) warn(attribute, word, words.join(' '));
      return given.length > 0 && known.length === 0 ? fallback : known.join(' ');
    },
  });

/** A list of objects in JSON. It may hold credentials, so it is never written back into the page. */
const json =
  (warn: Warn) =>
  (attribute: string) =>
  (value: string | null): unknown => {
    if (value === null || value.trim() === '') return undefined;
    try {
      const list = objects(JSON.parse(value));
      if (list) return list;
    } catch {
      // Told below, like JSON of another kind.
    }
    // The value stays out of the warning: it may hold a password.
    warn(attribute, '…', 'a list of objects in JSON');
    return undefined;
  };

/** A list of objects as it is, and one object as a list of one; nothing else. */
export function objects(value: unknown): readonly object[] | undefined {
  const list: readonly unknown[] = [value].flat();
  const isObject = (one: unknown): one is object => typeof one === 'object' && one !== null;
  return list.every(isObject) ? list : undefined;
}
