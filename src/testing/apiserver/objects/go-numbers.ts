const leastInt64 = -(2n ** 63n);
const mostInt64 = 2n ** 63n - 1n;

/**
 * A JSON value with the numbers that a kube-apiserver reads: int64s and floats. An int64 that a number would round is a BigInt
 * here. Changes the value in place. `undefined` for a value with a number that is neither. Source: apimachinery
 * `util/json/json.go`, ConvertInterfaceNumbers.
 */
export function asGoReads(value: unknown): { readonly value: unknown } | undefined {
  const root = { value };
  const pending: object[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    for (const key of Object.keys(node)) {
      const member = (node as Record<string, unknown>)[key];
      if (typeof member === 'object' && member !== null) pending.push(member);
      else if (typeof member === 'number' && !Number.isFinite(member)) return undefined;
      else if (typeof member === 'bigint' && !isLargeInt64(member)) {
        const number = Number(member);
        if (!Number.isFinite(number)) return undefined;
        (node as Record<string, unknown>)[key] = number;
      }
    }
  }
  return root;
}

function isLargeInt64(integer: bigint): boolean {
  const isInt64 = integer >= leastInt64 && integer <= mostInt64;
  return isInt64 && !Number.isSafeInteger(Number(integer));
}

/** The number next to 2^63 that is less: as the largest int64, which a number would round to more than an int64 holds. */
const nearestBelow = 2 ** 63 - 1024;

/** A JSON value with a number for each BigInt, for what knows no BigInts. A value without BigInts is itself. */
export function withoutBigInts(value: unknown): unknown {
  if (typeof value === 'bigint') return value <= mostInt64 ? Math.min(Number(value), nearestBelow) : Number(value);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, member]) => [key, member, withoutBigInts(member)] as const);
  if (entries.every(([, member, written]) => member === written)) return value;
  const changed = entries.map(([key, , written]) => [key, written] as const);
  return Array.isArray(value) ? changed.map(([, written]) => written) : Object.fromEntries(changed);
}
