import type { Phase } from '../protocol/cache-event.ts';
import type { CollectionOptions } from '../protocol/collection-options.ts';
import type { KubeError } from '../protocol/errors/kube-error.ts';
import type { HoldReason } from '../protocol/hold-reason.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { Source } from '../streams/source.ts';
import type { ViewPart, ViewSnapshot } from '../views/view-source.ts';

/** Where an informer stands, for an interface: what it does, whether its objects are up to date, and what comes next. */
export interface KubeStatus {
  /**
   * `idle` before it starts, `listing` and `streaming` until there is a state, `watching`, `waiting` for the next request, which is due
   * at `retryAt`, `stopped` while nobody holds it.
   */
  readonly phase: 'idle' | Phase | 'waiting' | 'stopped';
  /** When the phase began, in milliseconds since 1970. */
  readonly since: number;
  /** True while there is a complete state. */
  readonly synced: boolean;
  /** True where there is a state and nothing keeps it up to date. */
  readonly stale: boolean;
  /** The number of failures in a row; 0 while all is well. */
  readonly attempt: number;
  /** The last failure, also after it is over. */
  readonly lastError: KubeError | undefined;
  /** When the next request is due, in milliseconds since 1970; only while `waiting`. */
  readonly retryAt: number | undefined;
  /** Why the request is held back on this side, as by a page that is hidden or signed out; only while `waiting`. */
  readonly held: HoldReason | undefined;
  /** How far a list is; only while `listing` or `streaming`. */
  readonly progress: { readonly received: number; readonly remaining: number | undefined } | undefined;
}

/** What the hooks read of a snapshot. */
export interface KubeSnapshot<T> extends ViewSnapshot<T> {
  /** The version that the state is watched from; `undefined` where there is none. */
  readonly resourceVersion: string | undefined;
}

/** What the hooks read of an informer. A `SharedInformer` is one. */
export interface KubeInformer<T extends KubernetesObject> extends ViewPart<T> {
  readonly snapshot$: { readonly value: KubeSnapshot<T> };
  /** A subscription does not start the informer. */
  readonly status$: Source<KubeStatus>;
}

/** A complete state of an earlier time. */
export interface KubeSeed {
  readonly objects: readonly KubernetesObject[];
  readonly resourceVersion: string;
  /** When it was up to date, in milliseconds since 1970. */
  readonly asOf: number;
}

/** What the hooks get their informers from: `informerFactory` of `kuberx/http`, `kuberx/rest` and `kuberx/client-node` return one. */
export interface KubeFactory {
  /** The same informer for the same resource and selection. With a seed, a new one begins with that state and watches from its version. */
  informer(
    resource: string,
    selection?: CollectionOptions,
    seedOptions?: { readonly seed?: KubeSeed | undefined },
  ): KubeInformer<KubernetesObject>;
}
