import { NEVER, Observable, range, take, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { subscribeWithin } from '#src/streams/subscribe-within.ts';

describe('subscribeWithin', () => {
  it('hands on what the observer does not take: an error', () => {
    const error = new Error('no');
    const heard: unknown[] = [];
    new Observable((subscriber) => {
      subscribeWithin(
        subscriber,
        throwError(() => error),
        {},
      );
    }).subscribe({ error: (each: unknown) => heard.push(each) });
    expect(heard).toEqual([error]);
  });

  it('does not complete by itself, and runs the teardown once, whichever way it ends', () => {
    const ends: string[] = [];
    const outer = new Observable<number>((subscriber) => {
      subscribeWithin(subscriber, range(0, 2), {}, () => ends.push('first'));
      subscribeWithin(subscriber, NEVER, {}, () => ends.push('second'));
    }).subscribe({ complete: () => ends.push('completed') });
    expect(ends).toEqual(['first']);
    outer.unsubscribe();
    expect(ends).toEqual(['first', 'second']);
  });

  it('ends a source that emits for ever while it is subscribed to', () => {
    const heard: number[] = [];
    new Observable<number>((subscriber) => {
      subscribeWithin(subscriber, range(0, Infinity), { next: (value) => subscriber.next(value) });
    })
      .pipe(take(3))
      .subscribe((value) => heard.push(value));
    expect(heard).toEqual([0, 1, 2]);
  });
});
