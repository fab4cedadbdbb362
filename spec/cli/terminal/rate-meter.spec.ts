import { describe, expect, it } from 'vitest';
import { RateMeter } from '../../../cli/terminal/rate-meter.ts';

describe('RateMeter', () => {
  it('is the mean over its window', () => {
    const meter = new RateMeter(0);
    for (let now = 0; now < 60_000; now += 50) meter.note(now);
    expect(meter.perSecond(60_000)).toBeCloseTo(20, 0);
  });

  it('is the mean since the start before that, but for the first second', () => {
    const meter = new RateMeter(1000);
    meter.note(1000, 30);
    expect(meter.perSecond(1001)).toBe(30);
    expect(meter.perSecond(4000)).toBe(10);
  });

  it('falls to nothing', () => {
    const meter = new RateMeter(0);
    meter.note(100, 1000);
    expect(meter.perSecond(4000)).toBe(250);
    expect(meter.perSecond(6000)).toBe(0);
  });
});
