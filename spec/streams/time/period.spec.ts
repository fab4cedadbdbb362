import { describe, expect, it } from 'vitest';
import { hours, minutes, seconds } from 'kuberx';
import { checkedPeriod, firstHop, longestTimer } from '#src/streams/time/period.ts';

describe('periods', () => {
  it('count in milliseconds', () => {
    expect([seconds(2), minutes(2), hours(2)]).toEqual([2000, 120_000, 7_200_000]);
  });

  it('split what no timer holds', () => {
    expect(firstHop(longestTimer)).toBe(longestTimer);
    expect(firstHop(longestTimer + 1)).toBe(longestTimer);
    expect(firstHop(Infinity)).toBe(longestTimer);
  });

  it.each([0, 1, 2 ** 40, Infinity])('take %d', (period) => {
    expect(checkedPeriod('period', period)).toBe(period);
  });

  it.each([-1, NaN, '5' as unknown as number, undefined as unknown as number])('refuse %j by name', (period) => {
    expect(() => checkedPeriod('resync period', period)).toThrow(/^resync period is /);
  });
});
