/**
 * Freezes a value and all that it holds, to any depth, and returns it. Parts that are frozen already are walked as well:
 * `Object.freeze` leaves what is in them as it was. Views of binary data cannot be frozen and stay as they are.
 */
export function deepFreeze<T>(value: T): T {
  const pending: object[] = [];
  push(value, pending);
  // Of those that were frozen before, so that a cycle ends and no part is walked by every way that leads to it.
  let walked: Set<object> | undefined;
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (!Object.isFrozen(node)) {
      Object.freeze(node);
    } else {
      walked ??= new Set();
      if (walked.has(node)) continue;
      walked.add(node);
    }
    if (Array.isArray(node)) for (const child of node as readonly unknown[]) push(child, pending);
    else for (const key of Object.keys(node)) push((node as Readonly<Record<string, unknown>>)[key], pending);
  }
  return value;
}

const frozen = new WeakSet<object>();

/** True for what {@link rememberFrozen} was told of. Others may be frozen to the bottom too, which only a walk can tell. */
export function isKnownFrozen(object: object): boolean {
  return frozen.has(object);
}

/** Remembers, without holding it, that an object is frozen to the bottom. What is no object always is. */
export function rememberFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) frozen.add(value);
  return value;
}

function push(value: unknown, pending: object[]): void {
  if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) pending.push(value);
}
