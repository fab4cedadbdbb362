/**
 * What a run that succeeded asks for. `undefined`: nothing, until the next wake. A failure is a rejected promise, an error of
 * an Observable, or an exception, and never an outcome.
 */
// eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- a run that returns nothing is the usual one
export type Outcome = void | Requeue;

/** Asks for another run. */
export interface Requeue {
  /**
   * Another run after this many milliseconds at the latest: a wake may cause it earlier, and what that run asks for replaces
   * this. From 0 on; `Infinity` is as good as `undefined`.
   */
  readonly requeueAfter?: number;
  /** The priority of that run. Default 0. */
  readonly priority?: number;
}
