import {
  asyncScheduler,
  catchError,
  defer,
  filter,
  map,
  Observable,
  of,
  type SchedulerLike,
  share,
  Subject,
  switchMap,
  take,
  tap,
  throwError,
} from 'rxjs';
import type { SharedInformer } from '../../informer/shared-informer.ts';
import { type Awaitable, awaitable } from '../../protocol/awaitable.ts';
import { KubeError } from '../../protocol/errors/kube-error.ts';
import type { InformerEvent } from '../../protocol/informer-event.ts';
import type { ListerWatcher } from '../../protocol/lister-watcher.ts';
import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import { metaNamespaceKey, splitMetaNamespaceKey } from '../../protocol/objects/object-key.ts';
import type { ObjectReference, ResourceClient } from '../../protocol/resource-client.ts';
import { RecentMap } from '../../sharing/recent-map.ts';
import { checkedFunction } from '../../streams/checks/checked-function.ts';
import { checkedRandom } from '../../streams/checks/checked-random.ts';
import { reportUnhandled } from '../../streams/report-unhandled.ts';
import type { Wake } from '../../workqueue/wake.ts';
import { ReferredKeys } from './referred-keys.ts';
import { ofName, ofNamespace, type ReferredSelection, ReferredWatches } from './referred-watches.ts';

/** Options of {@link watchReferred}. */
export interface WatchReferredOptions<T, R extends KubernetesObject> {
  /** What an object refers to, in any namespace. Must be pure. */
  readonly refsOf: (object: T) => Iterable<ObjectReference>;
  /** `(selection) => listWatch(kubeConfig, 'v1/secrets', selection)`. */
  readonly listWatch: (selection: ReferredSelection) => ListerWatcher<KubernetesObject>;
  /** Reads whole objects, where there are more than `upTo`. */
  readonly client: ResourceClient<R>;
  /** Up to this many objects are watched one by one; of more, the metadata of their namespaces are. Default 50. */
  readonly upTo?: number | undefined;
  /** How many whole objects are kept beyond that. Default 100. */
  readonly keep?: number | undefined;
  /** For the delays of the watches. Default: asyncScheduler. */
  readonly scheduler?: SchedulerLike | undefined;
  /** For the delays of the watches, 0 to 1. Default: the platform's. */
  readonly random?: (() => number) | undefined;
}

/** Wakes of the keys whose referred objects change, and a way to read these. */
export interface Referred<R> extends Observable<Wake> {
  /**
   * The object as it is: `undefined` where there is none. It is read from the watch of its name, or, where there are more than
   * `upTo`, from the server, and kept until its metadata tell another version. Nobody has to refer to it.
   */
  read(reference: ObjectReference): Awaitable<R | undefined>;
}

/**
 * Watches the objects that others refer to by name, such as Secrets and ConfigMaps, and no others: the key of an object is woken
 * when what it refers to comes, changes or goes. A watch is opened with the first reference to a name, and closed with the last.
 * Whole Secrets are in memory for those alone that are referred to.
 *
 * While nobody is subscribed nothing is watched, and `read` asks the server. Throws a TypeError for an invalid function, and a
 * RangeError for `upTo` or `keep` out of range.
 *
 * ```ts
 * const secrets = watchReferred(pods, {
 *   refsOf: (each: Raw<V1Pod>) =>
 *     (each.spec?.imagePullSecrets ?? []).map(({ name = '' }) => ({ namespace: each.metadata.namespace ?? '', name })),
 *   listWatch: (selection) => listWatch(kubeConfig, 'v1/secrets', selection as object),
 *   client: resourceClient(kubeConfig, 'v1/secrets'),
 * });
 * secrets.subscribe(({ key }) => console.log('a secret of', key, 'has changed'));
 * ```
 */
export function watchReferred<T extends KubernetesObject, I extends string, R extends KubernetesObject>(
  informer: SharedInformer<T, I>,
  options: WatchReferredOptions<T, R>,
): Referred<R> {
  const { refsOf, listWatch, client, upTo = 50, keep = 100, scheduler = asyncScheduler } = options;
  const random = checkedRandom(options.random);
  checkedFunction('refsOf', refsOf);
  checkedFunction('listWatch', listWatch);
  for (const [name, value] of Object.entries({ upTo, keep }))
    if (!Number.isSafeInteger(value) || value < 0)
      throw new RangeError(`${name} is ${String(value)}; it takes whole numbers from 0 on`);
  const woken$ = new Subject<Wake>();
  let referred = new ReferredKeys();
  let isMany = false;
  const kept = new RecentMap<R>(keep);
  const watches = new ReferredWatches({ listWatch, onEvent: wake, scheduler, random });

  function wake({ type, object }: InformerEvent<KubernetesObject>): void {
    const reason = { source: client.resource, type } as const;
    for (const key of referred.ownersOf(metaNamespaceKey(object))) woken$.next({ key, reason });
  }

  function selectionOf(key: string): ReferredSelection {
    return isMany ? ofNamespace(key) : ofName(key);
  }

  function refer(owner: string, object: T | undefined): void {
    const { added, dropped } = referred.set(owner, object === undefined ? [] : keysOf(refsOf, object));
    for (const key of added) watches.open(selectionOf(key));
    for (const key of dropped) watches.close(selectionOf(key));
    // With a margin, so that one reference more or less does not open all watches anew each time.
    const isMore = referred.size > (isMany ? upTo / 2 : upTo);
    if (isMore === isMany) return;
    const before = referred.keys().map(selectionOf);
    isMany = isMore;
    for (const key of referred.keys()) watches.open(selectionOf(key));
    for (const selection of before) watches.close(selection);
  }

  const wakes$ = new Observable<Wake>((subscriber) => {
    subscriber.add(woken$.subscribe(subscriber));
    subscriber.add(() => {
      watches.clear();
      referred = new ReferredKeys();
      isMany = false;
    });
    subscriber.add(
      informer.events$.subscribe({
        next: ({ type, object }) => refer(metaNamespaceKey(object), type === 'deleted' ? undefined : object),
        error: (error: unknown) => subscriber.error(error),
        complete: () => subscriber.complete(),
      }),
    );
  });

  function read(reference: ObjectReference): Awaitable<R | undefined> {
    const key = keyOf(reference);
    return awaitable(
      defer(() => {
        const byName = watches.of(ofName(key));
        if (byName !== undefined) return current(byName, key) as Observable<R | undefined>;
        const byMetadata = watches.of(ofNamespace(key));
        if (byMetadata === undefined) return fetched(key);
        return current(byMetadata, key).pipe(
          switchMap((metadata) => {
            if (metadata === undefined) return of(undefined);
            const whole = kept.get(key);
            const isCurrent = whole?.metadata.resourceVersion === metadata.metadata.resourceVersion;
            return isCurrent ? of(whole) : fetched(key);
          }),
        );
      }),
    );
  }

  function fetched(key: string): Observable<R | undefined> {
    const [namespace, name] = splitMetaNamespaceKey(key);
    return client.get({ name, namespace }).pipe(
      tap((object) => kept.set(key, object)),
      catchError((error: unknown) => {
        const isGone = error instanceof KubeError && error.reason === 'NotFound';
        return isGone ? of(undefined) : throwError(() => error as Error);
      }),
    );
  }

  return Object.assign(wakes$.pipe(share()), { read });
}

/** The object of an informer, when it has synced. */
function current(informer: SharedInformer<KubernetesObject>, key: string): Observable<KubernetesObject | undefined> {
  return informer.hasSynced$.pipe(
    filter(Boolean),
    take(1),
    map(() => informer.store.getByKey(key)),
  );
}

function keyOf({ name, namespace }: ObjectReference): string {
  return namespace ? `${namespace}/${name}` : name;
}

/** What an object refers to. A function that throws is reported, and the object refers to nothing. */
function keysOf<T>(refsOf: (object: T) => Iterable<ObjectReference>, object: T): string[] {
  try {
    return Array.from(refsOf(object))
      .filter(({ name }) => name !== '')
      .map(keyOf);
  } catch (error) {
    reportUnhandled(error as Error);
    return [];
  }
}
