import { type Fields, isNode } from './json-node.ts';
import { exchangeText, type KnownText } from './text-table.ts';

/**
 * Freezes a value and all of its parts, to any depth, and returns it. Parts that are frozen already are walked as well,
 * because `Object.freeze` does not freeze what is in them. Views of binary data cannot be frozen and stay as they are. Parts
 * that were not frozen before get the texts that `knownText` knows.
 */
export function deepFreeze<T>(value: T, knownText?: KnownText): T {
  const pending: object[] = [];
  push(value, pending);
  // Parts that were frozen before: a cycle ends, and a part that several parts refer to is walked once.
  let walked: Set<object> | undefined;
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const isFresh = !Object.isFrozen(node);
    if (!isFresh) {
      walked ??= new Set();
      if (walked.has(node)) continue;
      walked.add(node);
    }
    const known = isFresh ? knownText : undefined;
    if (Array.isArray(node)) for (let index = 0; index < node.length; index++) take(node, index, pending, known);
    else for (const key of Object.keys(node)) take(node as Fields, key, pending, known);
    if (isFresh) Object.freeze(node);
  }
  return value;
}

const frozen = new WeakSet<object>();

/** True for the objects of {@link rememberFrozen}. Other objects may be frozen to the bottom too; only a walk can tell. */
export function isKnownFrozen(object: object): boolean {
  return frozen.has(object);
}

/** Remembers that an object is frozen to the bottom, and holds it weakly. Returns it. A value that is not an object always is frozen. */
export function rememberFrozen<T>(value: T): T {
  if (isNode(value)) frozen.add(value);
  return value;
}

function take<K extends string | number>(
  node: Record<K, unknown>,
  key: K,
  pending: object[],
  known: KnownText | undefined,
): void {
  const child = node[key];
  if (typeof child !== 'string') push(child, pending);
  else if (known !== undefined) exchangeText(node, key, child, known);
}

function push(value: unknown, pending: object[]): void {
  if (isNode(value) && !ArrayBuffer.isView(value)) pending.push(value);
}
