export { DeletedFinalStateUnknown } from './protocol/objects/deleted-final-state-unknown.ts';
export { deletionHandlingMetaNamespaceKey } from './protocol/objects/object-key.ts';
export { cacheEventOf } from './queue/delta.ts';
export type { Delta, ReplacedAll, SyncAll } from './queue/delta.ts';
export type { ProcessOptions } from './queue/process-items.ts';
export { expandDelta } from './queue/expand-delta.ts';
export type { ObjectDelta } from './queue/expand-delta.ts';
export { fifo } from './queue/fifo.ts';
export type { Fifo, FifoItem, FifoOptions } from './queue/fifo.ts';
export { heap } from './queue/heap.ts';
export type { Heap, HeapOptions } from './queue/heap.ts';
export type { KnownObjects } from './queue/known-objects.ts';
export type { ProcessBatchesOptions, Queue, QueueItem } from './queue/queue.ts';
export { QueueError } from './queue/queue-error.ts';
export type { QueueErrorReason } from './queue/queue-error.ts';
export { realFifo } from './queue/real-fifo.ts';
export type { RealFifo, RealFifoItem } from './queue/real-fifo.ts';
export { reconcileBy } from './workqueue/reconcile-by.ts';
export { reconciler } from './workqueue/reconciler.ts';
export type { Drained, DrainOptions, Reconciler } from './workqueue/reconciler.ts';
export type { ReconcileOptions } from './workqueue/settings.ts';
export { retryBy } from './workqueue/retry-by.ts';
export type { FailureClass, Retry, RetryOptions } from './workqueue/retry-by.ts';
export type { Report } from './workqueue/report.ts';
export type { Run, RunResult } from './workqueue/run.ts';
export { RunAbortedError } from './workqueue/runs/run-aborted-error.ts';
export type { AbortReason } from './workqueue/runs/run-aborted-error.ts';
export type { Outcome, Requeue } from './workqueue/outcome.ts';
export type { Reason, ReasonType, Wake } from './workqueue/wake.ts';
export type { Hold, MayStart } from './workqueue/may-start.ts';
export type { Pace } from './workqueue/runs/start-pace.ts';
export type { Explanation } from './workqueue/explanation.ts';
export type { FailureNote } from './workqueue/failure-note.ts';
export { isWedged } from './workqueue/work-status.ts';
export type { WorkStatus } from './workqueue/work-status.ts';
export { bucketRateLimiter } from './workqueue/rate-limiting/bucket-rate-limiter.ts';
export type { Bucket } from './workqueue/rate-limiting/bucket-rate-limiter.ts';
export {
  defaultControllerRateLimiter,
  defaultItemBasedRateLimiter,
} from './workqueue/rate-limiting/default-rate-limiters.ts';
export { itemExponentialFailureRateLimiter } from './workqueue/rate-limiting/item-exponential-failure-rate-limiter.ts';
export type { ExponentialDelays } from './workqueue/rate-limiting/item-exponential-failure-rate-limiter.ts';
export { itemFastSlowRateLimiter } from './workqueue/rate-limiting/item-fast-slow-rate-limiter.ts';
export type { FastSlowDelays } from './workqueue/rate-limiting/item-fast-slow-rate-limiter.ts';
export { maxOfRateLimiter } from './workqueue/rate-limiting/max-of-rate-limiter.ts';
export type { RateLimiter } from './workqueue/rate-limiting/rate-limiter.ts';
export { rateLimitingQueue } from './workqueue/rate-limiting/rate-limiting-queue.ts';
export type {
  QueueMetrics,
  RateLimitingQueue,
  RateLimitingQueueOptions,
} from './workqueue/rate-limiting/rate-limiting-queue.ts';
export { withMaxWaitRateLimiter } from './workqueue/rate-limiting/with-max-wait-rate-limiter.ts';
