/** A member of a thrown value. `undefined` if it has none, or if reading it throws. */
export function memberOf(given: unknown, name: string): unknown {
  if (typeof given !== 'object' || given === null) return undefined;
  try {
    return Reflect.get(given, name);
  } catch {
    return undefined;
  }
}
