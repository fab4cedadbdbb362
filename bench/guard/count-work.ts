/**
 * Loaded into a consumer first: counts the calls of its code to the platform. The counts depend on the code and the
 * data, and not on the machine or its load.
 */

/** The work so far. */
export interface CountedWork {
  /** Characters of JSON that were parsed. */
  parsed: number;
  /** Objects and arrays that were frozen. */
  frozen: number;
  /** Array elements that were copied by `slice`, which is how the tree of a snapshot copies a node. */
  copied: number;
}

/** Where the consumer finds its counts. */
export const countedWork: CountedWork = { parsed: 0, frozen: 0, copied: 0 };

const { parse } = JSON;
JSON.parse = (text: string, ...rest): unknown => {
  countedWork.parsed += text.length;
  return parse(text, ...rest) as unknown;
};

const { freeze } = Object;
Object.freeze = <T>(value: T): Readonly<T> => {
  if (typeof value === 'object' && !Object.isFrozen(value)) countedWork.frozen += 1;
  return freeze(value);
};

const { slice } = Array.prototype;
Array.prototype.slice = function (this: unknown[], ...range): unknown[] {
  const copy = slice.apply(this, range);
  countedWork.copied += copy.length;
  return copy;
};

Object.defineProperty(globalThis, 'benchCounts', { value: countedWork });
