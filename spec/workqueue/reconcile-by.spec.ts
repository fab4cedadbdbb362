/* eslint-disable rxjs-x/finnish -- a run is a function that may return an Observable */
import { NEVER, of, Subject, throwError } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import { reconcileBy, type Run, type RunResult, type Wake } from 'kuberx/queue';
import { plainRetry } from './world.ts';

describe('reconcileBy', () => {
  it('completes when its source has completed and nothing is left to do', () => {
    const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
    scheduler.run(({ cold, expectObservable }) => {
      const tries = new Map<string, number>();
      const run = ({ key }: Run): RunResult => {
        tries.set(key, (tries.get(key) ?? 0) + 1);
        if (key === 'b' && tries.get(key) === 1) throw new Error('boom');
      };
      const wakes$ = cold<Wake>('a-b|', { a: { key: 'a' }, b: { key: 'b' } });
      const keys$ = wakes$.pipe(reconcileBy(run, { scheduler, retry: plainRetry }));
      const report = (key: string, more: object): unknown => expect.objectContaining({ key, ...more });
      expectObservable(keys$).toBe('a-f----(d|)', {
        a: report('a', { type: 'done' }),
        f: report('b', { type: 'failed', next: 5 }),
        d: report('b', { type: 'done', attempt: 2 }),
      });
    });
  });

  it('errors if its source does', () => {
    const errors: unknown[] = [];
    throwError(() => new Error('broken'))
      .pipe(reconcileBy(() => undefined))
      .subscribe({ error: (error: unknown) => errors.push(error) });
    expect(errors).toEqual([new Error('broken')]);
  });

  it('keeps a key locked from one subscription to the next, while its promise is pending', async () => {
    const pending = Promise.withResolvers<undefined>();
    const begun: number[] = [];
    const operator = reconcileBy(({ attempt }) => {
      begun.push(attempt);
      return pending.promise;
    });
    const wakes$ = new Subject<Wake>();
    const first = wakes$.pipe(operator).subscribe();
    wakes$.next({ key: 'a' });
    first.unsubscribe();
    wakes$.pipe(operator).subscribe();
    wakes$.next({ key: 'a' });
    await Promise.resolve();
    expect(begun).toEqual([1]);
    pending.resolve(undefined);
    await Promise.resolve();
    await Promise.resolve();
    expect(begun).toEqual([1, 1]);
  });

  it('refuses a second subscriber, because two of them would share its keys', () => {
    const operator = reconcileBy(() => undefined);
    NEVER.pipe(operator).subscribe();
    const errors: unknown[] = [];
    of({ key: 'a' })
      .pipe(operator)
      .subscribe({ error: (error: unknown) => errors.push(error) });
    expect(String(errors[0])).toMatch(/has a subscriber/);
  });
});
