const identities = new WeakMap<object, number>();
let count = 0;

/** A text for a value: equal for equal primitives, and for the same object or function. */
export function identityOf(value: unknown): string {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') {
    return typeof value === 'string' ? JSON.stringify(value) : String(value);
  }
  let identity = identities.get(value);
  if (identity === undefined) identities.set(value, (identity = ++count));
  return `#${identity}`;
}
