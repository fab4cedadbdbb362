import { describe, expect, it } from 'vitest';
import { itemExponentialFailureRateLimiter, itemFastSlowRateLimiter, maxOfRateLimiter } from 'kuberx/queue';

describe('maxOfRateLimiter', () => {
  it('asks all limiters, and takes the longest delay and the highest count', () => {
    const limiter = maxOfRateLimiter<string>(
      itemFastSlowRateLimiter({ fast: 5, slow: 3000, maxFastAttempts: 3 }),
      itemExponentialFailureRateLimiter({ base: 1, max: 1000 }),
    );
    expect(Array.from({ length: 5 }, () => limiter.when('one'))).toEqual([5, 5, 5, 3000, 3000]);
    expect(limiter.numRequeues('one')).toBe(5);
    expect([limiter.when('two'), limiter.when('two'), limiter.numRequeues('two')]).toEqual([5, 5, 2]);
    limiter.forget('one');
    expect([limiter.numRequeues('one'), limiter.when('one')]).toEqual([0, 5]);
  });

  it('delays nothing without a limiter', () => {
    expect(maxOfRateLimiter<string>().when('a')).toBe(0);
  });
});
