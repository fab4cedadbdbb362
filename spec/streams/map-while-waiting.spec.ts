import {
  asyncScheduler,
  concat,
  EMPTY,
  finalize,
  map,
  NEVER,
  of,
  range,
  Subject,
  type Subscription,
  take,
  throwError,
  timer,
  VirtualTimeScheduler,
} from 'rxjs';
import { describe, expect, it } from 'vitest';
import { mapWhileWaiting, type Steps } from '#src/streams/map-while-waiting.ts';
import { marbles } from '../reflector/marbles.ts';

/** Work of one step. */
function atOnce<T, R>(project: (value: T) => R): (value: T) => Steps<R> {
  return function* (value) {
    return project(value);
  };
}

describe('mapWhileWaiting', () => {
  it('gives what a map gives, in the same frame', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('a-(bc)-d-|');
      expectObservable(
        source$.pipe(
          mapWhileWaiting(
            atOnce((letter) => letter.toUpperCase()),
            asyncScheduler,
          ),
        ),
      ).toBe('A-(BC)-D-|');
      expectSubscriptions(source$.subscriptions).toBe('^--------!');
    });
  });

  it('lets the source go on first, where it does not go on at once', () => {
    marbles(({ flush }) => {
      const log: string[] = [];
      const source$ = concat(of('a'), of('b').pipe(finalize(() => log.push('asked for c'))), timer(5));
      source$
        .pipe(
          mapWhileWaiting(
            atOnce((value) => log.push(`work on ${value}`)),
            asyncScheduler,
          ),
        )
        .subscribe();
      expect(log).toEqual(['work on a', 'asked for c']);
      flush();
      expect(log).toEqual(['work on a', 'asked for c', 'work on b', 'work on 0']);
    });
  });

  it('does a step in each turn, and all that are left at the next value', () => {
    const scheduler = new VirtualTimeScheduler();
    const log: string[] = [];
    const threeSteps = function* (value: string): Steps<string> {
      log.push(`${value}1`);
      yield;
      log.push(`${value}2`);
      yield;
      log.push(`${value}3`);
      return value;
    };
    const source$ = new Subject<string>();
    source$
      .pipe(mapWhileWaiting(threeSteps, scheduler))
      .subscribe({ next: (value) => log.push(value), complete: () => log.push('end') });
    const turn = (): void => void scheduler.actions.shift()?.execute(undefined, 0);
    source$.next('a');
    expect(log).toEqual([]);
    turn();
    expect(log).toEqual(['a1']);
    turn();
    expect(log).toEqual(['a1', 'a2']);
    turn();
    expect(log.splice(0)).toEqual(['a1', 'a2', 'a3', 'a']);
    source$.next('b');
    turn();
    source$.next('c');
    expect(log).toEqual(['b1', 'b2', 'b3', 'b']);
    turn();
    source$.complete();
    expect(log.slice(4)).toEqual(['c1', 'c2']);
    turn();
    expect(log.slice(4)).toEqual(['c1', 'c2', 'c3', 'c', 'end']);
    scheduler.flush();
    expect(log).toHaveLength(9);
  });

  it('does all that is left in one turn where turns come late, as in a page that is hidden', () => {
    const scheduler = new VirtualTimeScheduler();
    let steps = 0;
    const source$ = new Subject<string>();
    const hundred = function* (value: string): Steps<string> {
      for (; steps < 100; steps++) yield;
      return value;
    };
    const heard: string[] = [];
    source$.pipe(mapWhileWaiting(hundred, scheduler)).subscribe((value) => heard.push(value));
    source$.next('a');
    scheduler.actions.shift()?.execute(undefined, 0);
    expect(steps).toBe(0);
    scheduler.frame += 1000;
    scheduler.actions.shift()?.execute(undefined, 0);
    expect(heard).toEqual(['a']);
    expect(scheduler.actions).toEqual([]);
  });

  it('takes no further step once a step has unsubscribed', () => {
    marbles(({ flush }) => {
      let steps = 0;
      const source$ = new Subject<void>();
      const subscription: Subscription = source$
        .pipe(
          mapWhileWaiting(function* () {
            for (; steps < 100; yield) if (++steps === 2) subscription.unsubscribe();
          }, asyncScheduler),
        )
        .subscribe();
      source$.next();
      flush();
      expect(steps).toBe(2);
    });
  });

  it('takes one step a turn, also where a value of the source comes out of another', () => {
    const scheduler = new VirtualTimeScheduler();
    let steps = 0;
    const source$ = new Subject<number>();
    const subscription = source$
      .pipe(
        mapWhileWaiting(function* (value): Steps<number> {
          for (let step = 0; step < 50; step++, steps++) yield;
          return value;
        }, scheduler),
      )
      .subscribe((value) => {
        if (value === 1) source$.next(2);
      });
    source$.next(1);
    while (steps < 55) {
      const before = steps;
      scheduler.actions.shift()?.execute(undefined, 0);
      expect(steps - before).toBeLessThan(2);
    }
    expect(scheduler.actions).toHaveLength(1);
    subscription.unsubscribe();
    scheduler.flush();
    expect(steps).toBe(55);
  });

  it('is done at the completion of the source, so that what is synchronous stays so', () => {
    const heard: unknown[] = [];
    const scheduler = new VirtualTimeScheduler();
    range(1, 100_000)
      .pipe(
        mapWhileWaiting(
          atOnce((value) => value),
          scheduler,
        ),
      )
      .subscribe({ next: (value) => heard.push(value), complete: () => heard.push('end') });
    expect(scheduler.actions).toHaveLength(0);
    expect(heard).toHaveLength(100_001);
    expect(heard.slice(-2)).toEqual([100_000, 'end']);
  });

  it('passes an error on at once, and drops the value that it holds', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(
        cold('a-(b#)').pipe(
          mapWhileWaiting(
            atOnce((letter) => letter),
            asyncScheduler,
          ),
        ),
      ).toBe('a-#');
    });
  });

  it.each([
    ['in a later turn', NEVER],
    ['at the next value', of('b', 'c')],
    ['at the completion', EMPTY],
  ])('ends with the error of its work, %s, and lets go of the source', (_, rest$) => {
    marbles(({ flush }) => {
      const failure = new Error('no work');
      const heard: unknown[] = [];
      let asked = 0;
      let isLetGo = false;
      concat(of('a'), rest$)
        .pipe(
          map((value) => ((asked += 1), value)),
          finalize(() => (isLetGo = true)),
          mapWhileWaiting(
            atOnce(() => {
              throw failure;
            }),
            asyncScheduler,
          ),
        )
        .subscribe({ error: (error: unknown) => heard.push(error) });
      flush();
      expect(heard).toEqual([failure]);
      expect(isLetGo).toBe(true);
      expect(asked).toBeLessThan(3);
    });
  });

  it('leaves neither timer nor work behind when it is unsubscribed', () => {
    marbles(({ flush }) => {
      const worked: string[] = [];
      const source$ = new Subject<string>();
      const subscription = source$
        .pipe(
          mapWhileWaiting(
            atOnce((value) => worked.push(value)),
            asyncScheduler,
          ),
        )
        .subscribe();
      source$.next('a');
      subscription.unsubscribe();
      flush();
      expect(worked).toEqual([]);
      source$
        .pipe(
          mapWhileWaiting(
            atOnce((value) => worked.push(value)),
            asyncScheduler,
          ),
          take(1),
        )
        .subscribe();
      source$.next('b');
      source$.next('c');
      flush();
      expect(worked).toEqual(['b']);
    });
  });

  it('passes on what a failing source says', () => {
    const failure = new Error('gone');
    let heard: unknown;
    throwError(() => failure)
      .pipe(
        mapWhileWaiting(
          atOnce((value) => value),
          asyncScheduler,
        ),
      )
      .subscribe({ error: (error: unknown) => (heard = error) });
    expect(heard).toBe(failure);
  });
});
