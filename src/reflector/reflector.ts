import type { Observable } from 'rxjs';
import type { CacheEvent } from '../protocol/cache-event.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { ListerWatcher } from '../protocol/lister-watcher.ts';
import { listAndWatch } from './list-and-watch.ts';
import { resync } from './resync.ts';
import { retryWithBackoff, type RetryWithBackoffOptions } from './retry-with-backoff.ts';
import type { SessionOptions } from './settings.ts';

/** The options of its three parts. */
export interface ReflectorOptions<S, A = S> extends SessionOptions<S, A>, RetryWithBackoffOptions {
  /** Milliseconds between `Sync` events. Default 0: never. */
  readonly resyncPeriod?: number;
}

/**
 * Reflects a resource: the whole state once, then every change, for ever. It is `listAndWatch`, `retryWithBackoff` and
 * `resync` in one; each can be used alone too.
 *
 * Cold: each subscription lists and watches for itself, unsubscribing aborts its request and leaves no timer. It never
 * errors and never completes: a failure is an `Interrupted` value, and what was told before it stays true.
 *
 * Promised: the whole state comes as one `Replaced`, never in parts. The changes of one object come in the server's order.
 * After any fault the stream goes on where it broke, or with a new `Replaced`.
 *
 * Not promised: every intermediate state; an order across objects; a `Deleted` for an object that vanished while nobody
 * watched. Such an object is missing from the next `Replaced`.
 *
 * Throws a RangeError on an option out of range.
 *
 * ```ts
 * const state = store<Raw<V1Pod>>();
 * reflector(podListerWatcher).subscribe(state);
 * ```
 */
export function reflector<S extends KubernetesObject, A = S>(
  listerWatcher: ListerWatcher<S>,
  options: ReflectorOptions<S, A> = {},
): Observable<CacheEvent<A>> {
  return retryWithBackoff(listAndWatch(listerWatcher, options), options).pipe(
    resync(options.resyncPeriod ?? 0, options.scheduler),
  );
}
