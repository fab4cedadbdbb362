import { concat, distinctUntilChanged, isObservable, map, merge, NEVER, type Observable, of } from 'rxjs';
import type { InformerEvent } from '../../protocol/informer-event.ts';
import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import type { ReadonlyBehaviorSubject } from '../../streams/readonly-behavior-subject.ts';
import { frozenMap } from '../../sharing/frozen-map.ts';
import { behavior } from '../../streams/behavior.ts';
import type { SignalOptions } from '../waiting/first-match.ts';
import type { InformerStatus } from '../informer-status.ts';
import { MergedSnapshot } from './merged-snapshot.ts';
import type { SharedInformer } from '../shared-informer.ts';
import { waitForCacheSync } from '../waiting/wait-for-cache-sync.ts';

/** An event of one of several informers. */
export type MergedEvent<T, N extends string = string> = InformerEvent<T> & {
  /** The part that it is from. */
  readonly part: N;
};

/** Several informers of one kind of objects, read as one. */
export interface MergedInformer<T extends KubernetesObject, I extends string = never, N extends string = string> {
  /** The resources of the parts, in words. */
  readonly resource: string;
  /** The informers by the name of their part. */
  readonly parts: ReadonlyMap<N, SharedInformer<T, I>>;
  /**
   * The snapshots of all parts, from when the first of them is complete; which are is in the value. It is the same one for
   * as long as those of the parts are.
   */
  readonly snapshot$: ReadonlyBehaviorSubject<MergedSnapshot<T, I, N>>;
  /** The events of all parts: of each in its order, and with its own initial list whenever it comes. */
  readonly events$: Observable<MergedEvent<T, N>>;
  /** Whether all parts have synced. */
  readonly hasSynced$: ReadonlyBehaviorSubject<boolean>;
  /** The status of each part. A subscription starts nothing. */
  readonly status$: ReadonlyBehaviorSubject<ReadonlyMap<N, InformerStatus>>;
  /** Resolves when all parts have synced. Rejected with a `CacheSyncError` that names the others. */
  whenSynced(options?: SignalOptions): Promise<void>;
}

/**
 * Joins informers, of several namespaces or clusters, by a name for each: `{ blue: informer, green: informer }`. Each keeps
 * its own watch, state and failures: one that is forbidden neither stops nor delays the others, it is missing in the
 * snapshot until it is not. They remain usable on their own, and start and stop with those who use them. Its streams
 * complete when those of all parts have. Throws a TypeError that names the part for anything but an informer.
 *
 * ```ts
 * const blue = sharedInformer(listWatch(kubeConfig, 'v1/pods', { namespace: 'blue' }));
 * const green = sharedInformer(listWatch(kubeConfig, 'v1/pods', { namespace: 'green' }));
 * mergeInformers({ blue, green }).events$.subscribe(({ part, type }) => console.log(part, type));
 * ```
 */
export function mergeInformers<T extends KubernetesObject, I extends string, N extends string>(
  informers: Readonly<Record<N, SharedInformer<T, I>>>,
): MergedInformer<T, I, N> {
  const entries = checkedEntries(informers);
  const statuses = valuesOf(entries, ({ status$ }) => status$);
  const snapshots = valuesOf(entries, ({ snapshot$ }) => snapshot$);
  let merged = new MergedSnapshot(snapshots());
  const snapshot = (): MergedSnapshot<T, I, N> => {
    const parts = snapshots();
    if (parts !== merged.parts) merged = new MergedSnapshot(parts);
    return merged;
  };

  /** What is read anew whenever one of the streams says something; of no parts once. */
  function joined<V>(
    streamOf: (informer: SharedInformer<T, I>) => Observable<unknown>,
    read: () => V,
  ): ReadonlyBehaviorSubject<V> {
    const streams = entries.map(([, informer]) => streamOf(informer));
    const signals$ = streams.length === 0 ? concat(of(undefined), NEVER) : merge(...streams);
    return behavior(signals$.pipe(map(read), distinctUntilChanged()), read);
  }

  const events = entries.map(([part, { events$ }]) =>
    events$.pipe(map((event): MergedEvent<T, N> => ({ ...event, part }))),
  );
  const named = entries.map(([part, informer]) => ({
    resource: `${informer.resource} of ${part}`,
    status$: informer.status$,
    hasSynced$: informer.hasSynced$,
    whenSynced: (options?: SignalOptions) => informer.whenSynced(options),
  }));

  return {
    resource: named.map(({ resource }) => resource).join(', '),
    parts: frozenMap(entries),
    snapshot$: joined(({ snapshot$ }) => snapshot$, snapshot),
    events$: events.length === 0 ? NEVER : merge(...events),
    hasSynced$: joined(
      ({ hasSynced$ }) => hasSynced$,
      () => snapshot().synced,
    ),
    status$: joined(({ status$ }) => status$, statuses),
    whenSynced: (options) => waitForCacheSync(named, options),
  };
}

function checkedEntries<T extends KubernetesObject, I extends string, N extends string>(
  informers: Readonly<Record<N, SharedInformer<T, I>>>,
): readonly (readonly [N, SharedInformer<T, I>])[] {
  if (typeof informers !== 'object' || (informers as unknown) === null)
    throw new TypeError('mergeInformers takes an object of informers, such as { blue, green }');
  const entries = Object.entries(informers) as [N, SharedInformer<T, I>][];
  for (const [part, informer] of entries) {
    const { snapshot$, status$, events$, hasSynced$ } = Object(informer) as Partial<SharedInformer<T, I>>;
    if ([snapshot$, status$, events$, hasSynced$].every((stream$) => isObservable(stream$))) continue;
    throw new TypeError(`mergeInformers takes informers, as sharedInformer(…) makes them; the part ${part} is none`);
  }
  return entries;
}

/** Reads the current value of each informer; the same map for as long as all of them are the same. */
function valuesOf<T extends KubernetesObject, I extends string, N, V>(
  entries: readonly (readonly [N, SharedInformer<T, I>])[],
  read: (informer: SharedInformer<T, I>) => ReadonlyBehaviorSubject<V>,
): () => ReadonlyMap<N, V> {
  let latest: ReadonlyMap<N, V> | undefined;
  return () => {
    if (latest === undefined || entries.some(([part, informer]) => latest?.get(part) !== read(informer).value)) {
      latest = frozenMap(entries.map(([part, informer]) => [part, read(informer).value] as const));
    }
    return latest;
  };
}
