import { describe, expect, it } from 'vitest';
import { checkedOutcome } from '#src/workqueue/checked-outcome.ts';

describe('checkedOutcome', () => {
  it.each([undefined, null, {}])('takes %j for nothing', (given) => {
    expect(checkedOutcome(given)).toEqual({});
  });

  it('takes a delay from 0 to Infinity, and a priority of any sign', () => {
    expect(checkedOutcome({ requeueAfter: 0 })).toEqual({ requeueAfter: 0 });
    expect(checkedOutcome({ requeueAfter: Infinity, priority: -100 })).toEqual({
      requeueAfter: Infinity,
      priority: -100,
    });
  });

  it.each([
    [5, 'of type number'],
    ['soon', 'of type string'],
    [false, 'of type boolean'],
    [[], 'an array'],
    [{ kind: 'Pod' }, 'has the field kind'],
  ])('refuses %j', (given, why) => {
    expect(() => checkedOutcome(given)).toThrow(TypeError);
    expect(() => checkedOutcome(given)).toThrow(why);
  });

  it.each([NaN, -1, '5', null])('refuses the delay %j', (requeueAfter) => {
    expect(() => checkedOutcome({ requeueAfter })).toThrow(RangeError);
  });

  it.each([NaN, Infinity, '5'])('refuses the priority %j', (priority) => {
    expect(() => checkedOutcome({ priority })).toThrow(RangeError);
  });
});
