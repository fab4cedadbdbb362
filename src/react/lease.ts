import { asyncScheduler, Subscription } from 'rxjs';
import { runAfter } from '../streams/time/run-after.ts';

/** How long a component that waits holds what it waits for without being mounted, in milliseconds. */
export const leaseTime = 10_000;

/** Notes on a promise that is resolved what React notes there, so that React reads it at once. */
const readAtOnce = (promise: Promise<void>): Promise<void> =>
  Object.assign(promise, { status: 'fulfilled', value: undefined });

/** A promise that React reads at once. */
export const settled: Promise<void> = readAtOnce(Promise.resolve());

/** What a {@link Lease} waits for. */
export interface Leased {
  /** True where nobody has to wait. */
  readonly isSettled: boolean;
  /** Holds it, and calls back when it may have settled. */
  hold(changed: () => void): Subscription;
}

/**
 * Holds something for components that wait for it and are not mounted yet, so that nothing says when they go. Hence it is bounded in time:
 * who still waits after 10 s is told, and asks again.
 */
export class Lease {
  private readonly leased: Leased;
  private current: { readonly promise: Promise<void>; readonly held: Subscription } | undefined;
  /** The promise that was waited for: React may render again with it, and takes another one for a fault. */
  private last: Promise<void> = settled;

  constructor(leased: Leased) {
    this.leased = leased;
  }

  /** Resolves when it has settled, or after the time. It is the same promise for all who wait, and once it has settled. */
  wait(): Promise<void> {
    if (this.leased.isSettled) return readAtOnce(this.last);
    if (this.current !== undefined) return this.current.promise;
    const held = new Subscription();
    const promise = new Promise<void>((resolve) => {
      held.add(() => {
        this.current = undefined;
        resolve();
      });
      held.add(runAfter(leaseTime, asyncScheduler, () => held.unsubscribe()));
      held.add(
        this.leased.hold(() => {
          if (this.leased.isSettled) resolve();
        }),
      );
    });
    if (!held.closed) this.current = { promise, held };
    this.last = promise;
    return promise;
  }

  /** A component that has waited is mounted, and holds it itself. */
  end(): void {
    this.current?.held.unsubscribe();
  }
}
