import { expect, it } from 'vitest';
import { elapsedAtMost } from '#src/controller/leading/moment.ts';

const since = { wall: 1000, monotonic: 50 };

it.each([
  ['both clocks agree', { wall: 1500, monotonic: 550 }, 500],
  ['the wall clock jumped ahead', { wall: 9000, monotonic: 550 }, 8000],
  ['the wall clock jumped back', { wall: 0, monotonic: 550 }, 500],
  ['the monotonic clock stood still in a sleep', { wall: 61_000, monotonic: 51 }, 60_000],
])('counts by the clock that says more where %s', (_, now, elapsed) => {
  expect(elapsedAtMost(since, now)).toBe(elapsed);
});
