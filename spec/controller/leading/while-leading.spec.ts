import { interval, map, NEVER, of, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { type LeadershipError, seconds, whileLeading } from 'kuberx';
import { marbleLine } from 'kuberx/testing';
import { candidates, leases } from './candidates.ts';

describe('whileLeading', () => {
  it('runs while it leads, and again in the next term', () => {
    const { time, candidate, server } = candidates();
    const { scheduler } = time;
    const work$ = candidate('a').pipe(
      whileLeading(() => interval(seconds(4), scheduler).pipe(map((count) => `tick ${count}`)), { scheduler }),
    );
    const line = marbleLine(work$, time);
    time.advance(seconds(9));
    server.failNext({ code: 503, times: 6, resource: leases });
    time.advance(seconds(30));
    expect(line.text).toMatch(/^4s tick 0 .* 4s tick 3 .* tick 0 4s tick 1$/);
    line.unsubscribe();
    expect(scheduler.actions.filter(({ closed }) => !closed).length).toBeLessThanOrEqual(1);
  });

  it('aborts the signal of its term, and waits for a promise before the Lease is released', async () => {
    const { time, candidate, lease } = candidates();
    const { scheduler } = time;
    let settle = (): void => undefined;
    let aborted = false;
    const work$ = candidate('a').pipe(
      whileLeading(
        ({ signal }) => {
          signal.addEventListener('abort', () => (aborted = true));
          return new Promise<string>((resolve) => (settle = () => resolve('late')));
        },
        { scheduler, settle: seconds(5) },
      ),
    );
    const subscription = work$.subscribe();
    time.advance(seconds(1));
    subscription.unsubscribe();
    expect(aborted).toBe(true);
    time.advance(seconds(3));
    expect(lease()?.spec?.holderIdentity).toBe('a');
    settle();
    await Promise.resolve();
    await Promise.resolve();
    time.advance(0);
    expect(lease()?.spec?.holderIdentity).toBe('');
  });

  it('tells of work that does not settle in time, and does not release the Lease', () => {
    const { time, candidate, lease } = candidates();
    const errors: LeadershipError[] = [];
    const work$ = candidate('a').pipe(
      whileLeading(() => new Promise<never>(() => undefined), {
        scheduler: time.scheduler,
        settle: seconds(5),
        onLost: (error) => errors.push(error),
      }),
    );
    const subscription = work$.subscribe();
    time.advance(seconds(1));
    subscription.unsubscribe();
    time.advance(seconds(4.9));
    expect(errors).toEqual([]);
    time.advance(seconds(30));
    expect(errors.map(({ reason }) => reason)).toEqual(['Unsettled']);
    expect(lease()?.spec?.holderIdentity).toBe('a');
  });

  it.each([
    ['an Observable that errors', () => throwError(() => new Error('broken'))],
    [
      'a project that throws',
      () => {
        throw new Error('broken');
      },
    ],
  ])('passes on the error of %s, and gives the Lease back', (_, project) => {
    const { time, candidate, lease } = candidates();
    const line = marbleLine(candidate('a').pipe(whileLeading(project, { scheduler: time.scheduler })), time);
    time.advance(seconds(1));
    expect(line.text).toBe('# broken');
    expect(lease()?.spec?.holderIdentity).toBe('');
  });

  it('goes on leading where its work completes', () => {
    const { time, candidate } = candidates();
    const leader$ = candidate('a');
    const line = marbleLine(leader$.pipe(whileLeading(() => of('done'), { scheduler: time.scheduler })), time);
    time.advance(seconds(30));
    expect([line.text, leader$.value.isLeading]).toEqual(['done', true]);
    line.unsubscribe();
  });

  it('refuses what is no function, and times that are none', () => {
    expect(() => whileLeading(NEVER as never)).toThrow(TypeError);
    expect(() => whileLeading(() => NEVER, { settle: NaN })).toThrow(RangeError);
  });
});
