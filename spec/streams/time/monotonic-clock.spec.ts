import { asyncScheduler } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { monotonicClock } from '#src/streams/time/monotonic-clock.ts';

describe('monotonicClock', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is the time of a virtual scheduler', () => {
    const scheduler = new TestScheduler(() => undefined);
    scheduler.frame = 42;
    expect(monotonicClock(scheduler).now()).toBe(42);
  });

  it('goes on where the wall clock jumps', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const clock = monotonicClock(asyncScheduler);
    const before = clock.now();
    vi.setSystemTime(0);
    expect(asyncScheduler.now()).toBe(0);
    expect(clock.now()).toBeGreaterThanOrEqual(before);
  });

  it('is that of fake timers while a test has them', () => {
    const clock = monotonicClock(asyncScheduler);
    vi.useFakeTimers();
    const before = clock.now();
    vi.advanceTimersByTime(1234);
    expect(clock.now() - before).toBe(1234);
  });
});
