import { BehaviorSubject, map, Subject } from 'rxjs';
import { expect, it } from 'vitest';
import { behavior } from '#src/streams/behavior.ts';

it('is a stream with a value that can be read without subscribing', () => {
  let value = 1;
  const values$ = new Subject<number>();
  const behavior$ = behavior(values$, () => value);
  expect([behavior$.value, behavior$.getValue(), values$.observed]).toEqual([1, 1, false]);
  value = 2;
  const heard: number[] = [];
  const subscription = behavior$.pipe(map((each) => each * 10)).subscribe((each) => heard.push(each));
  values$.next(2);
  expect([behavior$.value, behavior$.getValue(), heard]).toEqual([2, 2, [20]]);
  subscription.unsubscribe();
  expect(values$.observed).toBe(false);
});

it('ends as its stream does, and is read after that', () => {
  const values$ = new BehaviorSubject(1);
  const behavior$ = behavior(values$, () => values$.getValue());
  const heard: unknown[] = [];
  behavior$.subscribe({ next: (each) => heard.push(each), complete: () => heard.push('complete') });
  values$.complete();
  expect([heard, behavior$.value]).toEqual([[1, 'complete'], 1]);
});

it('is written by nobody', () => {
  const behavior$ = behavior(new Subject<number>(), () => 1);
  expect(() => ((behavior$ as { value: number }).value = 2)).toThrow(TypeError);
  expect(behavior$.value).toBe(1);
});
