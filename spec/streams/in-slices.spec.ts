import { VirtualAction, VirtualTimeScheduler } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { finished, inSlices } from '#src/streams/in-slices.ts';
import type { Steps } from '#src/streams/map-while-waiting.ts';

/** A clock that goes on by what each step takes. */
class Machine extends VirtualTimeScheduler {
  worked = 0;
  override now: () => number = () => this.frame + this.worked;

  constructor() {
    super(VirtualAction, Infinity);
  }

  *steps(count: number, milliseconds: number, log: number[]): Steps<string> {
    for (let step = 0; step < count; step++) {
      this.worked += milliseconds;
      log.push(step);
      yield;
    }
    return 'done';
  }
}

describe('inSlices', () => {
  it('ends a slice with the step that makes it longer than 8 ms, and goes on in the next turn', () => {
    const machine = new Machine();
    const log: number[] = [];
    const results: string[] = [];
    const work = inSlices(machine.steps(10, 3, log), machine, (result) => results.push(result));
    expect([log.length, results, work.closed]).toEqual([3, [], false]);
    machine.flush();
    expect([log.length, results, work.closed]).toEqual([10, ['done'], true]);
  });

  it('is done before it returns where the time stands still', () => {
    const machine = new Machine();
    const results: string[] = [];
    expect(inSlices(machine.steps(1000, 0, []), machine, (result) => results.push(result)).closed).toBe(true);
    expect(results).toEqual(['done']);
  });

  it('runs no further step after it is unsubscribed', () => {
    const machine = new Machine();
    const log: number[] = [];
    inSlices(machine.steps(100, 10, log), machine, () => expect.fail()).unsubscribe();
    machine.flush();
    expect([log.length, machine.actions.length]).toEqual([1, 0]);
  });

  it('runs all that is left in a turn that comes half a second late, as in a hidden page', () => {
    const machine = new Machine();
    const log: number[] = [];
    inSlices(machine.steps(100, 10, log), machine, () => undefined);
    machine.worked += 500;
    machine.actions[0]!.execute(undefined, 0);
    expect(log).toHaveLength(100);
  });
});

describe('finished', () => {
  it('returns the result of all steps', () => {
    const log: number[] = [];
    expect(finished(new Machine().steps(5, 1, log))).toBe('done');
    expect(log).toHaveLength(5);
  });
});
