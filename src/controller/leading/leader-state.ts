import type { Subscription } from 'rxjs';
import type { KubeError } from '../../protocol/errors/kube-error.ts';

/** Who leads. */
export interface LeaderState {
  /** True while this candidate may act as the leader. */
  readonly isLeading: boolean;
  /** Who holds the Lease, as it was seen last; empty: nobody, or nobody knows. */
  readonly holder: string;
  /** Since when it has been so, in milliseconds of the wall clock of this process. */
  readonly since: number;
  /** Why the last attempt to read or write the Lease failed; `undefined`: it succeeded. It is tried again. */
  readonly error: KubeError | undefined;
  /** How long this candidate may still write if nothing is renewed, in milliseconds, asked for now; 0: it may not. */
  readonly timeLeft: () => number;
  /**
   * Says that work of this term still runs: until the subscription ends, the Lease is not released, and this candidate does not
   * compete again. `whileLeading` does it for what it runs.
   */
  readonly hold: () => Subscription;
}
