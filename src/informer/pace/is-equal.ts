import { isPlainObject } from '../../streams/checks/is-plain-object.ts';

/** The number of compared pairs after which pairs are remembered, so that a cycle ends. Fewer are not worth it. */
const fewestToRemember = 10_000;

/**
 * Equality by value of JSON, to any depth; the order of keys does not matter. What is not JSON, such as a Date, is equal to
 * itself only. What is shared is not looked into. Of what contains itself, parts that are compared already count as equal.
 */
export function isEqual(a: unknown, b: unknown): boolean {
  // Two and two: its own stack, because a server nests objects deeper than that of the engine.
  const pending: unknown[] = [];
  const differ = (x: unknown, y: unknown): boolean => {
    if (Object.is(x, y)) return false;
    if (typeof x !== 'object' || typeof y !== 'object' || x === null || y === null) return true;
    pending.push(x, y);
    return false;
  };
  if (differ(a, b)) return false;
  const known = new Map<unknown, Set<unknown>>();
  for (let count = 0; pending.length > 0; count++) {
    const y = pending.pop();
    const x = pending.pop();
    if (count >= fewestToRemember && isRepeated(known, x, y)) continue;
    if (Array.isArray(x)) {
      if (!Array.isArray(y) || x.length !== y.length) return false;
      for (let index = 0; index < x.length; index++) if (differ(x[index], y[index])) return false;
    } else {
      if (!isPlainObject(x) || !isPlainObject(y)) return false;
      const keys = Object.keys(x);
      if (keys.length !== Object.keys(y).length) return false;
      for (const key of keys) if (!Object.hasOwn(y, key) || differ(x[key], y[key])) return false;
    }
  }
  return true;
}

function isRepeated(known: Map<unknown, Set<unknown>>, x: unknown, y: unknown): boolean {
  const others = known.get(x) ?? new Set();
  if (others.has(y)) return true;
  known.set(x, others.add(y));
  return false;
}
