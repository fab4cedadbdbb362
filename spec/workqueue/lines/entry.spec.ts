import { describe, expect, it } from 'vitest';
import { joined, joinedAll, type JoinedReasons, noReasons } from '#src/workqueue/lines/entry.ts';
import type { Reason } from '#src/workqueue/wake.ts';

const reason = (index: number): Reason => ({ source: `source ${index}`, type: 'custom' });
const several = (count: number): JoinedReasons =>
  Array.from({ length: count }, (_, index) => reason(index)).reduce(joined, noReasons);

describe('joined', () => {
  it('lists eight reasons and counts the others', () => {
    expect(several(8)).toEqual({ listed: Array.from({ length: 8 }, (_, index) => reason(index)), more: 0 });
    expect(several(100)).toEqual({ listed: several(8).listed, more: 92 });
  });

  it('returns the same reasons for no further one', () => {
    const reasons = several(2);
    expect(joined(reasons, undefined)).toBe(reasons);
  });
});

describe('joinedAll', () => {
  it('lists the first eight of both', () => {
    expect(joinedAll(several(10), several(5))).toEqual({ listed: several(8).listed, more: 7 });
    expect(joinedAll(several(2), several(1)).listed).toHaveLength(3);
  });
});
