import type { SignalOptions } from './first-match.ts';
import { CacheSyncError } from './wait-error.ts';

/** What can be waited for: an informer, a merged one, a handler's registration. */
export interface Synchronizable {
  readonly resource?: string;
  whenSynced(options?: SignalOptions): Promise<void>;
}

/**
 * Resolves when all of them have synced; holds each informer until then. Rejected with a {@link CacheSyncError} that names
 * those which have not, where the signal is aborted or one of them has ended.
 */
export async function waitForCacheSync(
  informers: Iterable<Synchronizable>,
  options: SignalOptions = {},
): Promise<void> {
  const waited = Array.from(informers);
  const results = await Promise.allSettled(waited.map((informer) => informer.whenSynced(options)));
  const failed = results.flatMap((result, i) =>
    result.status === 'rejected'
      ? [{ name: waited[i]?.resource ?? `number ${i + 1}`, cause: result.reason as unknown }]
      : [],
  );
  if (failed.length > 0) throw new CacheSyncError(failed.map(({ name }) => name).sort(), failed[0]?.cause);
}
