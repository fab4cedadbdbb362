import { describe, expect, it } from 'vitest';
import { minutes } from 'kuberx';
import { type Cursor, firstList, resumeFrom } from '#src/reflector/cursor.ts';

const watchFrom = (resourceVersion: string): Cursor => ({
  next: 'watch',
  resourceVersion,
  justListed: false,
  unverified: false,
  dataFailures: 0,
});

describe('resumeFrom', () => {
  it('lists where nothing was kept, whatever was to come next', () => {
    expect(resumeFrom(undefined, undefined)).toBe(firstList);
    expect(resumeFrom(undefined, watchFrom('7'))).toBe(firstList);
  });

  it('watches from the version that was kept', () => {
    expect(resumeFrom({ resourceVersion: '7', staleFor: 0 }, undefined)).toEqual(watchFrom('7'));
    expect(resumeFrom({ resourceVersion: '7', staleFor: 0 }, watchFrom('9'))).toEqual(watchFrom('7'));
  });

  it('lists where a list was to come next, because the server no longer has the version', () => {
    const relist: Cursor = { next: 'list', how: 'stream', notOlderThan: '7' };
    expect(resumeFrom({ resourceVersion: '7', staleFor: 0 }, relist)).toBe(relist);
  });

  it('goes on with the failures that it had at the same version', () => {
    const last = { ...watchFrom('7'), dataFailures: 2, justListed: true };
    expect(resumeFrom({ resourceVersion: '7', staleFor: 0 }, last)).toEqual(last);
    expect(resumeFrom({ resourceVersion: '8', staleFor: 0 }, last)).toEqual(watchFrom('8'));
  });

  it('has the version verified once the state has been stale for a minute, or where it already was to be', () => {
    const kept = (staleFor: number) => ({ resourceVersion: '7', staleFor });
    const last = watchFrom('7');
    expect(resumeFrom(kept(minutes(1) - 1), last)).toMatchObject({ unverified: false });
    expect(resumeFrom(kept(minutes(1)), last)).toMatchObject({ unverified: true });
    expect(resumeFrom(kept(minutes(1)), undefined)).toMatchObject({ unverified: true });
    expect(resumeFrom(kept(0), { ...last, unverified: true } as Cursor)).toMatchObject({ unverified: true });
  });
});
