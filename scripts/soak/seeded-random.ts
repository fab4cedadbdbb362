export { seededRandom } from 'kuberx/testing';

/** A whole number from `from` to `to`, both included. */
export function wholeNumber(random: () => number, from: number, to: number): number {
  return from + Math.floor(random() * (to - from + 1));
}

/** One of the values; there has to be one. */
export function oneOf<V>(random: () => number, values: readonly V[]): V {
  return values[Math.floor(random() * values.length)]!;
}
