import { deepestRecursion } from '../protocol/objects/deepest-recursion.ts';
import { deepFreeze, isKnownFrozen, rememberFrozen } from './deep-freeze.ts';
import { exchangePart, type Fields, isNode } from './json-node.ts';
import { exchangeText, type KnownText } from './text-table.ts';

const noText: KnownText = () => undefined;

/**
 * Returns a deep frozen value that equals `fresh`: one of the candidates if it is equal, else `fresh` itself, in which
 * each part that equals the part of a candidate at the same place is replaced by that part. The first candidate is
 * preferred. Candidates are deep frozen.
 *
 * Equal means the same JSON, the order of keys included. Only plain objects and arrays are shared. Parts deeper than
 * {@link deepestRecursion} are frozen and not shared. A part of `fresh` that is frozen already keeps its own parts. New parts
 * hold the texts that `knownText` knows.
 *
 * There are two mechanisms, because equal parts are found at two times. `siblingParser` compares texts before they are
 * parsed: it saves the parsing, but only within one collection and one owner. `share` compares values: it also finds what
 * an object has in common with its previous revision, and works for objects that no parser of ours made. They meet in
 * `shareFrozen`: the parser hands out frozen parts, so `share` walks each of them once and not once for each object.
 */
export function share(
  fresh: unknown,
  first: unknown,
  second: unknown,
  knownText: KnownText = noText,
  depth = 0,
): unknown {
  if (!isNode(fresh) || fresh === first) return fresh;
  const a = isAlike(fresh, first) ? first : undefined;
  const b = second !== first && isAlike(fresh, second) ? second : undefined;
  if (Object.isFrozen(fresh)) return shareFrozen(fresh, a, b, depth);
  if ((a === undefined && b === undefined) || depth === deepestRecursion) return deepFreeze(fresh, knownText);
  return Array.isArray(fresh)
    ? shareArray(fresh, a as readonly unknown[] | undefined, b as readonly unknown[] | undefined, knownText, depth)
    : shareObject(fresh, a as Fields | undefined, b as Fields | undefined, knownText, depth);
}

/** The candidate that equals a value. Both are frozen to the bottom, so the answer stays true. */
const equivalents = new WeakMap<object, object>();

/**
 * A frozen value is replaced as a whole or not at all. It is where the parser's parts arrive: `siblingParser` puts the same
 * frozen part into all siblings, and the answer is remembered, so a part is walked once and not once for each object.
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
    mayBeB &&= isOrMayEqual(shared, ofA, ofB);
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
  // The order of its keys is compared at the end: mostly a part differs before.
  let mayBeB = b !== undefined;
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] as string;
    isA &&= keysOfA?.[index] === key;
    const given = fresh[key];
    if (typeof given !== 'object' && !isA && !mayBeB) continue;
    // Only own keys are read: `__proto__` and `constructor` are names like any other.
    const ofA = a !== undefined && (isA || Object.hasOwn(a, key)) ? a[key] : undefined;
    const ofB = b !== undefined && Object.hasOwn(b, key) ? b[key] : undefined;
    const shared = typeof given === 'object' ? share(given, ofA, ofB, knownText, depth + 1) : given;
    if (shared !== given) exchange(fresh, key, given, shared);
    isA &&= shared === ofA;
    mayBeB &&= isOrMayEqual(shared, ofA, ofB);
  }
  if (isA) return a;
  if (mayBeB && equals(fresh, b, depth)) return b;
  for (const key of keys) exchangeText(fresh, key, fresh[key], knownText);
  return Object.freeze(fresh);
}

/** A part that cannot be replaced stays, frozen. */
function exchange<K extends string | number>(node: Record<K, unknown>, key: K, given: unknown, shared: unknown): void {
  if (!exchangePart(node, key, shared)) deepFreeze(given);
}

/**
 * False where a part differs from that of the second candidate. A part that was taken from the first candidate may still
 * equal it: that is compared last, once all other parts are equal and the first candidate is not, so no part is compared twice.
 */
function isOrMayEqual(shared: unknown, ofA: unknown, ofB: unknown): boolean {
  return shared === ofB || (shared === ofA && typeof shared === 'object' && typeof ofB === 'object');
}

/** Also false where both are nested deeper than {@link deepestRecursion}. */
function equals(x: unknown, y: unknown, depth: number): boolean {
  if (x === y) return true;
  if (!isNode(x) || !isAlike(x, y) || depth > deepestRecursion) return false;
  const [keys, keysOfY] = [Object.keys(x), Object.keys(y)];
  return (
    keys.length === keysOfY.length &&
    keys.every((key, index) => key === keysOfY[index] && equals((x as Fields)[key], (y as Fields)[key], depth + 1))
  );
}

/** True where both are plain objects, or both are arrays. */
function isAlike(fresh: object, candidate: unknown): candidate is object {
  if (!isNode(candidate)) return false;
  const prototype: unknown = Object.getPrototypeOf(fresh);
  if (prototype !== Object.getPrototypeOf(candidate)) return false;
  return prototype === Object.prototype || prototype === Array.prototype || prototype === null;
}
