import { expect, it } from 'vitest';
import { seededRandom } from 'kuberx/testing';

const first = (seed: number, count: number): number[] => Array.from({ length: count }, seededRandom(seed));

it('gives the same numbers for the same seed, others for its neighbour', () => {
  expect(first(7, 5)).toEqual(first(7, 5));
  expect(first(8, 5)).not.toEqual(first(7, 5));
});

it.each([0, -1, 1, 2 ** 32, Number.MAX_SAFE_INTEGER])('spreads over 0 to 1 with the seed %d', (seed) => {
  const numbers = first(seed, 10_000);
  expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
  const tenths = Array.from({ length: 10 }, (_, tenth) => numbers.filter((n) => Math.floor(n * 10) === tenth).length);
  // 1000 are expected in each; 30 is a standard deviation.
  for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(200);
});

it.each([NaN, 0.5, Infinity, undefined as never, '1' as never])('refuses the seed %s', (seed) => {
  expect(() => seededRandom(seed)).toThrow(RangeError);
});
