import { asyncScheduler, catchError, EMPTY, Subscription } from 'rxjs';
import type { ReadonlyBehaviorSubject } from '../../streams/readonly-behavior-subject.ts';
import { checkedSignalIfAny } from '../../streams/checks/checked-signal.ts';
import type { SignalOptions } from './first-match.ts';
import { CacheSyncError, type Unsynced } from './wait-error.ts';

/** What can be waited for: an informer, merged ones, a handler's registration. */
export interface Synchronizable {
  /** What it is of, in words. */
  readonly resource?: string;
  /** Where it has a `lastError`, that is told too. */
  readonly status$?: ReadonlyBehaviorSubject<object>;
  /** A subscription to it holds what it is of. */
  readonly hasSynced$?: ReadonlyBehaviorSubject<boolean>;
  whenSynced(options?: SignalOptions): Promise<void>;
}

/**
 * Resolves when all of them have synced. It holds all informers until then and for one turn of the event loop longer, so
 * that none stops before what follows the wait subscribes to it; where all have synced already, it starts none. Rejected with a {@link CacheSyncError} that
 * names those which have not, and why, where the signal is aborted or one of them has ended; with a TypeError for what is no
 * signal.
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
  // Spread, because `Array.from` takes what cannot be iterated, such as one informer, for an empty array.
  const all = [...informers];
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

/** Nothing where all have synced. What fails or ends is told by `whenSynced`. */
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
