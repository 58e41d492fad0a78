/** Checks of what a client sends, put together from small ones. The API refuses everything that it does not know. */

type Fields = Readonly<Record<string, unknown>>;

/** Why something is refused. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  /** The field at fault. */
  readonly param: string | null;
}

/** Finds fault with a value at a path, or does not. */
export type Check = (value: unknown, path: string) => Refusal | undefined;

/** True for a refusal, whatever the other outcome would be. */
export function isRefusal(outcome: object | undefined): outcome is Refusal {
  return outcome !== undefined && 'code' in outcome && 'param' in outcome;
}

/** A refusal of a value. */
export function invalid(path: string, expected: string): Refusal {
  return {
    code: 'invalid_value',
    message: `Invalid value for '${path}': expected ${expected}.`,
    param: path,
  };
}

/** A refusal of nothing. */
export function missing(path: string): Refusal {
  return {
    code: 'missing_required_parameter',
    message: `Missing required parameter: '${path}'.`,
    param: path,
  };
}

/** Takes everything. */
export const anything: Check = () => undefined;

/** Takes what a predicate takes. @param expected for the message */
export function matching(fits: (value: unknown) => boolean, expected: string): Check {
  return (value, path) => (fits(value) ? undefined : invalid(path, expected));
}

/** Takes text. */
export const text: Check = matching((value) => typeof value === 'string', 'a string');

/** Takes true and false. */
export const flag: Check = matching((value) => typeof value === 'boolean', 'a boolean');

/** Takes these and no others. */
export function oneOf(...values: readonly unknown[]): Check {
  return matching((value) => values.includes(value), `one of ${JSON.stringify(values)}`);
}

/** Takes numbers from `least` to `most`. */
export function between(least: number, most: number): Check {
  const fits = (value: unknown): boolean => typeof value === 'number' && value >= least && value <= most;
  return matching(fits, `a number from ${least} to ${most}`);
}

/** Takes what any of them takes. */
export function either(...checks: readonly Check[]): Check {
  return (value, path) => {
    const refusals = checks.map((check) => check(value, path));
    return refusals.some((refusal) => !refusal) ? undefined : refusals[0];
  };
}

/** Takes `null` too, which switches something off. */
export function nullOr(check: Check): Check {
  return (value, path) => (value === null ? undefined : check(value, path));
}

/** Takes lists of it. */
export function list(check: Check): Check {
  return (value, path) => {
    if (!Array.isArray(value)) return invalid(path, 'an array');
    for (const [index, entry] of value.entries()) {
      const refusal = check(entry, `${path}[${index}]`);
      if (refusal) return refusal;
    }
    return undefined;
  };
}

/** Takes objects with these fields and no others. @param required those that must be there */
export function fields(shape: Readonly<Record<string, Check>>, ...required: readonly string[]): Check {
  return (value, path) => {
    if (!isObject(value)) return invalid(path, 'an object');
    const absent = required.find((name) => value[name] === undefined);
    if (absent !== undefined) return missing(`${path}.${absent}`);
    for (const [name, inner] of Object.entries(value)) {
      const param = `${path}.${name}`;
      const check = Object.hasOwn(shape, name) ? shape[name] : undefined;
      if (!check) return { code: 'unknown_parameter', message: `Unknown parameter: '${param}'.`, param };
      const refusal = check(inner, param);
      if (refusal) return refusal;
    }
    return undefined;
  };
}

/** Takes objects with these fields, perhaps with those, and with any others. */
export function having(
  required: Readonly<Record<string, Check>>,
  optional: Readonly<Record<string, Check>> = {},
): Check {
  return (value, path) => {
    if (!isObject(value)) return invalid(path, 'an object');
    const absent = Object.keys(required).find((name) => value[name] === undefined);
    if (absent !== undefined) return missing(`${path}.${absent}`);
    return Object.entries({ ...optional, ...required })
      .filter(([name]) => value[name] !== undefined)
      .map(([name, check]) => check(value[name], `${path}.${name}`))
      .find((refusal) => refusal !== undefined);
  };
}

/** A value as a message may show it: JSON, and not much of it. */
export function shown(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 60);
}

/** True for what JSON calls an object. */
export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
