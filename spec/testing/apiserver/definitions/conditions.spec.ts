import { describe, expect, it } from 'vitest';
import { isTrue, withCondition } from '#src/testing/apiserver/definitions/conditions.ts';

const condition = { type: 'A', status: 'True', reason: 'R', message: 'm' };

describe('withCondition', () => {
  it('adds a condition, and takes the place of one of its type', () => {
    const conditions = withCondition({ conditions: null }, condition, 't1');
    expect(conditions).toEqual([{ ...condition, lastTransitionTime: 't1' }]);
    const both = withCondition({ conditions }, { ...condition, type: 'B' }, 't2');
    expect(both.map(({ type }) => type)).toEqual(['A', 'B']);
    expect(withCondition({ conditions: both }, { ...condition, status: 'False' }, 't3')[0]).toMatchObject({
      status: 'False',
      lastTransitionTime: 't3',
    });
  });

  it('keeps the time while the condition does not turn', () => {
    const conditions = withCondition({}, condition, 't1');
    expect(withCondition({ conditions }, { ...condition, reason: 'Other' }, 't2')).toEqual([
      { ...condition, reason: 'Other', lastTransitionTime: 't1' },
    ]);
  });
});

describe('isTrue', () => {
  it('tells whether a condition is there and true', () => {
    expect(isTrue({ status: { conditions: [condition] } }, 'A')).toBe(true);
    expect(isTrue({ status: { conditions: [{ ...condition, status: 'False' }] } }, 'A')).toBe(false);
    expect(isTrue({ status: { conditions: null } }, 'A')).toBe(false);
    expect(isTrue({}, 'A')).toBe(false);
  });
});
