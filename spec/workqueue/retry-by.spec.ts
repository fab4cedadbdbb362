import { describe, expect, it } from 'vitest';
import { retryBy } from '#src/workqueue/retry-by.ts';

const delays = (retry: ReturnType<typeof retryBy>, failures: readonly number[], random = () => 0): number[] => {
  const retried = retry.of(new Error('boom'), random);
  return failures.map((count) => (retried.type === 'failure' ? retried.delayAfter(count) : NaN));
};

describe('retryBy', () => {
  it('doubles from 5 ms to 1000 s', () => {
    expect(delays(retryBy(), [1, 2, 3, 18, 19, 2000])).toEqual([5, 10, 20, 655_360, 1_000_000, 1_000_000]);
  });

  it('adds up to 10% by chance, so that what failed together does not retry together', () => {
    expect(delays(retryBy(), [9], () => 1)).toEqual([1408]);
    expect(delays(retryBy({ classify: () => ({ retryAfter: 10_000 }) }), [1], () => 1)).toEqual([11_000]);
  });

  it('takes what an error asks for as a lower bound', () => {
    const retry = retryBy({ classify: () => ({ retryAfter: 100 }) });
    expect(delays(retry, [1, 5, 6])).toEqual([100, 100, 160]);
  });

  it('gives up after its attempts, or at once for what a retry does not help', () => {
    expect(delays(retryBy({ attempts: 3 }), [2, 3, 4])).toEqual([10, Infinity, Infinity]);
    expect(delays(retryBy({ classify: () => ({ type: 'final' }) }), [1])).toEqual([Infinity]);
  });

  it.each([
    [0, 10],
    [1, 100],
    [NaN, 10],
  ])('retries a lost race after 10 to 100 ms: chance %d', (drawn, delay) => {
    const retry = retryBy({ classify: () => ({ type: 'conflict' }) });
    expect(retry.of(new Error('boom'), () => drawn)).toEqual({ type: 'conflict', delay });
  });

  it.each([NaN, -5, '5', undefined])('takes a delay of %s that an error asks for for none', (retryAfter) => {
    expect(delays(retryBy({ classify: () => ({ retryAfter: retryAfter as number }) }), [1])).toEqual([5]);
  });

  it('takes every error for a failure if classify throws', () => {
    const classify = (): never => {
      throw new Error('boom');
    };
    expect(delays(retryBy({ classify }), [1])).toEqual([5]);
  });

  it('refuses invalid options', () => {
    expect(() => retryBy({ attempts: 0 })).toThrow(RangeError);
    expect(() => retryBy({ factor: 0 })).toThrow(RangeError);
    expect(() => retryBy({ classify: 5 as never })).toThrow(TypeError);
  });
});
