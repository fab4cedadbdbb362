import { expect, it } from 'vitest';
import { chance } from '#src/streams/time/chance.ts';

it.each([
  [0, 0],
  [0.25, 0.25],
  [1, 1],
  [7, 1],
  [Infinity, 1],
  [-3, 0],
  [NaN, 0],
  [undefined as unknown as number, 0],
])('takes the draw %j for %j', (drawn, expected) => {
  expect(chance(() => drawn)).toBe(expected);
});
