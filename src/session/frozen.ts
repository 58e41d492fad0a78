/**
 * The same value, that nobody can change any more at any depth. Only for what comes from JSON: it has no cycles, and it may
 * be nested deeper than functions can call themselves.
 */
export function frozen<Value>(value: Value): Value {
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null) continue;
    Object.freeze(next);
    for (const field of Object.values(next)) if (typeof field === 'object') open.push(field);
  }
  return value;
}
