import {
  concat,
  ignoreElements,
  Observable,
  type OperatorFunction,
  type SchedulerLike,
  type Subscription,
  tap,
} from 'rxjs';
import { runAfter } from './time/run-after.ts';

/** Work in steps: a generator that yields between them, and returns what comes of it. */
export type Steps<R> = Generator<void, R>;

/** A turn that comes so late, in milliseconds, is one of a page that is hidden: browsers let its timers run once a second. */
const late = 500;

/**
 * A `map` that lets its source go on first: the work on a value is done in the next turns, a step in each, while the source
 * waits for what comes next. It is done before the next value in any case, so that one value at most is held. At the
 * completion a step is taken at once, and those that are left in turns: what is synchronous and small stays so. In virtual
 * time it is the same frame. Where turns come late, all that is left is done in one.
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
      let isCompleted = false;

      const step = (): void => {
        const result = work?.next();
        if (result?.done !== true) return;
        work = undefined;
        subscriber.next(result.value);
      };
      const finish = (): void => {
        while (work !== undefined && !subscriber.closed) step();
      };
      const leaveRest = (): void => {
        turn?.unsubscribe();
        if (subscriber.closed) return;
        if (work !== undefined) turn = inTurn();
        else if (isCompleted) subscriber.complete();
      };
      const inTurn = (): Subscription => {
        const due = scheduler.now();
        return runAfter(0, scheduler, () =>
          guarded(() => {
            if (scheduler.now() - due < late) step();
            else finish();
          }),
        );
      };
      const guarded = (act: () => void): void => {
        try {
          act();
          leaveRest();
        } catch (error) {
          subscriber.error(error);
        }
      };

      const begin = (value: T): void => {
        finish();
        if (!subscriber.closed) work = project(value);
        leaveRest();
      };
      const end$ = new Observable<never>(() => {
        isCompleted = true;
        guarded(step);
      });

      subscriber.add(() => turn?.unsubscribe());
      concat(source.pipe(tap(begin), ignoreElements()), end$).subscribe(subscriber);
    });
}
