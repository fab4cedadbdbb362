/** Why a leader cannot go on: `NotLeading`, a write was asked for without the Lease; `Unsettled`, work of a lost term did not end in time. */
export type LeadershipErrorReason = 'NotLeading' | 'Unsettled';

/** A failure of leadership. */
export class LeadershipError extends Error {
  override readonly name = 'LeadershipError';
  readonly reason: LeadershipErrorReason;

  constructor({ reason, message }: { readonly reason: LeadershipErrorReason; readonly message: string }) {
    super(message);
    this.reason = reason;
  }
}
