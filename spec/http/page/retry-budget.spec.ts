import { describe, expect, it } from 'vitest';
import { seconds } from 'kuberx';
import { RetryBudget } from '#src/http/page/retry-budget.ts';

describe('RetryBudget', () => {
  it('gives 10 retries in a row, then one every 2 s, and no more than 10 after a calm', () => {
    let time = 0;
    const budget = new RetryBudget({ now: () => time });
    const takeAll = (): number => {
      let taken = 0;
      while (budget.take()) taken += 1;
      return taken;
    };
    expect(budget.untilNext).toBe(0);
    expect(takeAll()).toBe(10);
    expect(budget.untilNext).toBe(seconds(2));
    time = seconds(1.5);
    expect([takeAll(), budget.untilNext]).toEqual([0, seconds(0.5)]);
    time = seconds(6);
    expect([takeAll(), budget.untilNext]).toEqual([3, seconds(2)]);
    time = seconds(600);
    expect(takeAll()).toBe(10);
    budget.renew();
    expect(takeAll()).toBe(10);
  });

  it('goes on after the clock was set back', () => {
    let time = seconds(1000);
    const budget = new RetryBudget({ now: () => time });
    while (budget.take());
    time = 0;
    expect(budget.untilNext).toBe(seconds(2));
    time = seconds(2);
    expect(budget.take()).toBe(true);
  });
});
