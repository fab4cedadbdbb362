// Words
export { KubeError, isExpired, isResourceVersionTooLarge, kubeErrorFromStatus } from './protocol/errors/kube-error.ts';
export type { ClientReason, KubeErrorInit, KubeErrorReason, StatusReason } from './protocol/errors/kube-error.ts';
export { DeletedFinalStateUnknown } from './protocol/objects/deleted-final-state-unknown.ts';
export { KeyError } from './protocol/objects/key-error.ts';
export {
  deletionHandlingMetaNamespaceKey,
  metaNamespaceKey,
  splitMetaNamespaceKey,
} from './protocol/objects/object-key.ts';
export type { Keyed } from './protocol/objects/object-key.ts';
export { ObjectName } from './protocol/objects/object-name.ts';
export { printable } from './protocol/errors/printable.ts';
export { compareResourceVersions } from './protocol/objects/resource-version.ts';
export type {
  Bookmark,
  CacheEvent,
  Changed,
  Interrupted,
  Opened,
  Phase,
  Received,
  Refused,
  Replaced,
  Requested,
  Settled,
  Sync,
} from './protocol/cache-event.ts';
export type { InformerEvent } from './protocol/informer-event.ts';
export type { Intern } from './protocol/intern.ts';
export type {
  KubernetesObject,
  ObjectMeta,
  OwnerReference,
  PartialObjectMetadata,
} from './protocol/objects/kubernetes-object.ts';
export type { ListOptions, ResourceVersionMatch, WatchOptions } from './protocol/list-watch-options.ts';
export type { ListPage } from './protocol/list-page.ts';
export type { Alive, AwaitableListerWatcher, ListerWatcher } from './protocol/lister-watcher.ts';
export type { Refusal } from './protocol/errors/refusal.ts';
export type { ReflectorSink } from './protocol/reflector-sink.ts';
export type { Status, StatusDetails } from './protocol/errors/status.ts';
export type { WatchFrame } from './protocol/watch-frame.ts';
export { FieldSelector, parseFieldSelector } from './protocol/selectors/field-selector.ts';
export type { FieldTerm } from './protocol/selectors/field-selector.ts';
export { LabelSelector, parseLabelSelector } from './protocol/selectors/label-selector.ts';
export { labelSelectorOf } from './protocol/selectors/label-selector-of.ts';
export type { LabelSelectorTerms } from './protocol/selectors/label-selector-of.ts';
export type { LabelOperator, LabelRequirement } from './protocol/selectors/label-requirement.ts';
export { SelectorError } from './protocol/selectors/selector-error.ts';
export type { Mutable, MutableValue } from './protocol/objects/mutable.ts';
export type { Raw, RawValue } from './protocol/objects/raw.ts';
export { awaitable } from './protocol/awaitable.ts';
export type { Awaitable } from './protocol/awaitable.ts';
export type { ApplyPatch, JsonPatchOperation, MergePatch, Patch, StrategicMergePatch } from './protocol/patch.ts';
export type { Transform } from './protocol/objects/transform.ts';
export type {
  DeleteOptions,
  NewObject,
  ObjectReference,
  ResourceClient,
  WriteOptions,
} from './protocol/resource-client.ts';

// Transport
export { fetchHttpClient } from './transport/request/fetch-http-client.ts';
export type { FetchHttpClientOptions } from './transport/request/fetch-http-client.ts';
export type { HttpChunk, HttpClient, HttpEvent, HttpHead, HttpRequest } from './transport/request/http-client.ts';
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
} from './transport/request/parse-resource.ts';
export type { Resource } from './transport/request/parse-resource.ts';
export type { Selectors } from './transport/request/request-query.ts';
export type { ServerWarning, WarningOptions } from './transport/request/server-warnings.ts';

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
export { hostBackoff, reflectorBackoff } from './reflector/reflector-backoff.ts';
export type { Backoff } from './streams/time/backoff.ts';
export { hours, minutes, seconds } from './streams/time/duration.ts';

// Store
export type { IndexFunction, Indexers } from './store/contents/indexers.ts';
export { ExpirationCache } from './store/expiration-cache.ts';
export type { ExpirationCacheOptions } from './store/expiration-cache.ts';
export { admitEvent } from './store/admit.ts';
export type { Admitted } from './store/admitted.ts';
export { freezer, interner } from './sharing/interner.ts';
export type { InternerOptions } from './sharing/interner.ts';
export { lister } from './store/lister.ts';
export type { Listable, Lister, ListerOptions, ListerSource, NamespaceLister } from './store/lister.ts';
export { MutationOverlay } from './store/overlay/mutation-overlay.ts';
export type { MutationOverlayOptions, OverlaySource } from './store/overlay/mutation-overlay.ts';
export { metaNamespaceIndex, namespaceIndex } from './store/contents/namespace-index.ts';
export { onCopy } from './sharing/on-copy.ts';
export type { ReadonlyStore } from './store/readonly-store.ts';
export type { ReadonlyBehaviorSubject } from './streams/readonly-behavior-subject.ts';
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
export { forEachEvent } from './informer/pace/for-each-event.ts';
export type { ForEachEventOptions } from './informer/pace/for-each-event.ts';
export { conflateByKey } from './informer/pace/conflate-by-key.ts';
export type { ConcurrencyOptions } from './streams/flatten-by-key.ts';
export { HandlerError } from './informer/handlers/handler-error.ts';
export { filteringEventHandler } from './informer/handlers/resource-event-handler.ts';
export type { ResourceEventHandler } from './informer/handlers/resource-event-handler.ts';
export type { EventHandlerRegistration } from './informer/handlers/event-handler-registration.ts';
export { dropManagedFields } from './informer/drop-managed-fields.ts';
export { TransformError } from './informer/transform-error.ts';
export { recipe } from './informer/recipe.ts';
export { FactoryShutDownError, sharedInformerFactory } from './informer/many/shared-informer-factory.ts';
export type { FactoryInformerOptions, SharedInformerFactory } from './informer/many/shared-informer-factory.ts';
export { mergeInformers } from './informer/many/merge-informers.ts';
export type { MergedEvent, MergedInformer } from './informer/many/merge-informers.ts';
export type { MergedSnapshot } from './informer/many/merged-snapshot.ts';
export { filterChanged } from './informer/pace/filter-changed.ts';
export type { ChangedPart } from './informer/pace/filter-changed.ts';
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
} from './informer/waiting/condition.ts';
export type { Condition } from './informer/waiting/condition.ts';
export { waitFor } from './informer/waiting/wait-for.ts';
export type { WaitForOptions } from './informer/waiting/wait-for.ts';
export { waitForCacheSync } from './informer/waiting/wait-for-cache-sync.ts';
export type { Synchronizable } from './informer/waiting/wait-for-cache-sync.ts';
export { CacheSyncError, WaitEndedError, WaitTimeoutError } from './informer/waiting/wait-error.ts';
export type { Unsynced } from './informer/waiting/wait-error.ts';
export { eachChangeFrom, eachValueFrom, latestValueFrom } from './informer/pace/each-value-from.ts';
export { takeUntilAborted } from './streams/take-until-aborted.ts';
export type { SignalOptions } from './informer/waiting/first-match.ts';
