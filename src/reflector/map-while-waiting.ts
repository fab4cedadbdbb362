import { ignoreElements, Observable, type OperatorFunction, type SchedulerLike, type Subscription, tap } from 'rxjs';
import { runAfter } from './run-after.ts';

/**
 * A `map` that lets its source go on first: the work on a value is done in the next turn, while the source waits for what
 * comes next. It is done before the next value in any case, and before the completion, so that one value at most is held
 * and what is synchronous stays so. In virtual time it is the same frame.
 *
 * An error of the source passes at once, and the value that is held is dropped; an error of `project` ends the source.
 */
export function mapWhileWaiting<T, R>(project: (value: T) => R, scheduler: SchedulerLike): OperatorFunction<T, R> {
  return (source) =>
    new Observable((subscriber) => {
      let held: { readonly value: T } | undefined;
      let turn: Subscription | undefined;
      const work = (): void => {
        turn?.unsubscribe();
        if (held === undefined) return;
        const { value } = held;
        held = undefined;
        subscriber.next(project(value));
      };
      const workInTurn = (): void => {
        try {
          work();
        } catch (error) {
          subscriber.error(error);
        }
      };
      const hold = (value: T): void => {
        work();
        if (subscriber.closed) return;
        held = { value };
        turn = runAfter(0, scheduler, workInTurn);
      };
      subscriber.add(() => turn?.unsubscribe());
      source.pipe(tap({ next: hold, complete: work }), ignoreElements()).subscribe(subscriber);
    });
}
