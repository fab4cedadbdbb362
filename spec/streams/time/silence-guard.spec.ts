import { asyncScheduler, Subject } from 'rxjs';
import { describe, it } from 'vitest';
import { silenceGuard } from '#src/streams/time/silence-guard.ts';
import { marbles } from '../../reflector/marbles.ts';

const silent = new Error('silent');
const guard = <T>(due: () => number) => silenceGuard<T>(due, () => silent, asyncScheduler);

describe('silenceGuard', () => {
  it('errors when nothing comes, and unsubscribes', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('-----------');
      expectObservable(source$.pipe(guard(() => 5))).toBe('-----#', undefined, silent);
      expectSubscriptions(source$.subscriptions).toBe('^----!');
    });
  });

  it('counts from the last value', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('--a---b------');
      expectObservable(source$.pipe(guard(() => 5))).toBe('--a---b----#', undefined, silent);
      expectSubscriptions(source$.subscriptions).toBe('^----------!');
    });
  });

  it('passes an end and an error, and leaves no timer', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('--a--|').pipe(guard(() => 5))).toBe('--a--|');
      expectObservable(cold('--a--#').pipe(guard(() => 5))).toBe('--a--#');
      expectObservable(cold('-----').pipe(guard(() => 5)), '^--!').toBe('----');
    });
  });

  it('asks anew how long silence may last', () => {
    marbles(({ cold, expectObservable }) => {
      let due = 5;
      cold('---x').subscribe(() => (due = 8));
      expectObservable(cold('----------').pipe(guard(() => due))).toBe('--------#', undefined, silent);
    });
  });

  it('survives a clock that jumps back', () => {
    marbles(({ cold, expectObservable }) => {
      let offset = 0;
      const clock = {
        now: () => asyncScheduler.now() - offset,
        schedule: asyncScheduler.schedule.bind(asyncScheduler),
      };
      cold('---x').subscribe(() => (offset = 1_000_000));
      const source$ = new Subject<string>();
      cold('--a').subscribe((value) => source$.next(value));
      expectObservable(
        source$.pipe(
          silenceGuard(
            () => 5,
            () => silent,
            clock as never,
          ),
        ),
      ).toBe('--a-------#', undefined, silent);
    });
  });
});
