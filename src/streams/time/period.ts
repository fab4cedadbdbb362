/** The longest delay that a platform timer holds; a longer one fires at once. Source: the HTML standard, a signed 32-bit count. */
export const longestTimer: number = 2 ** 31 - 1;

/** The part of a delay that one timer can hold. The next timer takes the rest. */
export function firstHop(delay: number): number {
  return Math.min(delay, longestTimer);
}

/**
 * Returns `milliseconds`, or throws a RangeError that names the period if it is negative or NaN. `Infinity` is valid and means
 * never.
 */
export function checkedPeriod(name: string, milliseconds: number): number {
  if (typeof milliseconds !== 'number' || !(milliseconds >= 0)) {
    throw new RangeError(
      `${name} is ${String(milliseconds)}; it takes milliseconds from 0 on (Infinity for never). Nothing was started.`,
    );
  }
  return milliseconds;
}
