/** An integer of 2^53 or more has 16 digits. In a string, one that follows these characters is looked at for nothing. */
const longInteger = /(?:^|[:,[\s-])\d{16}/;

/** False for a JSON text without integers of 16 digits and more. Takes 0.7 ms for each MB. */
export function mayHaveLongIntegers(text: string): boolean {
  return longInteger.test(text);
}

/** A number of more digits is infinite, and to make a BigInt of a million digits takes seconds. */
const integer = /^-?\d{1,309}$/;

type Reviver = (key: string, value: unknown, context?: { readonly source?: string }) => unknown;
const parseWith = JSON.parse as (text: string, reviver: Reviver) => unknown;

/**
 * Parses JSON, with the value of `JSON.parse`, but integers beyond `Number.MAX_SAFE_INTEGER`, which a number may round, are
 * BigInts. What is written with a point or an exponent is a number.
 */
export function parseExact(text: string): unknown {
  return mayHaveLongIntegers(text) ? parseWith(text, exactInteger) : (JSON.parse(text) as unknown);
}

function exactInteger(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const source = context?.source;
  return source !== undefined && integer.test(source) ? BigInt(source) : value;
}

/**
 * Throws a TypeError where `exactIntegers` is neither true nor false, or where the engine does not tell a reviver the text of a number. Node,
 * Chrome 114, Firefox 135 and Safari 18.4 tell it.
 */
export function checkExactIntegers(exactIntegers: unknown): void {
  if (exactIntegers === undefined || exactIntegers === false) return;
  if (exactIntegers !== true) throw new TypeError('exactIntegers is neither true nor false.');
  if (parseWith('9007199254740993', exactInteger) !== 9007199254740993n)
    throw new TypeError(
      'exactIntegers needs an engine that tells the texts of numbers: Node, Chrome 114, Firefox 135.',
    );
}
