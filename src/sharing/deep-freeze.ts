import { exchangeText, type KnownText } from './text-table.ts';

/**
 * Freezes a value and all that it holds, to any depth, and returns it. Parts that are frozen already are walked as well:
 * `Object.freeze` leaves what is in them as it was. Views of binary data cannot be frozen and stay as they are. What was not
 * frozen before holds the texts that `knownText` knows.
 */
export function deepFreeze<T>(value: T, knownText?: KnownText): T {
  const pending: object[] = [];
  push(value, pending);
  // Of those that were frozen before, so that a cycle ends and no part is walked by every way that leads to it.
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

/** True for what {@link rememberFrozen} was told of. Others may be frozen to the bottom too, which only a walk can tell. */
export function isKnownFrozen(object: object): boolean {
  return frozen.has(object);
}

/** Remembers, without holding it, that an object is frozen to the bottom. What is no object always is. */
export function rememberFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) frozen.add(value);
  return value;
}

type Fields = Record<string, unknown>;

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
  if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) pending.push(value);
}
