import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import { FairTurn } from '#src/workqueue/runs/fair-turn.ts';

interface Turn {
  readonly turn: FairTurn;
  readonly scheduler: TestScheduler;
  readonly wentOn: () => number;
  readonly pass: (time: number) => void;
}

function turn(): Turn {
  const scheduler = new TestScheduler(() => undefined);
  let now = 0;
  let wentOn = 0;
  return {
    turn: new FairTurn(scheduler, { now: () => now }, () => wentOn++),
    scheduler,
    wentOn: () => wentOn,
    pass: (time) => {
      now += time;
    },
  };
}

describe('FairTurn', () => {
  it('lets runs start for 10 ms, and goes on in the next turn', () => {
    const { turn: fair, scheduler, wentOn, pass } = turn();
    for (let each = 0; each < 5; each++) {
      expect(fair.mayStart()).toBe(true);
      pass(2);
    }
    expect(fair.mayStart()).toBe(false);
    expect(wentOn()).toBe(0);
    scheduler.flush();
    expect(wentOn()).toBe(1);
    expect(fair.mayStart()).toBe(true);
  });

  it('wakes nobody at the end of a turn that was short', () => {
    const { turn: fair, scheduler, wentOn } = turn();
    fair.mayStart();
    scheduler.flush();
    expect(wentOn()).toBe(0);
  });

  it('takes a clock that was set back for a turn that is over', () => {
    const { turn: fair, pass } = turn();
    fair.mayStart();
    pass(-3_600_000);
    expect(fair.mayStart()).toBe(false);
  });

  it('leaves no timer when it is stopped', () => {
    const { turn: fair, scheduler } = turn();
    fair.mayStart();
    fair.stop();
    expect(scheduler.actions).toHaveLength(0);
  });
});
