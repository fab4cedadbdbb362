import { describe, expect, it } from 'vitest';
import { hours, minutes, seconds } from 'kuberx';
import { itemExponentialFailureRateLimiter } from 'kuberx/queue';

const times = (count: number, step: () => number): number[] => Array.from({ length: count }, step);

describe('itemExponentialFailureRateLimiter', () => {
  it('doubles the delay of each item until it is forgotten', () => {
    const limiter = itemExponentialFailureRateLimiter<string>({ base: 1, max: 1000 });
    expect(times(5, () => limiter.when('one'))).toEqual([1, 2, 4, 8, 16]);
    expect(limiter.numRequeues('one')).toBe(5);
    expect(times(2, () => limiter.when('two'))).toEqual([1, 2]);
    expect(limiter.numRequeues('two')).toBe(2);
    limiter.forget('one');
    expect(limiter.numRequeues('one')).toBe(0);
    expect(limiter.when('one')).toBe(1);
  });

  it.each([
    [1, seconds(1000)],
    [minutes(1), hours(1000)],
  ])('stays at the longest delay after 1,000 failures: from %i ms to %i ms', (base, max) => {
    const limiter = itemExponentialFailureRateLimiter<string>({ base, max });
    expect(times(3, () => limiter.when('one'))).toEqual([base, 2 * base, 4 * base]);
    expect(times(1200, () => limiter.when('overflow')).at(-1)).toBe(max);
  });

  it('goes from 5 ms to 1000 s by default', () => {
    const limiter = itemExponentialFailureRateLimiter<string>();
    const delays = times(30, () => limiter.when('a'));
    expect([delays[0], delays[29]]).toEqual([5, seconds(1000)]);
  });

  it('never delays by NaN, and refuses negative delays', () => {
    const limiter = itemExponentialFailureRateLimiter<string>({ base: 0 });
    expect(new Set(times(2000, () => limiter.when('a')))).toEqual(new Set([0]));
    expect(() => itemExponentialFailureRateLimiter({ base: -1 })).toThrow(RangeError);
    expect(() => itemExponentialFailureRateLimiter({ max: NaN })).toThrow(RangeError);
  });
});
