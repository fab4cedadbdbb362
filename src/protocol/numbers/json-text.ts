/** Called for each value before it is written; what it throws, `jsonText` throws. `field` gives the path of the value. */
export type CheckValue = (given: unknown, written: unknown, field: () => string) => void;

/**
 * Writes a value as `JSON.stringify` does, and a BigInt as an integer, digit by digit, whatever its `toJSON` is. `check` sees
 * each member as it was given, and as JSON writes it. Throws what `JSON.stringify` throws for a cycle, for a `toJSON` that
 * throws and for what is nested too deep.
 */
export function jsonText(value: unknown, check: CheckValue = () => undefined): string {
  const { text, count } = textWith(value, () => 0, check);
  if (count === 0) return text;
  // A BigInt is written as a string first, with a mark before it that is nowhere in the text.
  const taken = new Set(Array.from(text.matchAll(/\\u0001(\d{1,9}):/g), ([, number]) => number));
  let free = 0;
  while (taken.has(String(free))) free += 1;
  const marked = new RegExp(`"\\\\u0001${free}:(-?\\d+)"`, 'g');
  return textWith(value, (integer) => `\u0001${free}:${integer}`).text.replace(marked, '$1');
}

/** The text with something else for each BigInt, and how many there are. */
function textWith(
  value: unknown,
  standIn: (integer: bigint) => string | number,
  check: CheckValue = () => undefined,
): { text: string; count: number } {
  // The objects that contain the current member, from the outermost one, and the key that is written in each.
  const holders: unknown[] = [];
  const keys: string[] = [];
  let count = 0;
  function replace(this: unknown, key: string, written: unknown): unknown {
    while (holders.length > 0 && holders.at(-1) !== this) {
      holders.pop();
      keys.pop();
    }
    const given = (this as Record<string, unknown>)[key];
    if (holders.length > 0) keys[keys.length - 1] = key;
    if (typeof given === 'bigint') {
      count += 1;
      return standIn(given);
    }
    check(given, written, () => fieldOf(holders, keys));
    if (typeof written === 'object' && written !== null) {
      holders.push(written);
      keys.push('');
    }
    return written;
  }
  return { text: JSON.stringify(value, replace), count };
}

const plainKey = /^[\p{L}_$][\p{L}\p{N}_$-]*$/u;

function fieldOf(holders: readonly unknown[], keys: readonly string[]): string {
  let path = '';
  for (const [index, key] of keys.entries()) {
    if (Array.isArray(holders[index])) path += `[${key}]`;
    else if (plainKey.test(key)) path += path === '' ? key : `.${key}`;
    else path += `[${JSON.stringify(key)}]`;
  }
  return path;
}

/**
 * Writes a value as JSON, BigInts as integers. Infinities and NaN become null, as `JSON.stringify` writes them.
 *
 * ```ts
 * console.log(exactText({ limit: 9007199254740993n })); // {"limit":9007199254740993}
 * ```
 */
export function exactText(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return jsonText(value);
  }
}
