import { deepestRecursion } from '../protocol/objects/deepest-recursion.ts';
import type { Mutable } from '../protocol/objects/mutable.ts';

type Node = Record<string, unknown>;

/**
 * A copy of a value whose parts, at any depth, are nobody else's. Plain objects and arrays are copied, with the order of
 * their keys, others are not.
 */
export function mutableCopy<T>(value: T): Mutable<T> {
  return (isObject(value) ? copyOf(value, 0) : value) as Mutable<T>;
}

function copyOf(node: object, depth: number): object {
  if (depth > deepestRecursion) return copyOfAny(node);
  if (Array.isArray(node)) {
    const copy: unknown[] = node.slice();
    for (let index = 0; index < copy.length; index++) {
      const child = copy[index];
      if (isObject(child)) copy[index] = copyOf(child, depth + 1);
    }
    return copy;
  }
  if (Object.getPrototypeOf(node) !== Object.prototype) return copyOfAny(node);
  const copy: Node = {};
  // A third of the time that a spread and a list of keys take.
  for (const key in node) {
    const child = (node as Node)[key];
    const value = isObject(child) ? copyOf(child, depth + 1) : child;
    // To write to that key would change the prototype.
    if (key === '__proto__')
      Object.defineProperty(copy, key, { value, writable: true, enumerable: true, configurable: true });
    else copy[key] = value;
  }
  return copy;
}

/** With a stack of its own, and to the end of a cycle. */
function copyOfAny(root: object): object {
  const copies = new Map<object, object>();
  const pending: Node[] = [];
  const once = (node: object): object => {
    const known = copies.get(node);
    if (known !== undefined) return known;
    const copy = shallowCopy(node);
    copies.set(node, copy ?? node);
    if (copy !== undefined) pending.push(copy);
    return copy ?? node;
  };
  const result = once(root);
  for (let copy = pending.pop(); copy !== undefined; copy = pending.pop()) {
    for (const key of Object.keys(copy)) if (isObject(copy[key])) copy[key] = once(copy[key]);
  }
  return result;
}

function shallowCopy(node: object): Node | undefined {
  if (Array.isArray(node)) return node.slice() as unknown[] as unknown as Node;
  const prototype: unknown = Object.getPrototypeOf(node);
  // A spread defines members, so an own `__proto__` is copied as what it is: data.
  if (prototype === Object.prototype) return { ...node };
  return prototype === null ? Object.assign(Object.create(null) as Node, node) : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
