import { Observable, type SchedulerLike } from 'rxjs';
import { runAfter } from './run-after.ts';

/** Emits nothing, and completes `delay` milliseconds after the subscription. A delay longer than a timer can hold is split. */
export function pause(delay: number, scheduler: SchedulerLike): Observable<never> {
  return new Observable((subscriber) => runAfter(delay, scheduler, () => subscriber.complete()));
}
