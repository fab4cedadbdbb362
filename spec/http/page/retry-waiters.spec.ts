import { describe, expect, it } from 'vitest';
import { RetryWaiters } from '#src/http/page/retry-waiters.ts';

describe('RetryWaiters', () => {
  it('count who waits, by resource, and nudge all of them', () => {
    let changes = 0;
    const nudged: string[] = [];
    const waiters = new RetryWaiters(() => (changes += 1));
    const first = waiters.nudged('a').subscribe(() => nudged.push('first'));
    const second = waiters.nudged('a').subscribe(() => nudged.push('second'));
    waiters.nudged('b').subscribe(() => nudged.push('third'));
    expect([waiters.count(() => true), waiters.count((resource) => resource === 'a')]).toEqual([3, 2]);
    first.unsubscribe();
    waiters.nudge();
    second.unsubscribe();
    waiters.nudge();
    expect([...waiters.resources]).toEqual(['b']);
    expect(nudged).toEqual(['second', 'third', 'third']);
    expect(changes).toBe(5);
  });
});
