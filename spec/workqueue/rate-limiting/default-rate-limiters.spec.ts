import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import { defaultControllerRateLimiter, defaultItemBasedRateLimiter } from 'kuberx/queue';

describe('defaultControllerRateLimiter', () => {
  it('delays each item by its failures, and all together after a burst', () => {
    const limiter = defaultControllerRateLimiter<number>({ scheduler: new TestScheduler(() => undefined) });
    expect([limiter.when(1), limiter.when(1), limiter.when(2)]).toEqual([5, 10, 5]);
    for (let item = 3; item < 100; item++) limiter.when(item);
    expect([limiter.when(100), limiter.when(101)]).toEqual([100, 200]);
  });
});

describe('defaultItemBasedRateLimiter', () => {
  it('begins with 1 ms', () => {
    const limiter = defaultItemBasedRateLimiter<string>();
    expect([limiter.when('a'), limiter.when('a')]).toEqual([1, 2]);
  });
});
