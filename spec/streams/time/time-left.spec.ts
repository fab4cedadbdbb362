import { describe, expect, it } from 'vitest';
import { timeLeft } from '#src/streams/time/time-left.ts';

describe('timeLeft', () => {
  it.each([
    [100, 100],
    [104, 96],
    [200, 0],
    [999, 0],
  ])('of 100 ms that began at 100 is, at %i, %i ms', (now, expected) => {
    expect(timeLeft(100, 100, { now: () => now })).toBe(expected);
  });

  it('is all of it where the clock was set back', () => {
    expect(timeLeft(100, 100, { now: () => 7 })).toBe(100);
  });

  it('never ends of a period without an end', () => {
    expect(timeLeft(Infinity, 0, { now: () => 1e12 })).toBe(Infinity);
  });
});
