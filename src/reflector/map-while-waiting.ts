import { ignoreElements, Observable, type OperatorFunction, type SchedulerLike, type Subscription, tap } from 'rxjs';
import { runAfter } from './run-after.ts';

/** Work in steps: a generator that yields between them, and returns what comes of it. */
export type Steps<R> = Generator<void, R>;

/**
 * A `map` that lets its source go on first: the work on a value is done in the next turns, a step in each, while the source
 * waits for what comes next. It is done before the next value in any case, and before the completion, so that one value at
 * most is held and what is synchronous stays so. In virtual time it is the same frame.
 *
 * An error of the source passes at once, and the value that is held is dropped; an error of `project` ends the source.
 */
export function mapWhileWaiting<T, R>(
  project: (value: T) => Steps<R>,
  scheduler: SchedulerLike,
): OperatorFunction<T, R> {
  return (source) =>
    new Observable((subscriber) => {
      let work: Steps<R> | undefined;
      let turn: Subscription | undefined;
      const step = (): void => {
        const result = work?.next();
        if (result?.done !== true) return;
        work = undefined;
        subscriber.next(result.value);
      };
      const finish = (): void => {
        turn?.unsubscribe();
        while (work !== undefined && !subscriber.closed) step();
      };
      const stepInTurn = (): void => {
        try {
          step();
          if (work !== undefined) turn = runAfter(0, scheduler, stepInTurn);
        } catch (error) {
          subscriber.error(error);
        }
      };
      const begin = (value: T): void => {
        finish();
        if (subscriber.closed) return;
        work = project(value);
        turn = runAfter(0, scheduler, stepInTurn);
      };
      subscriber.add(() => turn?.unsubscribe());
      source.pipe(tap({ next: begin, complete: finish }), ignoreElements()).subscribe(subscriber);
    });
}
