/**
 * Freezes a value and all that it holds, to any depth, and returns it. What is frozen already is taken to be frozen
 * throughout and not walked again. Views of binary data cannot be frozen and stay as they are.
 */
export function deepFreeze<T>(value: T): T {
  const pending: object[] = [];
  push(value, pending);
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    // Before its children, so that a cycle ends.
    Object.freeze(node);
    if (Array.isArray(node)) for (const child of node as readonly unknown[]) push(child, pending);
    else for (const key of Object.keys(node)) push((node as Readonly<Record<string, unknown>>)[key], pending);
  }
  return value;
}

function push(value: unknown, pending: object[]): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value) || ArrayBuffer.isView(value)) return;
  pending.push(value);
}
