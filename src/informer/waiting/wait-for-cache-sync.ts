import { asyncScheduler, catchError, EMPTY, Subscription } from 'rxjs';
import type { ReadonlyBehaviorSubject } from '../../streams/readonly-behavior-subject.ts';
import { checkedSignalIfAny } from '../../streams/checks/checked-signal.ts';
import type { SignalOptions } from './first-match.ts';
import { CacheSyncError, type Unsynced } from './wait-error.ts';

/** An informer, merged informers, or the registration of a handler. */
export interface Synchronizable {
  /** Its resource, in words. */
  readonly resource?: string;
  /** If it has a `lastError`, the error of the wait has it too. */
  readonly status$?: ReadonlyBehaviorSubject<object>;
  /** A subscription to it holds the informer. */
  readonly hasSynced$?: ReadonlyBehaviorSubject<boolean>;
  whenSynced(options?: SignalOptions): Promise<void>;
}

/**
 * Resolves when all of them have synced. It holds all informers until then and for one turn of the event loop longer, so
 * that none stops before the code after the wait subscribes to it. It starts none if all have synced already.
 *
 * Rejects with a {@link CacheSyncError} if the signal is aborted or one of them has ended. The error names those that have not
 * synced, and why. Rejects with a TypeError for an invalid signal, and for what has no
 * informers.
 *
 * ```ts
 * await waitForCacheSync([pods, nodes], { signal: AbortSignal.timeout(minutes(1)) });
 * ```
 */
export async function waitForCacheSync(
  informers: Iterable<Synchronizable>,
  options: SignalOptions = {},
): Promise<void> {
  const signal = checkedSignalIfAny(options.signal);
  const all = checkedIterable(informers);
  const held = signal?.aborted ? Subscription.EMPTY : hold(all);
  const waits = all.map(async (informer, index) => {
    try {
      await informer.whenSynced(options);
      return [];
    } catch (cause) {
      return cause instanceof CacheSyncError ? cause.unsynced : [unsyncedOf(informer, index, cause)];
    }
  });
  const unsynced = (await Promise.all(waits)).flat();
  if (unsynced.length === 0) {
    asyncScheduler.schedule(() => held.unsubscribe());
  } else {
    held.unsubscribe();
    throw new CacheSyncError(unsynced);
  }
}

function checkedIterable(given: Iterable<Synchronizable>): readonly Synchronizable[] {
  const all =
    typeof (Object(given) as Partial<Iterable<unknown>>)[Symbol.iterator] === 'function' ? [...given] : undefined;
  const wrong =
    all?.findIndex((each) => typeof (Object(each) as Partial<Synchronizable>).whenSynced !== 'function') ?? -1;
  if (all !== undefined && wrong === -1) return all;
  const what = all === undefined ? 'what was given is not iterable' : `number ${wrong + 1} has no whenSynced`;
  throw new TypeError(`waitForCacheSync takes informers in an array, such as [pods, nodes]; ${what}`);
}

/** Empty if all have synced. `whenSynced` tells of failures and ends. */
function hold(all: readonly Synchronizable[]): Subscription {
  if (all.every(({ hasSynced$ }) => hasSynced$?.value !== false)) return Subscription.EMPTY;
  const held = new Subscription();
  for (const { hasSynced$ } of all) held.add(hasSynced$?.pipe(catchError(() => EMPTY)).subscribe());
  return held;
}

function unsyncedOf({ resource, status$ }: Synchronizable, index: number, cause: unknown): Unsynced {
  const { lastError } = (status$?.value ?? {}) as { readonly lastError?: Error };
  return { resource: resource ?? `number ${index + 1}`, lastError, cause };
}
