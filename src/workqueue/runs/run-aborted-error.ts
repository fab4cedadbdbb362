/**
 * Why the signal of a run was aborted. It decides what a run still writes down: mostly nothing.
 *
 * - `unsubscribed`: nobody listens to the reports any more.
 * - `timeout`: the run outlasted the option `timeout`.
 * - `drained`: the deadline of a drain has passed.
 */
export type AbortReason = 'unsubscribed' | 'timeout' | 'drained';

/** What the signal of a run is aborted with. A run that ends with it has not failed. */
export class RunAbortedError extends Error {
  override readonly name = 'RunAbortedError';
  readonly reason: AbortReason;
  readonly key: string;

  constructor(key: string, reason: AbortReason) {
    const why = { unsubscribed: 'nobody listens any more', timeout: 'it took too long', drained: 'it had to end' };
    super(`the run of ${key} was aborted: ${why[reason]}`);
    this.reason = reason;
    this.key = key;
  }
}
