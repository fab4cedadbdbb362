import type { Observable } from 'rxjs';

/** What holds a key back before its run. */
export interface Hold {
  /** Emits or ends when it is time to ask again. Nothing polls. An error counts as an end. */
  readonly passed$: Observable<unknown>;
  /** What is waited for, for reports and `explain`. */
  readonly reason: unknown;
}

/**
 * Asked each time that a key is about to run. `undefined`: it may. Otherwise it waits, without a slot, until `passed$` speaks
 * or its time is over; its wakes are collected meanwhile.
 */
export type MayStart<K extends string = string> = (key: K) => Hold | undefined;
