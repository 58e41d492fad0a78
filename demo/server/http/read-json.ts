import { isObject } from '../call/checks.js';

/** The object in a JSON text, `{}` for an empty one, `null` for anything else. */
export function readJson(text: string): Readonly<Record<string, unknown>> | null {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
