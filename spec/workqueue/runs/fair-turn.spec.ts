import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import { FairTurn } from '#src/workqueue/runs/fair-turn.ts';

interface Turn {
  readonly turn: FairTurn;
  readonly scheduler: TestScheduler;
  readonly wentOn: () => number;
}

function turn(): Turn {
  const scheduler = new TestScheduler(() => undefined);
  let wentOn = 0;
  return {
    turn: new FairTurn(scheduler, () => wentOn++),
    scheduler,
    wentOn: () => wentOn,
  };
}

describe('FairTurn', () => {
  it('lets runs start for 10 ms, and goes on in the next turn', () => {
    const { turn: fair, scheduler, wentOn } = turn();
    for (const now of [0, 2, 4, 6, 8]) expect(fair.mayStart(now)).toBe(true);
    expect(fair.mayStart(10)).toBe(false);
    expect(wentOn()).toBe(0);
    scheduler.flush();
    expect(wentOn()).toBe(1);
    expect(fair.mayStart(10)).toBe(true);
  });

  it('wakes nobody at the end of a turn that was short', () => {
    const { turn: fair, scheduler, wentOn } = turn();
    fair.mayStart(0);
    scheduler.flush();
    expect(wentOn()).toBe(0);
  });

  it('takes a clock that was set back for a turn that is over', () => {
    const { turn: fair } = turn();
    fair.mayStart(0);
    expect(fair.mayStart(-3_600_000)).toBe(false);
  });

  it('leaves no timer when it is stopped', () => {
    const { turn: fair, scheduler } = turn();
    fair.mayStart(0);
    fair.stop();
    expect(scheduler.actions).toHaveLength(0);
  });
});
