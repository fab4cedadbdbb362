import type { ReadonlyBehaviorSubject } from '../store/readonly-behavior-subject.ts';
import { checkedSignalIfAny } from './checked-signal.ts';
import type { SignalOptions } from './first-match.ts';
import { CacheSyncError, type Unsynced } from './wait-error.ts';

/** What can be waited for: an informer, merged ones, a handler's registration. */
export interface Synchronizable {
  /** What it is of, in words. */
  readonly resource?: string;
  /** Where it has a `lastError`, that is told too. */
  readonly status$?: ReadonlyBehaviorSubject<object>;
  whenSynced(options?: SignalOptions): Promise<void>;
}

/**
 * Resolves when all of them have synced; holds each informer until it has. Rejected with a {@link CacheSyncError} that
 * names those which have not, and why, where the signal is aborted or one of them has ended; with a TypeError for what is no
 * signal.
 */
export async function waitForCacheSync(
  informers: Iterable<Synchronizable>,
  options: SignalOptions = {},
): Promise<void> {
  checkedSignalIfAny(options.signal);
  // Spread, because `Array.from` takes what cannot be iterated, such as one informer, for an empty array.
  const waits = [...informers].map(async (informer, index) => {
    try {
      await informer.whenSynced(options);
      return [];
    } catch (cause) {
      return cause instanceof CacheSyncError ? cause.unsynced : [unsyncedOf(informer, index, cause)];
    }
  });
  const unsynced = (await Promise.all(waits)).flat();
  if (unsynced.length > 0) throw new CacheSyncError(unsynced);
}

function unsyncedOf({ resource, status$ }: Synchronizable, index: number, cause: unknown): Unsynced {
  const { lastError } = (status$?.value ?? {}) as { readonly lastError?: Error };
  return { resource: resource ?? `number ${index + 1}`, lastError, cause };
}
