import { Observable, type SchedulerLike } from 'rxjs';
import { runAfter } from './run-after.ts';

/** Completes `delay` milliseconds after it is subscribed to, and emits nothing. A delay that no timer holds is split. */
export function pause(delay: number, scheduler: SchedulerLike): Observable<never> {
  return new Observable((subscriber) => runAfter(delay, scheduler, () => subscriber.complete()));
}
