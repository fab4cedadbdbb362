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

/** Work in steps: a generator that yields between the steps and returns the result. */
export type Steps<R> = Generator<void, R>;

/** A turn that comes this late, in milliseconds, means that the page is hidden: browsers run its timers once a second. */
const late = 500;

/**
 * A `map` that works while its source waits: the work on a value is done in the next turns, one step in each. It is finished
 * before the next value is taken, so that at most one value is held. When the source completes, one step runs at once and the
 * others in turns, so that small synchronous work stays synchronous. In virtual time all of it is the same frame. If turns
 * come late, all steps that are left run in one.
 *
 * An error of the source passes at once and drops the value that is held; an error of `project` ends the source.
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
