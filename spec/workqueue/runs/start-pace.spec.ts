import { describe, expect, it } from 'vitest';
import { StartPace } from '#src/workqueue/runs/start-pace.ts';

/** When each of some starts happens that come as soon as they may. */
function starts(pace: StartPace, count: number, from = 0): number[] {
  let now = from;
  return Array.from({ length: count }, () => {
    now += pace.wait(now);
    pace.start(now);
    return now;
  });
}

describe('StartPace', () => {
  it('lets a burst start at once, and then at the rate', () => {
    expect(starts(new StartPace({ rate: 10, burst: 3 }), 6)).toEqual([0, 0, 0, 100, 200, 300]);
  });

  it('has a full burst again after a quiet time, and no more', () => {
    const pace = new StartPace({ rate: 10, burst: 2 });
    starts(pace, 4);
    expect(starts(pace, 4, 10_000)).toEqual([10_000, 10_000, 10_100, 10_200]);
  });

  it.each([{ rate: 0 }, { rate: NaN }, { rate: -1 }, { rate: 1, burst: 0 }, { rate: 1, burst: NaN }])(
    'refuses %j',
    (pace) => {
      expect(() => new StartPace(pace)).toThrow(RangeError);
    },
  );
});
