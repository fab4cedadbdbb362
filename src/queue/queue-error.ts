import { printable } from '../protocol/errors/printable.ts';

/**
 * What went wrong in a queue.
 *
 * - `MalformedObject`: what was given is not an object with `metadata` and a `name`, so it has no key. It was not queued, and
 *   the queue is what it was.
 * - `MalformedEvent`: the event is not a cache event, or is a `Replaced` without an array. The queue is what it was.
 * - `ProcessFailed`: the processing of an item threw or ended with an error, which is the `cause`. The item has left the
 *   queue and is not put back: its user may add it again.
 */
export type QueueErrorReason = 'MalformedObject' | 'MalformedEvent' | 'ProcessFailed';

/** What a {@link QueueError} is made of. */
export interface QueueErrorInit {
  readonly reason: QueueErrorReason;
  /** What happened, to which item, and what follows, in one sentence without an object's content. */
  readonly message: string;
  readonly cause?: unknown;
}

/** A write that a queue refused, or an item whose processing failed. The other items are not concerned. */
export class QueueError extends Error {
  readonly reason: QueueErrorReason;

  constructor({ reason, message, cause }: QueueErrorInit) {
    super(printable(message), cause === undefined ? undefined : { cause });
    this.name = 'QueueError';
    this.reason = reason;
  }
}
