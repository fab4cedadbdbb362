import { describe, expect, it } from 'vitest';
import { reflectorBackoff } from '#src/reflector/reflector-backoff.ts';
import { backoffDelay, checkedBackoff } from '#src/streams/time/backoff.ts';

const delays = (random: () => number): number[] =>
  [1, 2, 3, 4, 5, 6, 7, 8].map((attempt) => backoffDelay(attempt, random, reflectorBackoff));

describe('backoffDelay', () => {
  it('doubles from 800 ms to 30 s', () => {
    expect(delays(() => 0)).toEqual([800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000]);
  });

  it('adds up to as much again by chance', () => {
    expect(delays(() => 0.5)).toEqual([1200, 2400, 4800, 9600, 19_200, 38_400, 45_000, 45_000]);
  });

  it('stays at the cap however often it fails', () => {
    expect(backoffDelay(5000, () => 0, reflectorBackoff)).toBe(30_000);
  });

  it('is a delay however often it fails without one', () => {
    expect(backoffDelay(5000, () => 0, { ...reflectorBackoff, initial: 0 })).toBe(0);
  });

  it('is a delay whatever chance says', () => {
    expect(backoffDelay(1, () => NaN, reflectorBackoff)).toBe(800);
  });

  it('takes the first delay for anything below the first attempt', () => {
    expect(backoffDelay(0, () => 0, reflectorBackoff)).toBe(800);
  });
});

describe('checkedBackoff', () => {
  it('completes what is given', () => {
    expect(checkedBackoff({ max: 5000 }, reflectorBackoff)).toEqual({ ...reflectorBackoff, max: 5000 });
  });

  it.each([
    { initial: -1 },
    { max: NaN },
    { jitter: -0.1 },
    { jitter: Infinity },
    { factor: 0.5 },
    { factor: Infinity },
  ])('refuses %j', (backoff) => {
    expect(() => checkedBackoff(backoff, reflectorBackoff)).toThrow(RangeError);
  });
});
