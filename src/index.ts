// Words
export { KubeError, isExpired, isResourceVersionTooLarge, kubeErrorFromStatus } from './protocol/kube-error.ts';
export type { ClientReason, KubeErrorInit, KubeErrorReason, StatusReason } from './protocol/kube-error.ts';
export { DeletedFinalStateUnknown } from './protocol/deleted-final-state-unknown.ts';
export { KeyError } from './protocol/key-error.ts';
export { deletionHandlingMetaNamespaceKey, metaNamespaceKey, splitMetaNamespaceKey } from './protocol/object-key.ts';
export type { Keyed } from './protocol/object-key.ts';
export { ObjectName } from './protocol/object-name.ts';
export { printable } from './protocol/printable.ts';
export { compareResourceVersions } from './protocol/resource-version.ts';
export type {
  Bookmark,
  CacheEvent,
  Changed,
  Interrupted,
  Phase,
  Progress,
  Refused,
  Replaced,
  Sync,
} from './protocol/cache-event.ts';
export type { InformerEvent } from './protocol/informer-event.ts';
export type { Intern } from './protocol/intern.ts';
export type {
  KubernetesObject,
  ObjectMeta,
  OwnerReference,
  PartialObjectMetadata,
} from './protocol/kubernetes-object.ts';
export type { ListOptions, ResourceVersionMatch, WatchOptions } from './protocol/list-watch-options.ts';
export type { ListPage } from './protocol/list-page.ts';
export type { Alive, AwaitableListerWatcher, ListerWatcher } from './protocol/lister-watcher.ts';
export type { Refusal } from './protocol/refusal.ts';
export type { ReflectorSink } from './protocol/reflector-sink.ts';
export type { Status, StatusDetails } from './protocol/status.ts';
export type { WatchFrame } from './protocol/watch-frame.ts';
export { FieldSelector, parseFieldSelector } from './protocol/field-selector.ts';
export type { FieldTerm } from './protocol/field-selector.ts';
export { LabelSelector, parseLabelSelector } from './protocol/label-selector.ts';
export { labelSelectorOf } from './protocol/label-selector-of.ts';
export type { LabelSelectorTerms } from './protocol/label-selector-of.ts';
export type { LabelOperator, LabelRequirement } from './protocol/label-requirement.ts';
export { SelectorError } from './protocol/selector-error.ts';
export type { Mutable, MutableValue } from './protocol/mutable.ts';
export type { Raw, RawValue } from './protocol/raw.ts';
export { awaitable } from './protocol/awaitable.ts';
export type { Awaitable } from './protocol/awaitable.ts';
export type { ApplyPatch, JsonPatchOperation, MergePatch, Patch, StrategicMergePatch } from './protocol/patch.ts';
export type { Transform } from './protocol/transform.ts';
export type {
  DeleteOptions,
  NewObject,
  ObjectReference,
  ResourceClient,
  WriteOptions,
} from './protocol/resource-client.ts';

// Transport
export { fetchHttpClient } from './transport/fetch-http-client.ts';
export type { FetchHttpClientOptions } from './transport/fetch-http-client.ts';
export type { HttpChunk, HttpClient, HttpEvent, HttpHead, HttpRequest } from './transport/http-client.ts';
export { httpListerWatcher } from './transport/http-lister-watcher.ts';
export type { HttpListerWatcherOptions } from './transport/http-lister-watcher.ts';
export { httpResourceClient } from './transport/http-resource-client.ts';
export type { HttpResourceClientOptions } from './transport/http-resource-client.ts';
export { ListWatch } from './transport/list-watch.ts';
export type { ListWatchFunctions } from './transport/list-watch.ts';
export {
  NamespaceSyntaxError,
  parseResource,
  resourceInWords,
  resourcePath,
  ResourceSyntaxError,
} from './transport/parse-resource.ts';
export type { Resource } from './transport/parse-resource.ts';
export type { Selectors } from './transport/request-query.ts';
export type { ServerWarning, WarningOptions } from './transport/server-warnings.ts';

// Streams
export { listAndWatch } from './reflector/list-and-watch.ts';
export type { Session, SessionContext } from './reflector/list-and-watch.ts';
export type { Again } from './reflector/list-pages.ts';
export type { Cursor } from './reflector/cursor.ts';
export { reflector } from './reflector/reflector.ts';
export type { ReflectorOptions } from './reflector/reflector.ts';
export { RequestPace } from './reflector/request-pace.ts';
export { resync } from './reflector/resync.ts';
export { retryWithBackoff } from './reflector/retry-with-backoff.ts';
export type { RetryWithBackoffOptions } from './reflector/retry-with-backoff.ts';
export type { ListAndWatchOptions } from './reflector/settings.ts';

// Time
export { hostBackoff, reflectorBackoff } from './time/backoff.ts';
export type { Backoff } from './time/backoff.ts';
export { hours, minutes, seconds } from './time/duration.ts';

// Store
export type { IndexFunction, Indexers } from './store/indexers.ts';
export { ExpirationCache } from './store/expiration-cache.ts';
export type { ExpirationCacheOptions } from './store/expiration-cache.ts';
export { internEvent } from './store/intern-event.ts';
export { freezer, interner } from './store/interner.ts';
export type { InternerOptions } from './store/interner.ts';
export { lister } from './store/lister.ts';
export type { Listable, Lister, ListerOptions, ListerSource, NamespaceLister } from './store/lister.ts';
export { MutationOverlay } from './store/mutation-overlay.ts';
export type { MutationOverlayOptions, OverlaySource } from './store/mutation-overlay.ts';
export { metaNamespaceIndex, namespaceIndex } from './store/namespace-index.ts';
export { onCopy } from './store/on-copy.ts';
export type { ReadonlyStore } from './store/readonly-store.ts';
export type { ReadonlyBehaviorSubject } from './store/readonly-behavior-subject.ts';
export { StoreError } from './store/store-error.ts';
export type { StoreErrorInit, StoreErrorReason } from './store/store-error.ts';
export { commitOf, reduceSnapshot } from './store/reduce-snapshot.ts';
export type { Commit } from './store/reduce-snapshot.ts';
export { emptySnapshot } from './store/snapshot.ts';
export type { Snapshot, SnapshotOptions } from './store/snapshot.ts';
export type { SnapshotReader } from './store/snapshot-reader.ts';
export { Store } from './store/store.ts';
export type { StoreOptions } from './store/store.ts';
export { commitTransaction } from './store/transaction.ts';
export type { TransactionCommit, TransactionItem, TransactionResult } from './store/transaction.ts';
export { UndeltaStore } from './store/undelta-store.ts';

// Queues
export { cacheEventOf } from './queue/delta.ts';
export type { Delta, ReplacedAll, SyncAll } from './queue/delta.ts';
export type { ProcessOptions } from './queue/drain.ts';
export { expandDelta } from './queue/expand-delta.ts';
export type { ObjectDelta } from './queue/expand-delta.ts';
export { Fifo } from './queue/fifo.ts';
export type { FifoItem, FifoOptions } from './queue/fifo.ts';
export { Heap } from './queue/heap.ts';
export type { HeapOptions } from './queue/heap.ts';
export type { KnownObjects } from './queue/known-objects.ts';
export type { ProcessBatchesOptions, Queue, QueueItem } from './queue/queue.ts';
export { QueueError } from './queue/queue-error.ts';
export type { QueueErrorInit, QueueErrorReason } from './queue/queue-error.ts';
export { RealFifo } from './queue/real-fifo.ts';
export type { RealFifoItem } from './queue/real-fifo.ts';

// Informer
export { sharedInformer } from './informer/shared-informer.ts';
export type { SharedInformer } from './informer/shared-informer.ts';
export type { SharedInformerOptions } from './informer/informer-options.ts';
export type { EventsOptions, Synced } from './informer/informer-events.ts';
export { InformerEndedError } from './informer/informer-ended-error.ts';
export type { InformerPhase, InformerStatus } from './informer/informer-status.ts';
export { forEachEvent } from './informer/for-each-event.ts';
export type { ForEachEventOptions } from './informer/for-each-event.ts';
export { conflateByKey } from './informer/conflate-by-key.ts';
export type { ConcurrencyOptions } from './informer/flatten-by-key.ts';
export { HandlerError } from './informer/handler-error.ts';
export { filteringEventHandler } from './informer/resource-event-handler.ts';
export type { ResourceEventHandler } from './informer/resource-event-handler.ts';
export type { EventHandlerRegistration } from './informer/event-handler-registration.ts';
export { dropManagedFields } from './informer/drop-managed-fields.ts';
export { TransformError } from './informer/transform-error.ts';
export { recipe } from './informer/recipe.ts';
export { FactoryShutDownError, sharedInformerFactory } from './informer/shared-informer-factory.ts';
export type { FactoryInformerOptions, SharedInformerFactory } from './informer/shared-informer-factory.ts';
export { mergeInformers } from './informer/merge-informers.ts';
export type { MergedEvent, MergedInformer } from './informer/merge-informers.ts';
export type { MergedSnapshot } from './informer/merged-snapshot.ts';
export { filterChanged } from './informer/filter-changed.ts';
export type { ChangedPart } from './informer/filter-changed.ts';
export {
  and,
  exists,
  hasCondition,
  hasLoadBalancer,
  isCompleted,
  isDeleted,
  isEstablished,
  isReady,
  isRolledOut,
  isRunning,
  not,
  or,
} from './informer/condition.ts';
export type { Condition } from './informer/condition.ts';
export { waitFor } from './informer/wait-for.ts';
export type { WaitForOptions } from './informer/wait-for.ts';
export { waitForCacheSync } from './informer/wait-for-cache-sync.ts';
export type { Synchronizable } from './informer/wait-for-cache-sync.ts';
export { CacheSyncError, WaitEndedError, WaitTimeoutError } from './informer/wait-error.ts';
export type { Unsynced } from './informer/wait-error.ts';
export { eachChangeFrom, eachValueFrom, latestValueFrom } from './informer/each-value-from.ts';
export { takeUntilAborted } from './informer/take-until-aborted.ts';
export type { SignalOptions } from './informer/first-match.ts';
