import { describe, expect, it } from 'vitest';
import { checkedWake } from '#src/workqueue/checked-wake.ts';
import type { Wake } from '#src/workqueue/wake.ts';

const looked = (given: unknown): ReturnType<typeof checkedWake> => checkedWake(given as Wake);

describe('checkedWake', () => {
  it('returns a valid wake as it is', () => {
    const wake: Wake = { key: 'a', priority: -100, after: Infinity, reason: { source: 'x', type: 'custom' } };
    expect(looked(wake)).toEqual({ wake, error: undefined });
    expect(looked(wake).wake).toBe(wake);
  });

  it.each([undefined, null, 'a', {}, { key: 5 }, { key: null }])('finds no key in %j', (given) => {
    const { wake, error } = looked(given);
    expect(wake).toBeUndefined();
    expect(error).toBeInstanceOf(TypeError);
  });

  it.each([NaN, -1, '5'])('takes the delay %j for none, and says so', (after) => {
    const { wake, error } = looked({ key: 'a', after, priority: 3 });
    expect(wake).toEqual({ key: 'a', after: 0, priority: 3 });
    expect(error).toBeInstanceOf(RangeError);
    expect(error?.message).toMatch(/the wake of a is invalid: after/);
  });

  it.each([NaN, Infinity, '5'])('takes the priority %j for 0, and says so', (priority) => {
    const { wake, error } = looked({ key: 'a', after: 9, priority, reason: { source: 'x', type: 'custom' } });
    expect(wake).toEqual({ key: 'a', after: 9, priority: 0, reason: { source: 'x', type: 'custom' } });
    expect(error?.message).toMatch(/priority/);
  });
});
