import { Subscription } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { Entry } from '#src/workqueue/lines/entry.ts';
import { ActiveRun } from '#src/workqueue/runs/active-run.ts';

const active = (): ActiveRun<string> => new ActiveRun(new Entry('a'), { listed: [], more: 0, since: 0, attempt: 2 }, 5);

describe('ActiveRun', () => {
  it('has one signal, also if nobody has looked at it before it is aborted', () => {
    const run = active();
    run.abort('timeout');
    expect(run.run.signal.aborted).toBe(true);
    expect(run.run.signal.reason).toMatchObject({ name: 'RunAbortedError', reason: 'timeout', key: 'a' });
    expect(run.run.signal).toBe(run.run.signal);
  });

  it('completes its slot when that is free, also for who asks later', () => {
    const run = active();
    const seen: string[] = [];
    run.slot$.subscribe({ complete: () => seen.push('before') });
    run.freeSlot();
    run.slot$.subscribe({ complete: () => seen.push('after') });
    expect(seen).toEqual(['before', 'after']);
  });

  it('returns what a teardown throws', () => {
    const run = active();
    expect(run.tearDown()).toBeUndefined();
    run.inner = new Subscription(() => {
      throw new Error('boom');
    });
    expect(String(run.tearDown()?.error)).toMatch(/boom/);
  });
});
