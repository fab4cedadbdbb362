import {
  asyncScheduler,
  from,
  isObservable,
  Observable,
  type ObservableInput,
  type SchedulerLike,
  Subscription,
} from 'rxjs';
import { checkedFunction } from '../../streams/checks/checked-function.ts';
import { isPromiseLike } from '../../streams/checks/is-promise-like.ts';
import { checkedPeriod } from '../../streams/time/period.ts';
import { reportUnhandled } from '../../streams/report-unhandled.ts';
import { runAfter } from '../../streams/time/run-after.ts';
import type { LeaderState } from './leader-state.ts';
import { LeadershipError } from './leadership-error.ts';

/** The options of {@link whileLeading}. */
export interface WhileLeadingOptions {
  /** How long work that returns a promise may go on after its term, in milliseconds. Default 5 s, from renewDeadline to leaseDuration. */
  readonly settle?: number | undefined;
  /** Called where it has not settled by then. Default: the error is thrown on a timer, which ends a process of Node. */
  readonly onLost?: ((error: LeadershipError) => void) | undefined;
  /** Default: the scheduler of the platform. */
  readonly scheduler?: SchedulerLike | undefined;
}

/** What is given to the work of a term. */
export interface Term {
  /** Aborted when the term ends. */
  readonly signal: AbortSignal;
}

/**
 * Runs `project` for each term in which this candidate leads, and emits what it emits. When the term ends, its signal is aborted and its
 * Observable is unsubscribed from. A promise cannot be, so it is waited for: the Lease is not released, and the candidate does not
 * compete again, until it has settled. Where that takes longer than `settle`, `onLost` gets a {@link LeadershipError}.
 *
 * A term whose work completes goes on without it. An error of the work is an error of the result, as in `switchMap`, and the Lease is
 * released.
 *
 * ```ts
 * const controller = controllerFor(pods, { reconcile: ({ object }) => reconcile(object ?? {}) });
 * leader$.pipe(whileLeading(() => controller.reports$)).subscribe(({ key }) => console.log(key));
 * ```
 */
export function whileLeading<R>(
  project: (term: Term) => ObservableInput<R>,
  { settle = 5000, onLost = reportUnhandled, scheduler = asyncScheduler }: WhileLeadingOptions = {},
): (source$: Observable<LeaderState>) => Observable<R> {
  checkedFunction('the project of whileLeading', project);
  checkedPeriod('settle', settle);
  return (source$) =>
    new Observable<R>((subscriber) => {
      let term: Subscription | undefined;
      subscriber.add(() => term?.unsubscribe());
      const end = (): void => {
        const ending = term;
        term = undefined;
        ending?.unsubscribe();
      };

      function begin(running: Subscription, hold: LeaderState['hold']): void {
        const stopping = new AbortController();
        const held = hold();
        let unsettled = 0;
        running.add(() => {
          stopping.abort();
          if (unsettled === 0) {
            held.unsubscribe();
            return;
          }
          const late = (): void =>
            onLost(
              new LeadershipError({
                reason: 'Unsettled',
                message: `work of a term that is over still runs after ${settle} ms: another leader may work beside it`,
              }),
            );
          held.add(runAfter(settle, scheduler, late));
        });
        const given$ = attempt(() => project({ signal: stopping.signal }));
        const isPromise = !isObservable(given$) && isPromiseLike(given$);
        const settledOne = (): void => {
          unsettled -= 1;
          if (running.closed) held.unsubscribe();
        };
        if (isPromise) {
          unsettled += 1;
          given$.then(settledOne, settledOne);
        }
        running.add(
          from(given$).subscribe({
            next: (value) => subscriber.next(value),
            error: (error: unknown) => subscriber.error(error),
          }),
        );
      }

      subscriber.add(
        source$.subscribe({
          next: ({ isLeading, hold }) => {
            if (!isLeading) end();
            else if (term === undefined) begin((term = new Subscription()), hold);
          },
          error: (error: unknown) => subscriber.error(error),
          complete: () => subscriber.complete(),
        }),
      );
    });
}

function attempt<R>(project: () => ObservableInput<R>): ObservableInput<R> {
  try {
    return project();
  } catch (error) {
    return new Observable<R>((subscriber) => subscriber.error(error));
  }
}
