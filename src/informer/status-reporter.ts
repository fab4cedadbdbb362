import { BehaviorSubject } from 'rxjs';
import { lastingBehavior } from '../streams/behavior.ts';
import { DeliveryQueue } from '../streams/delivery-queue.ts';
import type { ReadonlyBehaviorSubject } from '../streams/readonly-behavior-subject.ts';
import { type InformerStatus, reduceStatus, type StatusContext, type StatusEvent } from './informer-status.ts';

/**
 * Holds the status of an informer and delivers each new one. A status that a subscriber causes during a delivery is delivered
 * after it, to everyone, as in a store. Until then the value of `status$` is the one that is being delivered.
 */
export class StatusReporter {
  readonly status$: ReadonlyBehaviorSubject<InformerStatus>;
  private readonly statuses$: BehaviorSubject<InformerStatus>;
  private readonly deliveries = new DeliveryQueue();
  private newest: InformerStatus;

  constructor(initial: InformerStatus) {
    this.newest = Object.freeze(initial);
    this.statuses$ = new BehaviorSubject(this.newest);
    this.status$ = lastingBehavior(this.statuses$);
  }

  /** The newest status. During a delivery it may be newer than the value of `status$`. */
  get latest(): InformerStatus {
    return this.newest;
  }

  report<T>(event: StatusEvent<T>, context: StatusContext): void {
    const status = reduceStatus(this.newest, event, context);
    if (status === this.newest) return;
    // All subscribers get the same object.
    Object.freeze(status.progress);
    Object.freeze(status);
    this.newest = status;
    this.deliveries.deliver(() => this.statuses$.next(status));
  }

  /** Completes `status$` after what was reported so far is delivered. Its last value stays readable, also for new subscribers. */
  complete(): void {
    this.deliveries.deliver(() => this.statuses$.complete());
  }
}
