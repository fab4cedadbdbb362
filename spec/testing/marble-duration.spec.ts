import { expect, it } from 'vitest';
import { marbleDuration } from '#src/testing/marble-duration.ts';

it.each([
  [1, '1ms'],
  [999, '999ms'],
  [1000, '1s'],
  [1500, '1s 500ms'],
  [60_000, '1m'],
  [3_661_001, '61m 1s 1ms'],
  [0, ''],
])('writes %d ms as in a marble diagram', (milliseconds, words) => {
  expect(marbleDuration(milliseconds)).toBe(words);
});
