import { describe, expect, it } from 'vitest';
import { itemFastSlowRateLimiter } from 'kuberx/queue';

const limiter = () => itemFastSlowRateLimiter<string>({ fast: 5, slow: 10_000, maxFastAttempts: 3 });

describe('itemFastSlowRateLimiter', () => {
  it('is fast a few times for each item, and then slow, until it is forgotten', () => {
    const each = limiter();
    expect(Array.from({ length: 5 }, () => each.when('one'))).toEqual([5, 5, 5, 10_000, 10_000]);
    expect([each.numRequeues('one'), each.when('two'), each.numRequeues('two')]).toEqual([5, 5, 1]);
    each.forget('one');
    expect([each.numRequeues('one'), each.when('one')]).toEqual([0, 5]);
  });

  it('refuses negative delays and counts', () => {
    expect(() => itemFastSlowRateLimiter({ fast: -1, slow: 1, maxFastAttempts: 1 })).toThrow(RangeError);
    expect(() => itemFastSlowRateLimiter({ fast: 1, slow: 1, maxFastAttempts: NaN })).toThrow(RangeError);
  });
});
