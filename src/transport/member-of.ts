/** A member of what anybody may have thrown, `undefined` where it has none: to read it may throw as well. */
export function memberOf(given: unknown, name: string): unknown {
  if (typeof given !== 'object' || given === null) return undefined;
  try {
    return Reflect.get(given, name);
  } catch {
    return undefined;
  }
}
