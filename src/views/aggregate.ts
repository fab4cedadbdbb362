import { asyncScheduler, distinctUntilChanged, map, Observable, type SchedulerLike, skipWhile, startWith } from 'rxjs';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import { metaNamespaceKey } from '../protocol/objects/object-key.ts';
import type { IndexFunction, Indexers } from '../store/contents/indexers.ts';
import { PersistentMap } from '../store/contents/persistent-map.ts';
import { StoreError } from '../store/store-error.ts';
import { behavior } from '../streams/behavior.ts';
import { checkedFunction } from '../streams/checks/checked-function.ts';
import { guarded } from '../streams/guarded.ts';
import type { Steps } from '../streams/map-while-waiting.ts';
import type { ReadonlyBehaviorSubject } from '../streams/readonly-behavior-subject.ts';
import { reportUnhandled } from '../streams/report-unhandled.ts';
import { type Batch, Follower } from './follower.ts';
import type { ObjectChange } from './object-changes.ts';
import { GroupSums, type Sums } from './sums.ts';
import { printViewError, ViewError, type ViewErrorReason } from './view-error.ts';
import { type IndexedPart, type IndexedSource, partsOf } from './view-source.ts';

/** The options of {@link aggregate}. */
export interface AggregateOptions {
  /** Gets what is wrong with `of`, once for each reason. Default: prints it. */
  readonly onError?: ((error: ViewError) => void) | undefined;
  /** Runs slices of long work. Default: RxJS's `asyncScheduler`. */
  readonly scheduler?: SchedulerLike | undefined;
}

/** What an object has added, and to which groups. It is subtracted, whatever `of` says later. */
interface Share {
  readonly amount: number;
  readonly values: readonly string[];
}

interface State {
  readonly sums: GroupSums;
  /** By part and key. */
  readonly shares: PersistentMap<Share>;
}

/** How many objects are added in one step. */
const perStep = 512;

/**
 * Returns sums by group, kept up to date by adding what comes and subtracting what goes: the CPU that is requested on each node. A
 * group is a value of an index of the source, so an object counts in each of its values. A commit costs what it changes, however
 * many objects there are. For numbers of objects alone, use `snapshot.sizes(index)`.
 *
 * `of` returns the number of an object, and must depend on the object alone. Give whole numbers, such as millicores or bytes: sums
 * of fractions drift by rounding. It counts as 0 for an object for which it fails, and `onError` gets a `ViewError`. An
 * object that the index leaves out is in no group.
 *
 * It holds the source while it is subscribed to, and emits complete states only. Without a subscriber `value` follows a source of up
 * to 2,000 objects; of a larger one, it is as the last subscriber left it, with `synced: false` as soon as the source has gone on. More than 2,000 changes at once are added in slices of at most 16 ms.
 *
 * Throws a TypeError for an invalid source or function, and a `StoreError` `UnknownIndex` if there is no such index.
 *
 * ```ts
 * const onNodes = sharedInformer(podListerWatcher, { indexers: { node: (pod) => [pod.spec?.nodeName ?? ''] } });
 * const restarts = aggregate(onNodes, 'node', (pod) => pod.status?.containerStatuses?.[0]?.restartCount ?? 0);
 * restarts.subscribe((sums) => console.log(sums.get('worker-1'), 'restarts on worker-1'));
 * ```
 */
export function aggregate<T extends KubernetesObject>(
  source: IndexedSource<T>,
  index: string,
  of: (object: T) => number,
  { onError = printViewError, scheduler = asyncScheduler }: AggregateOptions = {},
): ReadonlyBehaviorSubject<Sums> {
  const parts = partsOf<IndexedPart<T>>('aggregate', source);
  checkedFunction('of', of);
  checkedFunction('onError', onError);
  const indexFunctions = Array.from(parts.values(), ({ snapshot$ }) => indexFunctionOf(snapshot$.value, index));
  const told = new Set<ViewErrorReason>();

  function tell(reason: ViewErrorReason, object: T, did: string, cause?: unknown): void {
    if (told.has(reason)) return;
    told.add(reason);
    const key = metaNamespaceKey(object);
    const error = new ViewError({ reason, message: `of ${did} for ${key}`, key, cause });
    guarded(
      () => onError(error),
      (thrown) => reportUnhandled(thrown as Error),
    )();
  }

  function amountOf(object: T): number {
    let cause: unknown;
    try {
      const amount: unknown = of(object);
      if (typeof amount === 'number' && Number.isFinite(amount)) return amount;
    } catch (thrown) {
      cause = thrown;
    }
    tell('SumFunction', object, 'threw, or returned another value than a finite number, which counts as 0,', cause);
    return 0;
  }

  function shareOf(object: T, part: number): Share {
    let values: readonly string[] = [];
    try {
      values = [...new Set(indexFunctions[part]?.(object))];
    } catch {
      // The store has told this, and leaves the object out of the index.
    }
    return { amount: amountOf(object), values };
  }

  function changed({ sums, shares }: State, { part, before, after }: ObjectChange<T>): State {
    const key = `${part}/${metaNamespaceKey((after ?? before) as T)}`;
    const gone = shares.get(key);
    let result = sums;
    if (gone !== undefined && before !== undefined) {
      const isPure = gone.amount === amountOf(before);
      if (!isPure) tell('ImpureSum', before, 'gave two numbers, and the first one is subtracted,');
      for (const value of gone.values) result = result.with(value, gone.amount, -1);
    }
    if (after === undefined) return { sums: result, shares: shares.delete(key) };
    const come = shareOf(after, part);
    for (const value of come.values) result = result.with(value, come.amount, 1);
    return { sums: result, shares: shares.set(key, come) };
  }

  function* next(before: State, { changes, snapshots }: Batch<T>): Steps<State> {
    const all = yield* changes();
    let state = before;
    for (const [at, change] of all.entries()) {
      state = changed(state, change);
      if (at % perStep === perStep - 1) yield;
    }
    return { ...state, sums: state.sums.as(snapshots.length > 0 && snapshots.every(({ synced }) => synced)) };
  }

  const follower = new Follower<T, State>(parts.values(), scheduler, {
    state: { sums: GroupSums.empty(), shares: PersistentMap.empty() },
    sizeOf: ({ shares }) => shares.size,
    next,
  });
  const isShown = ({ sums, shares }: State): boolean => sums.synced || shares.size > 0;
  const values$ = new Observable<Sums>((subscriber) => {
    follower.deliveries.within(() => {
      subscriber.add(follower.hold());
      const { state } = follower;
      const later$ = follower.states$.pipe(
        startWith(...(isShown(state) ? [state] : [])),
        skipWhile((each) => !isShown(each)),
        map(({ sums }) => sums),
        distinctUntilChanged(),
      );
      subscriber.add(later$.subscribe(subscriber));
    });
  });
  let old: { readonly of: Sums; readonly sums: Sums } | undefined;
  return behavior<Sums>(values$, () => {
    const { sums } = follower.read();
    if (!sums.synced || follower.isHeld || !follower.isBehind) return sums;
    // The same object each time, as a reader compares them by identity.
    if (old?.of !== sums) old = { of: sums, sums: sums.as(false) };
    return old.sums;
  });
}

function indexFunctionOf<T>(snapshot: { indexers(): Indexers<T> }, index: string): IndexFunction<T> {
  const indexers = snapshot.indexers();
  const indexFunction = indexers[index];
  if (indexFunction !== undefined) return indexFunction;
  const message = `there is no index ${index} (there is: ${Object.keys(indexers).join(', ') || 'none'})`;
  throw new StoreError({ reason: 'UnknownIndex', message, index });
}
