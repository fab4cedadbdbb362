import { printable } from '../../protocol/errors/printable.ts';

/** Leaves room for the last state, and for the reason why the wait ended. */
const longestWaitedFor = 800;

/** A wait reached its timeout. What it waited for may still happen. */
export class WaitTimeoutError extends Error {
  /** What was awaited, in words. */
  readonly waitedFor: string;
  /** The timeout, in milliseconds. */
  readonly timeout: number;
  readonly #lastSeen: unknown;

  /** `seen` has the last value that the condition got; it is empty if there was no state yet. */
  constructor(waitedFor: string, timeout: number, seen: readonly unknown[]) {
    super(
      printable(`${printable(waitedFor, longestWaitedFor)} did not come about within ${timeout} ms; ${inWords(seen)}`),
    );
    this.name = 'WaitTimeoutError';
    this.waitedFor = waitedFor;
    this.timeout = timeout;
    this.#lastSeen = seen[0];
  }

  /** The object at the timeout; `undefined` if there was none. Logs do not show it, because it may be a Secret. */
  get lastSeen(): unknown {
    return this.#lastSeen;
  }
}

/** A wait for something that cannot happen any more, because the stream has ended: the informer was shut down. */
export class WaitEndedError extends Error {
  /** What was awaited, in words. */
  readonly waitedFor: string;

  constructor(waitedFor: string) {
    super(`${printable(waitedFor, longestWaitedFor)} can no longer happen: its stream has ended`);
    this.name = 'WaitEndedError';
    this.waitedFor = waitedFor;
  }
}

/** An informer that had not synced when the wait for it ended. */
export interface Unsynced {
  /** Its resource, in words. */
  readonly resource: string;
  /** Why its last request failed, if it did. */
  readonly lastError: Error | undefined;
  /** Why the wait ended: the reason of the signal, or that the informer has ended. */
  readonly cause: unknown;
}

/**
 * Some informers had not synced when the wait for them ended. They go on for as long as somebody holds them. The message
 * names them, why their last requests failed, and why the wait ended: the reason of the signal.
 */
export class CacheSyncError extends Error {
  /** The informers, sorted by their resources. */
  readonly unsynced: readonly Unsynced[];

  constructor(unsynced: readonly Unsynced[]) {
    const sorted = unsynced.toSorted((a, b) => (a.resource < b.resource ? -1 : 1));
    const names = sorted.map(({ resource, lastError }) =>
      lastError ? `${resource} (${lastError.message})` : resource,
    );
    const reasons = new Set(sorted.map(({ cause }) => (cause instanceof Error ? cause.message : String(cause))));
    const unsyncedInWords = printable(`not synced: ${names.join(', ')}`, longestWaitedFor);
    super(printable([unsyncedInWords, ...reasons].join('; ')), { cause: sorted[0]?.cause });
    this.name = 'CacheSyncError';
    this.unsynced = sorted;
  }
}

function inWords(seen: readonly unknown[]): string {
  if (seen.length === 0) return 'there was no state to look at';
  const object = seen[0] as { readonly metadata?: { readonly resourceVersion?: unknown } } | null | undefined;
  if (object === undefined) return 'there is no object';
  const version = object?.metadata?.resourceVersion;
  return typeof version === 'string' ? `the object was at version ${version}` : 'the object was there';
}
