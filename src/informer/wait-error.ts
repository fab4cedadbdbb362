/** A wait that was given up: at its timeout. What was waited for may still happen. */
export class WaitTimeoutError extends Error {
  /** What was waited for, in words. */
  readonly waitedFor: string;
  /** How long, in milliseconds. */
  readonly timeout: number;

  constructor(waitedFor: string, timeout: number) {
    super(`${waitedFor} did not come about within ${timeout} ms`);
    this.name = 'WaitTimeoutError';
    this.waitedFor = waitedFor;
    this.timeout = timeout;
  }
}

/** Informers that had not synced when the wait for them was given up. */
export class CacheSyncError extends Error {
  /** Their resources, in words, sorted. */
  readonly unsynced: readonly string[];

  constructor(unsynced: readonly string[], cause: unknown) {
    super(`not synced: ${unsynced.join(', ')}`, { cause });
    this.name = 'CacheSyncError';
    this.unsynced = unsynced;
  }
}
