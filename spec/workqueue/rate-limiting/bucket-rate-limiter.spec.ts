import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import { bucketRateLimiter } from 'kuberx/queue';

describe('bucketRateLimiter', () => {
  it('delays all items together, further with each call', () => {
    const scheduler = new TestScheduler(() => undefined);
    const limiter = bucketRateLimiter<number>({ rate: 10, burst: 2, scheduler });
    expect([1, 2, 3, 4].map((item) => limiter.when(item))).toEqual([0, 0, 100, 200]);
    scheduler.frame = 150;
    expect(limiter.when(5)).toBe(150);
    limiter.forget(5);
    expect(limiter.numRequeues(5)).toBe(0);
  });

  it('lets 100 through by default, and then 10 each second', () => {
    const limiter = bucketRateLimiter<number>({ scheduler: new TestScheduler(() => undefined) });
    const delays = Array.from({ length: 102 }, (_, item) => limiter.when(item));
    expect([delays[99], delays[100], delays[101]]).toEqual([0, 100, 200]);
  });

  it('refuses a rate of 0', () => {
    expect(() => bucketRateLimiter({ rate: 0 })).toThrow(RangeError);
  });
});
