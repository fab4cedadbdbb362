import { deepestRecursion } from '../protocol/objects/deepest-recursion.ts';
import { deepFreeze, isKnownFrozen, rememberFrozen } from './deep-freeze.ts';
import { exchangeText, type KnownText } from './text-table.ts';

type Fields = Record<string, unknown>;
const noText: KnownText = () => undefined;

/**
 * Returns a deep frozen value that equals `fresh`: one of the candidates if it is equal, else `fresh` itself, in which
 * each part that equals the part of a candidate at the same place is replaced by that part. The first candidate is
 * preferred. Candidates are deep frozen.
 *
 * Equal means the same JSON, the order of keys included. Only plain objects and arrays are shared, and nothing that lies
 * deeper than {@link deepestRecursion}: that is frozen only. A part of `fresh` that is frozen already keeps its own parts.
 * What is new holds the texts that `knownText` knows.
 */
export function share(
  fresh: unknown,
  first: unknown,
  second: unknown,
  knownText: KnownText = noText,
  depth = 0,
): unknown {
  if (typeof fresh !== 'object' || fresh === null || fresh === first) return fresh;
  const a = isAlike(fresh, first) ? first : undefined;
  const b = second !== first && isAlike(fresh, second) ? second : undefined;
  if (Object.isFrozen(fresh)) return shareFrozen(fresh, a, b, depth);
  if ((a === undefined && b === undefined) || depth === deepestRecursion) return deepFreeze(fresh, knownText);
  return Array.isArray(fresh)
    ? shareArray(fresh, a as readonly unknown[] | undefined, b as readonly unknown[] | undefined, knownText, depth)
    : shareObject(fresh as Fields, a as Fields | undefined, b as Fields | undefined, knownText, depth);
}

/** What a value that is frozen to the bottom was found to equal. Neither changes any more. */
const equivalents = new WeakMap<object, object>();

/**
 * Of a frozen value no part can be exchanged. A parser that takes over what siblings have in common gives the same one again
 * and again, so that it is walked once, and not for each object that has it.
 */
function shareFrozen(fresh: object, a: object | undefined, b: object | undefined, depth: number): object {
  const known = equivalents.get(fresh);
  if (known !== undefined && (known === a || known === b)) return known;
  if (!isKnownFrozen(fresh)) rememberFrozen(deepFreeze(fresh));
  const equal = [a, b].find((each) => each !== undefined && each !== fresh && equals(fresh, each, depth));
  if (equal === undefined) return fresh;
  equivalents.set(fresh, equal);
  return equal;
}

function shareArray(
  fresh: unknown[],
  a: readonly unknown[] | undefined,
  b: readonly unknown[] | undefined,
  knownText: KnownText,
  depth: number,
): unknown {
  let isA = a?.length === fresh.length;
  let mayBeB = b?.length === fresh.length;
  for (let index = 0; index < fresh.length; index++) {
    const given = fresh[index];
    const ofA = a !== undefined && index < a.length ? a[index] : undefined;
    const ofB = b !== undefined && index < b.length ? b[index] : undefined;
    const shared = typeof given === 'object' ? share(given, ofA, ofB, knownText, depth + 1) : given;
    if (shared !== given) exchange(fresh, index, given, shared);
    isA &&= shared === ofA;
    mayBeB &&= isOrMayBe(shared, ofA, ofB);
  }
  if (isA) return a;
  if (mayBeB && equals(fresh, b, depth)) return b;
  for (let index = 0; index < fresh.length; index++) exchangeText(fresh, index, fresh[index], knownText);
  return Object.freeze(fresh);
}

function shareObject(
  fresh: Fields,
  a: Fields | undefined,
  b: Fields | undefined,
  knownText: KnownText,
  depth: number,
): unknown {
  const keys = Object.keys(fresh);
  const keysOfA = a === undefined ? undefined : Object.keys(a);
  let isA = keysOfA?.length === keys.length;
  // Whether it has the same keys in the same order is left to the end: mostly it differs before.
  let mayBeB = b !== undefined;
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] as string;
    isA &&= keysOfA?.[index] === key;
    const given = fresh[key];
    if (typeof given !== 'object' && !isA && !mayBeB) continue;
    // Never read a key that is not the candidate's own: `__proto__` and `constructor` are names like any other.
    const ofA = a !== undefined && (isA || Object.hasOwn(a, key)) ? a[key] : undefined;
    const ofB = b !== undefined && Object.hasOwn(b, key) ? b[key] : undefined;
    const shared = typeof given === 'object' ? share(given, ofA, ofB, knownText, depth + 1) : given;
    if (shared !== given) exchange(fresh, key, given, shared);
    isA &&= shared === ofA;
    mayBeB &&= isOrMayBe(shared, ofA, ofB);
  }
  if (isA) return a;
  if (mayBeB && equals(fresh, b, depth)) return b;
  for (const key of keys) exchangeText(fresh, key, fresh[key], knownText);
  return Object.freeze(fresh);
}

/** A part that is read-only, or computed, stays; it is equal. */
function exchange<K extends string | number>(node: Record<K, unknown>, key: K, given: unknown, shared: unknown): void {
  try {
    node[key] = shared;
  } catch {
    deepFreeze(given);
  }
}

/**
 * False where a part is not what the second candidate has. A part taken from the first may equal it still, which is
 * looked at only where all the others do and the first has failed: then no part is compared twice.
 */
function isOrMayBe(shared: unknown, ofA: unknown, ofB: unknown): boolean {
  return shared === ofB || (shared === ofA && typeof shared === 'object' && typeof ofB === 'object');
}

/** False too where both are nested deeper than what is shared. */
function equals(x: unknown, y: unknown, depth: number): boolean {
  if (x === y) return true;
  if (typeof x !== 'object' || x === null || !isAlike(x, y) || depth > deepestRecursion) return false;
  const [keys, keysOfY] = [Object.keys(x), Object.keys(y)];
  return (
    keys.length === keysOfY.length &&
    keys.every((key, index) => key === keysOfY[index] && equals((x as Fields)[key], (y as Fields)[key], depth + 1))
  );
}

function isAlike(fresh: object, candidate: unknown): candidate is object {
  if (typeof candidate !== 'object' || candidate === null) return false;
  const prototype: unknown = Object.getPrototypeOf(fresh);
  if (prototype !== Object.getPrototypeOf(candidate)) return false;
  return prototype === Object.prototype || prototype === Array.prototype || prototype === null;
}
