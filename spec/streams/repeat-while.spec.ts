import { defer, EMPTY, type Observable, of, Subject, take, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { repeatWhile } from '#src/streams/repeat-while.ts';
import { marbles } from '../reflector/marbles.ts';

/** Says yes so many times. */
const times = (left: number) => (): boolean => left-- > 0;

describe('repeatWhile', () => {
  it('subscribes again at each completion, while it is to go on', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('-a-|');
      expectObservable(repeatWhile(source$, times(2))).toBe('-a--a--a-|');
      expectSubscriptions(source$.subscriptions).toBe(['^--!', '---^--!', '------^--!']);
    });
  });

  it('aborts the one that is under way', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('-a-|');
      expectObservable(
        repeatWhile(source$, () => true),
        '^---!',
      ).toBe('-a--');
      expectSubscriptions(source$.subscriptions).toBe(['^--!', '---^!']);
    });
  });

  it.each<[string, Observable<number>]>([
    ['with a value', of(1)],
    ['without one', EMPTY],
  ])('does not nest where sources complete at once, %s', (_, source$) => {
    let ended = false;
    repeatWhile(source$, times(100_000)).subscribe({ complete: () => (ended = true) });
    expect(ended).toBe(true);
  });

  it('goes on where some come at once and some later', () => {
    const later$ = new Subject<string>();
    const sources = [of('a'), later$, of('c'), of('d')];
    const heard: string[] = [];
    let index = 0;
    repeatWhile(
      defer(() => sources[index++]!),
      () => index < sources.length,
    ).subscribe({ next: (value) => heard.push(value), complete: () => heard.push('end') });
    later$.next('b');
    expect(heard).toEqual(['a', 'b']);
    later$.complete();
    expect(heard).toEqual(['a', 'b', 'c', 'd', 'end']);
  });

  it('ends with the error of a source', () => {
    const failure = new Error('no more');
    let heard: unknown;
    repeatWhile(
      throwError(() => failure),
      () => true,
    ).subscribe({ error: (error: unknown) => (heard = error) });
    expect(heard).toBe(failure);
  });

  it('stops at an unsubscription in the middle of its loop', () => {
    let asked = 0;
    const more = (): boolean => (asked += 1) > 0;
    const heard: number[] = [];
    repeatWhile(of(1), more)
      .pipe(take(3))
      .subscribe((value) => heard.push(value));
    expect(heard).toEqual([1, 1, 1]);
    expect(asked).toBe(2);
  });
});
