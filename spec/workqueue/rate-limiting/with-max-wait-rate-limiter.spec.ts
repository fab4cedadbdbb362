import { describe, expect, it } from 'vitest';
import { itemFastSlowRateLimiter, withMaxWaitRateLimiter } from 'kuberx/queue';

describe('withMaxWaitRateLimiter', () => {
  it('cuts delays to the longest one, and hands everything else on', () => {
    const inner = itemFastSlowRateLimiter<string>({ fast: 5, slow: 1_000_000, maxFastAttempts: 100 });
    const limiter = withMaxWaitRateLimiter(inner, 500_000);
    const delays = Array.from({ length: 200 }, () => limiter.when('a'));
    expect(new Set(delays.slice(0, 100))).toEqual(new Set([5]));
    expect(new Set(delays.slice(100))).toEqual(new Set([500_000]));
    expect(limiter.numRequeues('a')).toBe(200);
    limiter.forget('a');
    expect(inner.numRequeues('a')).toBe(0);
  });

  it('refuses a negative one', () => {
    expect(() => withMaxWaitRateLimiter(itemFastSlowRateLimiter({ fast: 1, slow: 1, maxFastAttempts: 1 }), -1)).toThrow(
      RangeError,
    );
  });
});
