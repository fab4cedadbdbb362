import { Observable, type SchedulerLike, Subscription } from 'rxjs';
import { type Backoff, backoffDelay } from '../../streams/time/backoff.ts';
import { minutes, seconds } from '../../streams/time/duration.ts';
import { runAfter } from '../../streams/time/run-after.ts';
import { type FailureNote, failureNote } from '../../workqueue/failure-note.ts';
import type { Wake } from '../../workqueue/wake.ts';

/** How a source of wakes is doing. */
export interface SourceState {
  readonly type: 'flowing' | 'failing' | 'completed';
  /** How often it has failed in a row. */
  readonly attempt: number;
  /** Why it failed last. */
  readonly failure: FailureNote | undefined;
}

/** What a kept source takes its time and its chance from. */
export interface KeptSourceContext {
  readonly scheduler: SchedulerLike;
  readonly random: () => number;
  readonly changed: (state: SourceState) => void;
}

// As a reflector: 800 ms, doubling to 30 s, up to twice that by chance.
const backoff: Backoff = { initial: 800, max: seconds(30), factor: 2, jitter: 1 };

/** A source that has gone well for this long starts over with the first delay. */
const wellAfter = minutes(1);

/** A source that never errors: it is subscribed to again, after delays that grow. It completes when the source does. */
export function keptSource(
  source$: Observable<Wake>,
  { scheduler, random, changed }: KeptSourceContext,
): Observable<Wake> {
  return new Observable((subscriber) => {
    let attempt = 0;
    let isFailing = false;
    let timers = new Subscription();

    const flow = (): void => {
      if (!isFailing) return;
      isFailing = false;
      changed({ type: 'flowing', attempt, failure: undefined });
    };

    const begin = (): void => {
      timers = new Subscription();
      subscriber.add(timers);
      timers.add(
        runAfter(wellAfter, scheduler, () => {
          attempt = 0;
          flow();
        }),
      );
      const each = source$.subscribe({
        next: (wake) => {
          flow();
          subscriber.next(wake);
        },
        error: (error: unknown) => fail(error),
        complete: () => {
          timers.unsubscribe();
          changed({ type: 'completed', attempt: 0, failure: undefined });
          subscriber.complete();
        },
      });
      timers.add(each);
    };

    const fail = (error: unknown): void => {
      timers.unsubscribe();
      subscriber.remove(timers);
      if (subscriber.closed) return;
      attempt++;
      isFailing = true;
      changed({ type: 'failing', attempt, failure: failureNote(error) });
      timers = runAfter(backoffDelay(attempt, random, backoff), scheduler, begin);
      subscriber.add(timers);
    };

    changed({ type: 'flowing', attempt: 0, failure: undefined });
    begin();
  });
}
