import { deepestRecursion } from '../protocol/objects/deepest-recursion.ts';

type Fields = Record<string, unknown>;

/**
 * What became of an object, or of a copy of it, with the object's own parts where they are equal: the object itself, if all
 * of it is. So what the object shares with others, and what is known of those parts, outlives a copy.
 *
 * Equal means the same JSON, the order of keys included, down to {@link deepestRecursion}. What was given may have its parts
 * exchanged; an object that has lost keys may be replaced by an equal one.
 */
export function withPartsOf(object: unknown, given: unknown): unknown {
  return settled(object, given, 0);
}

function settled(object: unknown, given: unknown, depth: number): unknown {
  if (given === object || !isNode(given) || !isNode(object) || depth > deepestRecursion) return given;
  const prototype: unknown = Object.getPrototypeOf(given);
  if (prototype !== Object.getPrototypeOf(object)) return given;
  if (prototype === Array.prototype)
    return settledArray(object as unknown as unknown[], given as unknown as unknown[], depth);
  return prototype === Object.prototype ? settledObject(object, given, depth) : given;
}

function settledArray(object: readonly unknown[], given: unknown[], depth: number): unknown {
  let isSame = given.length === object.length;
  for (let index = 0; index < given.length; index++) {
    const [own, part] = [object[index], given[index]];
    const kept = typeof part === 'object' ? settled(own, part, depth + 1) : part;
    if (kept !== part) exchange(given, index, kept);
    isSame &&= kept === own;
  }
  return isSame ? object : given;
}

// Objects are walked by for-in, which takes half the time of a list of their keys.
function settledObject(object: Fields, given: Fields, depth: number): unknown {
  const keys = Object.keys(given);
  let isSame = true;
  let index = 0;
  let before = 0;
  for (const key in object) {
    before += 1;
    const isInPlace = keys[index] === key;
    if (isInPlace) index += 1;
    else isSame = false;
    const own = object[key];
    if (typeof own !== 'object') isSame &&= own === given[key];
    // Never read a key that is not its own: `__proto__` and `constructor` are names like any other.
    else if (isInPlace || Object.hasOwn(given, key)) {
      const part = given[key];
      const kept = settled(own, part, depth + 1);
      if (kept !== part) exchange(given, key, kept);
      isSame &&= kept === own;
    }
  }
  if (isSame && before === keys.length) return object;
  // V8 keeps what keys were deleted from as a dictionary: of a pod's metadata that is 800 bytes more.
  return keys.length < before ? { ...given } : given;
}

/** A part that is read-only, or computed, stays; it is equal. */
function exchange<K extends string | number>(node: Record<K, unknown>, key: K, kept: unknown): void {
  try {
    node[key] = kept;
  } catch {
    // As it was.
  }
}

function isNode(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
