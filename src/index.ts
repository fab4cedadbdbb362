// Words
export { KubeError, isExpired, isResourceVersionTooLarge } from './protocol/errors/kube-error.ts';
export type { KubeErrorReason } from './protocol/errors/kube-error.ts';
export { UnsafeNumberError } from './protocol/numbers/unsafe-number-error.ts';
export { KeyError } from './protocol/objects/key-error.ts';
export { metaNamespaceKey, splitMetaNamespaceKey } from './protocol/objects/object-key.ts';
export { printable } from './protocol/errors/printable.ts';
export { compareResourceVersions } from './protocol/objects/resource-version.ts';
export type { CacheEvent, Interrupted, Phase } from './protocol/cache-event.ts';
export type { Held, HoldReason } from './protocol/hold-reason.ts';
export type { InformerEvent } from './protocol/informer-event.ts';
export type {
  KubernetesObject,
  ObjectMeta,
  OwnerReference,
  PartialObjectMetadata,
} from './protocol/objects/kubernetes-object.ts';
export type { ListOptions, WatchOptions } from './protocol/list-watch-options.ts';
export type { ListPage } from './protocol/list-page.ts';
export type { AwaitableListerWatcher, ListerWatcher } from './protocol/lister-watcher.ts';
export type { Refusal } from './protocol/errors/refusal.ts';
export type { ReflectorSink } from './protocol/reflector-sink.ts';
export type { Status } from './protocol/errors/status.ts';
export type { WatchFrame } from './protocol/watch-frame.ts';
export type { FieldSelector } from './protocol/selectors/field-selector.ts';
export { parseFieldSelector } from './protocol/selectors/field-selector.ts';
export type { LabelSelector } from './protocol/selectors/label-selector.ts';
export { parseLabelSelector } from './protocol/selectors/label-selector.ts';
export { labelSelectorOf } from './protocol/selectors/label-selector-of.ts';
export { SelectorError } from './protocol/selectors/selector-error.ts';
export type { Mutable } from './protocol/objects/mutable.ts';
export type { Raw } from './protocol/objects/raw.ts';
export type { Awaitable } from './protocol/awaitable.ts';
export type { Transform } from './protocol/objects/transform.ts';
export type { ResourceClient } from './protocol/resource-client.ts';

export type * from './protocol/resource-types.ts';

// Transport
export { listWatchOf } from './transport/list-watch.ts';
export type { ListWatchFunctions } from './transport/list-watch.ts';

// Streams
export { listAndWatch } from './reflector/list-and-watch.ts';
export { reflector } from './reflector/reflector.ts';
export type { ReflectorOptions } from './reflector/reflector.ts';
export { resync } from './reflector/resync.ts';
export { retryWithBackoff } from './reflector/retry-with-backoff.ts';
export type { RetryWithBackoffOptions } from './reflector/retry-with-backoff.ts';
export type { SessionOptions } from './reflector/settings.ts';

// Time
export type { Backoff } from './streams/time/backoff.ts';
export { hours, minutes, seconds } from './streams/time/duration.ts';

// Store
export type { IndexFunction, Indexers } from './store/contents/indexers.ts';
export { lister } from './store/lister.ts';
export type { Lister, NamespaceLister } from './store/lister.ts';
export { metaNamespaceIndex, namespaceIndex } from './store/contents/namespace-index.ts';
export type { ReadonlyStore } from './store/readonly-store.ts';
export type { ReadonlyBehaviorSubject } from './streams/readonly-behavior-subject.ts';
export { StoreError } from './store/store-error.ts';
export { reduceSnapshot } from './store/commit.ts';
export type { Commit } from './store/commit.ts';
export { emptySnapshot } from './store/snapshot.ts';
export type { Snapshot, SnapshotOptions } from './store/snapshot.ts';
export type { SnapshotReader } from './store/snapshot-reader.ts';
export { store } from './store/store.ts';
export type { Store, StoreOptions } from './store/store.ts';

// Informer
export { sharedInformer } from './informer/shared-informer.ts';
export type { SharedInformer } from './informer/shared-informer.ts';
export type { SharedInformerOptions } from './informer/informer-options.ts';
export type { Seed } from './informer/seed.ts';
export { SeedError } from './informer/seed-error.ts';
export type { Synced } from './informer/informer-events.ts';
export { InformerEndedError } from './informer/informer-ended-error.ts';
export type { InformerPhase, InformerStatus, InformerUpdates } from './informer/informer-status.ts';
export { concatMapByKey } from './informer/pace/concat-map-by-key.ts';
export type { ConcatMapByKeyOptions } from './informer/pace/concat-map-by-key.ts';
export { conflateByKey } from './informer/pace/conflate-by-key.ts';
export { HandlerError } from './informer/handlers/handler-error.ts';
export { filteringEventHandler } from './informer/handlers/resource-event-handler.ts';
export type { ResourceEventHandler } from './informer/handlers/resource-event-handler.ts';
export type { EventHandlerRegistration } from './informer/handlers/event-handler-registration.ts';
export { dropManagedFields } from './informer/admission/drop-managed-fields.ts';
export { TransformError } from './informer/admission/transform-error.ts';
export { recipe } from './informer/admission/recipe.ts';
export { FactoryShutDownError, sharedInformerFactory } from './informer/many/shared-informer-factory.ts';
export type {
  FactoryInformerOptions,
  SeedOptions,
  SharedInformerFactory,
} from './informer/many/shared-informer-factory.ts';
export { mergeInformers } from './informer/many/merge-informers.ts';
export type { MergedEvent, MergedInformer } from './informer/many/merge-informers.ts';
export type { MergedSnapshot } from './informer/many/merged-snapshot.ts';
export { filterChanged } from './informer/pace/filter-changed.ts';
export type { ChangedPart } from './informer/pace/filter-changed.ts';
export { waitFor } from './informer/waiting/wait-for.ts';
export type { WaitForOptions } from './informer/waiting/wait-for.ts';
export { waitForCacheSync } from './informer/waiting/wait-for-cache-sync.ts';
export { CacheSyncError, WaitEndedError, WaitTimeoutError } from './informer/waiting/wait-error.ts';
export { eachChangeFrom, eachValueFrom, latestValueFrom } from './informer/pace/each-value-from.ts';
export { takeUntilAborted } from './streams/take-until-aborted.ts';

// Controller: writes
export { CrdError, installCrd } from './controller/writing/install-crd.ts';
export type { InstallCrdOptions } from './controller/writing/install-crd.ts';
export type { Recipe } from './controller/writing/edit-patch.ts';
export { setCondition } from './controller/writing/set-condition.ts';
export type { NewCondition } from './controller/writing/set-condition.ts';
export { setOwner } from './controller/writing/set-owner.ts';
export type { SetOwnerOptions } from './controller/writing/set-owner.ts';
export { withFinalizer } from './controller/writing/with-finalizer.ts';
export type { FinalizerSteps } from './controller/writing/with-finalizer.ts';
export { WriteError } from './controller/writing/write-error.ts';
export type { WriteErrorReason } from './controller/writing/write-error.ts';
export type { ApplyOptions, Scale, Writer } from './controller/writing/writer.ts';
export { writerOf } from './controller/writing/writer-of.ts';
export type { WriterOptions } from './controller/writing/writer-of.ts';

// Controller: keys and runs
export { classifyFailure } from './controller/classify-failure.ts';
export { controllerFor } from './controller/controller-for.ts';
export type { Controller } from './controller/controller-for.ts';
export type { ControllerOptions } from './controller/controller-options.ts';
export type { ControllerRun } from './controller/controller-run.ts';
export type { ControllerStatus, SourceStatus } from './controller/controller-status.ts';
export type { ReconcileOutcome, ReconcileResult, WriteAnswer } from './controller/reconcile-result.ts';
export { keysBy } from './controller/sources/keys-by.ts';
export { keysOf } from './controller/sources/keys-of.ts';
export { ownersOf } from './controller/sources/owners-of.ts';
export type { OwnersOptions } from './controller/sources/owners-of.ts';
export type { InformerWakes } from './controller/sources/wakes-of.ts';

// Controller: leadership
export { guarded } from './controller/leading/guarded.ts';
export type { LeaderState } from './controller/leading/leader-state.ts';
export { leadership } from './controller/leading/leadership.ts';
export { LeadershipError } from './controller/leading/leadership-error.ts';
export type { LeadershipErrorReason } from './controller/leading/leadership-error.ts';
export type { LeadershipOptions } from './controller/leading/leadership-options.ts';
export type { Lease, LeaseSpec } from './controller/leading/lease.ts';
export type { Moment } from './controller/leading/moment.ts';
export { whileLeading } from './controller/leading/while-leading.ts';
export type { Term, WhileLeadingOptions } from './controller/leading/while-leading.ts';

// Views
export { published } from './streams/published.ts';
export type { Published, PublishedOptions } from './streams/published.ts';
export type { Source } from './streams/source.ts';
export { aggregate } from './views/aggregate.ts';
export type { AggregateOptions } from './views/aggregate.ts';
export type { Sums } from './views/sums.ts';
export { view } from './views/view.ts';
export type { View, ViewOptions } from './views/view.ts';
export type { OrderBy } from './views/ordering.ts';
export type { Rows } from './views/rows.ts';
export type { RowChange } from './views/row-changes.ts';
export type { Selecting } from './views/selection.ts';
export type { IndexedSource, ViewSource } from './views/view-source.ts';
export { ViewError } from './views/view-error.ts';
export type { ViewErrorReason } from './views/view-error.ts';
export { watchReferred } from './controller/sources/watch-referred.ts';
export type { Referred, WatchReferredOptions } from './controller/sources/watch-referred.ts';
export type { ReferredSelection } from './controller/sources/referred-watches.ts';
